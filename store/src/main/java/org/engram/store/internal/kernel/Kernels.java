package org.engram.store.internal.kernel;

import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.jspecify.annotations.Nullable;

/** Chooses the response kernel, and the bit and the distance kernel that go with it, once for the life of the JVM. */
public final class Kernels {

    private static final System.Logger LOG = System.getLogger(Kernels.class.getPackageName());
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static @Nullable ResponseKernel selected;
    private static @Nullable BitKernel bits;
    private static @Nullable DistanceKernel distances;
    private static @Nullable MaskKernel masks;

    private Kernels() {}

    /**
     * The kernel that every recall of this JVM runs. A forced kernel throws {@link EngramException.MissingJvmFlag} when
     * it lacks its module, and IllegalArgumentException when it is unknown or wider than this machine's vectors.
     */
    public static synchronized ResponseKernel selected() {
        if (selected == null) {
            selected = select();
            LOG.log(System.Logger.Level.DEBUG, "recall runs on the {0} kernel", selected.name());
        }
        return selected;
    }

    /** The bit kernel of this JVM. It has the same name as {@link #selected}, and throws the same. */
    public static synchronized BitKernel bits() {
        if (bits == null) {
            bits = selected() instanceof ScalarKernel ? new ScalarBitKernel() : new VectorBitKernel();
        }
        return bits;
    }

    /** The distance kernel of this JVM. It has the same name as {@link #selected}, and throws the same. */
    public static synchronized DistanceKernel distances() {
        if (distances == null) {
            distances = selected() instanceof ScalarKernel ? new ScalarDistanceKernel() : new VectorDistanceKernel();
        }
        return distances;
    }

    /** The mask kernel of this JVM. It has the same name as {@link #selected}, and throws the same. */
    public static synchronized MaskKernel masks() {
        if (masks == null) {
            masks = selected() instanceof ScalarKernel ? new ScalarMaskKernel() : new VectorMaskKernel();
        }
        return masks;
    }

    private static ResponseKernel select() {
        boolean canVectorise = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        int forcedBits = ForcedKernel.bits();
        if (forcedBits > 0) {
            return forced(canVectorise, forcedBits);
        }
        if (ForcedKernel.isScalar()) {
            return new ScalarKernel();
        }
        if (!canVectorise) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "recall runs on the scalar kernel, several times slower: start the JVM with --add-modules {0}",
                    VECTOR_MODULE);
            return new ScalarKernel();
        }
        return VectorKernel.widestBits() >= 128 ? new VectorKernel() : new ScalarKernel();
    }

    private static ResponseKernel forced(boolean canVectorise, int bits) {
        if (!canVectorise) {
            throw new EngramException.MissingJvmFlag(
                    Diagnosis.of("kernel vector-%s was asked for with -D%s but cannot load"
                                    .formatted(bits, ForcedKernel.PROPERTY))
                            .remedy("start the JVM with --add-modules " + VECTOR_MODULE));
        }
        if (bits > VectorKernel.widestBits()) {
            throw new IllegalArgumentException(
                    "kernel vector-%s was asked for with -D%s but cannot run: this machine's vectors have %s bits"
                            .formatted(bits, ForcedKernel.PROPERTY, VectorKernel.widestBits()));
        }
        return new VectorKernel();
    }
}
