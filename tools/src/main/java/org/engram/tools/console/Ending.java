package org.engram.tools.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.engram.store.EngramException;
import picocli.CommandLine.ParameterException;

/** How an error ends the command: with which exit code, and with which line. */
public final class Ending {

    private Ending() {}

    public static int exitCode(Throwable e) {
        return switch (e) {
            case Failure failure -> failure.exitCode();
            case EngramException refusal -> ofRefusal(refusal);
            case ParameterException _ -> ExitCode.USAGE;
            case IOException _, UncheckedIOException _ -> ExitCode.CANNOT_OPEN;
            case null, default -> ExitCode.INTERNAL;
        };
    }

    private static int ofRefusal(EngramException e) {
        return switch (e) {
            case EngramException.Corrupt _ -> ExitCode.CORRUPT;
            case EngramException.Locked _ -> ExitCode.LOCKED;
            case EngramException.DuplicateKey _,
                    EngramException.UnknownKey _,
                    EngramException.UnknownNeuron _,
                    EngramException.InvalidKey _,
                    EngramException.InvalidPattern _,
                    EngramException.WrongGeometry _,
                    EngramException.DivergingRule _ -> ExitCode.USAGE;
            case EngramException.NotAStore _,
                    EngramException.AlreadyExists _,
                    EngramException.DifferentStore _,
                    EngramException.NewerFormat _,
                    EngramException.NotRebuildable _,
                    EngramException.ReadOnly _,
                    EngramException.Superseded _,
                    EngramException.IoFailure _,
                    EngramException.Full _,
                    EngramException.MissingJvmFlag _ -> ExitCode.CANNOT_OPEN;
            case EngramException.Closed _ -> ExitCode.INTERNAL;
        };
    }

    public static String line(Throwable e) {
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return line(unchecked.getCause());
        }
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return "cannot read or write %s: %s".formatted(file.getFile(), IoReason.of(file));
        }
        return e instanceof IOException io
                ? "cannot read or write: " + IoReason.of(io)
                : String.valueOf(e.getMessage());
    }
}
