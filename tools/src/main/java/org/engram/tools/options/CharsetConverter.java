package org.engram.tools.options;

import java.nio.charset.Charset;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import picocli.CommandLine.ITypeConverter;

/** Makes charsets of what the user typed. The option is {@code --charset} everywhere. */
public final class CharsetConverter implements ITypeConverter<Charset> {

    @Override
    public Charset convert(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.USAGE, "--charset is unknown: expected a name such as windows-1252, found " + name, e);
        }
    }
}
