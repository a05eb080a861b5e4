package org.engram.tools.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes paths of what the user typed. An empty path is refused, as it would be the working directory. */
public final class PathConverter implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("expected a path, found nothing between the quotes");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("expected a path, found %s: %s".formatted(text, e.getReason()));
        }
    }
}
