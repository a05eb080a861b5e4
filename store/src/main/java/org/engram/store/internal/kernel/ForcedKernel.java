package org.engram.store.internal.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel that a system property asks for. It serves tests and comparisons. */
final class ForcedKernel {

    /**
     * Its value is {@code scalar}, or {@code vector-} with the bits of a vector: 128, 256 or 512. {@code x4} or {@code x8}
     * behind that says in how many places it reads. A forced kernel that cannot run is an error, and no other kernel takes
     * its place.
     */
    static final String PROPERTY = "engram.kernel";

    private static final String SCALAR = "scalar";
    private static final Pattern VECTOR = Pattern.compile("vector-(128|256|512)(?:x([48]))?");

    private ForcedKernel() {}

    private static String forced() {
        return System.getProperty(PROPERTY, "");
    }

    static boolean isScalar() {
        return forced().equals(SCALAR);
    }

    /** The width of the vectors that the property asks for, in bits, or 0 when it asks for none. */
    static int bits() {
        return number(1);
    }

    /** The number of places that the property asks for, or 0 when it asks for none. */
    static int places() {
        return number(2);
    }

    private static int number(int group) {
        Matcher vector = VECTOR.matcher(forced());
        if (vector.matches()) {
            return vector.group(group) == null ? 0 : Integer.parseInt(vector.group(group));
        }
        if (forced().isEmpty() || isScalar()) {
            return 0;
        }
        throw new IllegalArgumentException(
                "unknown kernel: -D%s must be scalar, vector-128, vector-256 or vector-512, with x4 or x8 behind it or not,"
                                .formatted(PROPERTY)
                        + " found " + forced());
    }
}
