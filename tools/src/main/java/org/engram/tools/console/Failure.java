package org.engram.tools.console;

import java.util.function.Supplier;

/** An error that a verb found itself: one line, and the exit code to end with. */
@SuppressWarnings("serial")
public final class Failure extends RuntimeException {

    private final int exitCode;

    /** The message is one line: what, where, expected, found, what to do. {@code --debug} shows the cause, if any. */
    public Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message, null);
    }

    /** Refuses a number below 1. Null is not refused. */
    public static void requirePositive(String option, Number given) {
        if (given != null && given.longValue() < 1) {
            throw usage("%s is out of range: expected at least 1, found %s".formatted(option, given));
        }
    }

    public static Failure cannotOpen(String message) {
        return new Failure(ExitCode.CANNOT_OPEN, message, null);
    }

    public static Failure cannotOpen(String message, Throwable cause) {
        return new Failure(ExitCode.CANNOT_OPEN, message, cause);
    }

    /** Makes a value of what the user typed. An IllegalArgumentException of its constructor becomes a wrong argument. */
    public static <T> T argument(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    public int exitCode() {
        return exitCode;
    }
}
