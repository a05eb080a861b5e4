package org.engram.store;

/** Chooses the response kernel, once for the life of the JVM. */
final class Kernels {

    /**
     * Forces a kernel, for tests and comparisons: {@code scalar}, {@code vector-128}, {@code vector-256} or
     * {@code vector-512}. A forced kernel that cannot run is an error, never a silent fallback.
     */
    static final String PROPERTY = "engram.kernel";

    private static final System.Logger LOG = System.getLogger(Kernels.class.getPackageName());
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The kernel that every recall of this JVM runs. */
    static final ResponseKernel SELECTED = select();

    private Kernels() {}

    private static ResponseKernel select() {
        String forced = System.getProperty(PROPERTY, "");
        ResponseKernel kernel;
        if (forced.equals("scalar")) {
            kernel = new ScalarKernel();
        } else if (!forced.isEmpty()) {
            requireVectorModule(forced);
            kernel = new VectorKernel();
        } else {
            kernel = canVectorise() ? new VectorKernel() : new ScalarKernel();
        }
        LOG.log(System.Logger.Level.DEBUG, "recall runs on the {0} kernel", kernel.name());
        return kernel;
    }

    private static boolean canVectorise() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "recall runs on the scalar kernel, several times slower: start the JVM with --add-modules {0}",
                    VECTOR_MODULE);
            return false;
        }
        return VectorKernel.isSupported();
    }

    private static void requireVectorModule(String forced) {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            throw new EngramException.MissingJvmFlag(
                    "kernel %s was asked for with -D%s but cannot load: start the JVM with --add-modules %s"
                            .formatted(forced, PROPERTY, VECTOR_MODULE));
        }
    }

    /** The width that {@link #PROPERTY} asks the vector kernel for, in bits; 0 when it leaves the choice open. */
    static int forcedBits() {
        String forced = System.getProperty(PROPERTY, "");
        return switch (forced) {
            case "", "scalar" -> 0;
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
