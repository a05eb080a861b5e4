package org.engram.tools.console;

import java.util.Map;

public final class ExitCode {

    public static final int FINE = 0;

    /** Wrong arguments: an unknown option, key or neuron, a key in use, a value out of range. */
    public static final int USAGE = 1;

    /** A store or another file cannot be opened, read or written. */
    public static final int CANNOT_OPEN = 2;

    public static final int CORRUPT = 3;
    public static final int NOT_RECOGNISED = 4;
    public static final int DIFFERENT = 5;

    /** Another writer has the store open. */
    public static final int LOCKED = 6;

    /** Ctrl-C; Java itself puts 129 or 143 in its place when it was another signal. */
    public static final int INTERRUPTED = 130;

    /** A fault of the command itself. */
    public static final int INTERNAL = 70;

    /** Not every verb ends with this code, so it stands in the help of those that do. */
    public static final String CORRUPT_HELP = "3:the store is damaged";

    public static final String TARGET_LOCKED_HELP = "6:another run is making TARGET";
    public static final String LOCKED_HELP = "6:another writer has the store open";

    public static final Map<String, String> SHARED = Map.of(
            "0", "all went well",
            "1", "wrong arguments",
            "2", "the store or a file cannot be opened, read or written",
            "70", "internal error");

    private ExitCode() {}
}
