package org.engram.tools.console;

import java.nio.file.Path;

/** The name {@code -} means standard input where a verb reads, and standard output where it writes. */
public final class StandardStream {

    private static final Path NAME = Path.of("-");

    private StandardStream() {}

    /** Whether a path, which may be null, is that name. */
    public static boolean isMeant(Path path) {
        return NAME.equals(path);
    }

    /** Refuses standard output for a file that is written beside something else that goes there. The file may be null. */
    public static void requireFile(String option, Path path, String other) {
        if (isMeant(path)) {
            throw Failure.usage("%s and %s would both go to standard output: expected a file, found -; name a file"
                    .formatted(option, other));
        }
    }
}
