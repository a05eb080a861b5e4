package org.engram.store.internal.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Tells in how many places at once the planes of a run of neurons are read. Eight were chosen on Intel's processors. On
 * an AMD EPYC (family 25) four were some percent faster, on a machine that was not idle.
 */
final class ReadingOrder {

    static final int FOUR = 4;
    static final int EIGHT = 8;

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String MAKE = "vendor_id";
    private static final String AMD = "AuthenticAMD";

    private ReadingOrder() {}

    /** The places that {@link ForcedKernel} asks for; else those for the make of this machine's processor. */
    static int places() {
        int forced = ForcedKernel.places();
        if (forced > 0) {
            return forced;
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return places(lines);
        } catch (IOException | RuntimeException e) {
            // This is not Linux, or Linux does not tell.
            return EIGHT;
        }
    }

    /** The places for a processor that Linux describes so. */
    static int places(Stream<String> description) {
        return description.anyMatch(line -> line.startsWith(MAKE) && line.endsWith(AMD)) ? FOUR : EIGHT;
    }
}
