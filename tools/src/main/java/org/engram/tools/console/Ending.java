package org.engram.tools.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.engram.store.EngramException;
import picocli.CommandLine.ParameterException;

/** How an error ends the command: with which exit code, and with which line. */
public final class Ending {

    private Ending() {}

    /**
     * The exit code of an error.
     *
     * @param e any
     * @return one of {@link ExitCode}
     */
    public static int exitCode(Throwable e) {
        if (e instanceof Failure failure) {
            return failure.exitCode();
        }
        if (e instanceof EngramException.Corrupt) {
            return ExitCode.CORRUPT;
        }
        if (e instanceof EngramException.Locked) {
            return ExitCode.LOCKED;
        }
        if (isAboutArguments(e)) {
            return ExitCode.USAGE;
        }
        boolean refused = e instanceof EngramException && !(e instanceof EngramException.Closed);
        return refused || e instanceof IOException || e instanceof UncheckedIOException
                ? ExitCode.CANNOT_OPEN
                : ExitCode.INTERNAL;
    }

    private static boolean isAboutArguments(Throwable e) {
        return e instanceof EngramException.DuplicateKey
                || e instanceof EngramException.UnknownKey
                || e instanceof EngramException.InvalidKey
                || e instanceof EngramException.InvalidPattern
                || e instanceof EngramException.WrongGeometry
                || e instanceof EngramException.DivergingRule
                || e instanceof ParameterException;
    }

    /**
     * What the error says.
     *
     * @param e any
     * @return one line
     */
    public static String line(Throwable e) {
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return line(unchecked.getCause());
        }
        if (e instanceof EngramException.Corrupt) {
            return Damage.withAdvice(e.getMessage());
        }
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return "cannot read or write %s: %s".formatted(file.getFile(), IoReason.of(file));
        }
        return e instanceof IOException io
                ? "cannot read or write: " + IoReason.of(io)
                : String.valueOf(e.getMessage());
    }
}
