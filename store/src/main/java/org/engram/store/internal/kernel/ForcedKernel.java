package org.engram.store.internal.kernel;

/** The kernel that a system property asks for, for tests and comparisons. */
final class ForcedKernel {

    /**
     * {@code scalar}, {@code vector-128}, {@code vector-256} or {@code vector-512}. A forced kernel that cannot run is an
     * error, never a silent fallback.
     */
    static final String PROPERTY = "engram.kernel";

    private static final String SCALAR = "scalar";

    private ForcedKernel() {}

    static boolean isScalar() {
        return System.getProperty(PROPERTY, "").equals(SCALAR);
    }

    /** The width of the vectors that are asked for, in bits; 0 when that choice is open. */
    static int bits() {
        String forced = System.getProperty(PROPERTY, "");
        return switch (forced) {
            case "", SCALAR -> 0;
            case "vector-128" -> 128;
            case "vector-256" -> 256;
            case "vector-512" -> 512;
            default ->
                throw new IllegalArgumentException(
                        "unknown kernel: -D%s must be scalar, vector-128, vector-256 or vector-512, found %s"
                                .formatted(PROPERTY, forced));
        };
    }
}
