package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The squared distances of a run of stripes from what is shown, {@code sum_j (y_j - w_ij)^2} over the voters j. Every
 * implementation gives the same bits on every machine, because all add in the order of {@link ResponseKernel}. Element
 * j of a quarter is {@code t = fma(w, minus, y)}, which is the rounded difference at a voter and 0 elsewhere. It is
 * squared and added to its lane with one rounding, {@code fma(t, t, lane)}.
 */
public interface DistanceKernel {

    /** The same as the {@link ResponseKernel#name} of the response kernel that this kernel goes with. */
    String name();

    /**
     * Computes the distances of {@code count} neighbouring stripes and writes them from place {@code first} on. The
     * stripes are little-endian floats and begin at {@code offset}, in bytes. The scratch memory is native, has
     * {@link ResponseKernel#SCRATCH_BYTES} or more, and is overwritten.
     */
    void distances(
            MemorySegment stripes,
            long offset,
            ShownValues shown,
            int count,
            float[] distances,
            int first,
            MemorySegment scratch);
}
