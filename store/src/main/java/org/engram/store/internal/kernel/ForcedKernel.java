package org.engram.store.internal.kernel;

/** The kernel that a system property asks for. It serves tests and comparisons. */
final class ForcedKernel {

    /**
     * Its value is {@code scalar}, {@code vector-128}, {@code vector-256} or {@code vector-512}. A forced kernel that
     * cannot run is an error, and no other kernel takes its place.
     */
    static final String PROPERTY = "engram.kernel";

    private static final String SCALAR = "scalar";

    private ForcedKernel() {}

    static boolean isScalar() {
        return System.getProperty(PROPERTY, "").equals(SCALAR);
    }

    /** The width of the vectors that the property asks for, in bits, or 0 when it asks for none. */
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
