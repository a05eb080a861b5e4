package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.StripeLayout;

/**
 * Equation (4) over a run of stripes: {@code q_i = sum_j v_ij c_j}. Every implementation gives the same bits on every
 * machine, because all add in the same order. A stripe is cut into four quarters of whole lines of 16 floats. Element j
 * of quarter p is multiplied and added to lane {@code 16 p + j mod 16} with one rounding ({@link Math#fma}). Then lane
 * l of the 64 takes lane l + 32, then l + 16, and so on, until one is left. A vector of any width up to 16 floats can
 * follow that order with one sum for each stripe at a time. The other registers then hold the sums of more stripes side
 * by side, which is how memory is read fastest.
 */
public interface ResponseKernel {

    /** The number of partial sums of a response. */
    int LANES = 64;

    /** The floats of a cache line, and the partial sums of a quarter of a stripe. */
    int LINE = StripeLayout.ALIGNMENT_BYTES / Float.BYTES;

    /** A batch keeps the sums of this many stripes and {@link #CUE_TILE} cues in registers. */
    int STRIPE_TILE = 4;

    int CUE_TILE = 4;

    /** This many stripes of a batch go together over one slice of the cues. */
    int STRIPES = 24 * STRIPE_TILE;

    /**
     * The most floats of a slice of a batch. The slices of four stripes and four cues fit a first-level cache of 32 kB. Those of
     * 64 cues, with the sums of a quarter of all stripes, fit a second-level cache of 1 MB.
     */
    int SLICE = 53 * LINE;

    /** Every kernel needs this many bytes of scratch memory for one cue. */
    int SCRATCH_BYTES = 8 * LANES * Float.BYTES;

    /** The name that the store reports as its kernel. */
    String name();

    /**
     * Computes the responses of {@code count} neighbouring stripes and writes them from place {@code first} on. The
     * stripes are little-endian floats and begin at {@code offset}, in bytes. The cue has one vote for each float of a
     * stripe. Its length is a multiple of 16. The scratch memory is native, has {@link #SCRATCH_BYTES} or more, and is
     * overwritten.
     */
    void respond(
            MemorySegment stripes,
            long offset,
            float[] cue,
            int count,
            float[] responses,
            int first,
            MemorySegment scratch);

    /**
     * Computes the same bits for each of the first {@code cueCount} cues, in one read of the stripes. All cues have the
     * same length, and each has its own responses. Two cues already pay, and some tens of cues pay most: with more,
     * each has less of the cache. The scratch memory is native, has {@link #scratchBytes} or more, and is overwritten.
     * It is best aligned to 64 bytes.
     */
    void respond(
            MemorySegment stripes,
            long offset,
            float[][] cues,
            int cueCount,
            int count,
            float[][] responses,
            int first,
            MemorySegment scratch);

    /** Every kernel needs this many bytes of scratch memory for several cues: 14 kB, and 28 kB for each cue. */
    static long scratchBytes(int cueCount) {
        int cues = Math.ceilDiv(cueCount, CUE_TILE) * CUE_TILE;
        return ((long) STRIPES * cues * LANES + (long) (cues + STRIPE_TILE) * SLICE) * Float.BYTES;
    }

    /** The floats of a quarter of a stripe. The last quarter is shorter if four does not divide the lines. */
    static int quarter(int stripeFloats) {
        return Math.ceilDiv(stripeFloats / LINE, LANES / LINE) * LINE;
    }

    /** Adds up lanes from a byte offset on, in the fixed order. Their number is a power of two. */
    static float sum(MemorySegment lanes, long at, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                long lane = at + (long) l * Float.BYTES;
                float other = lanes.get(LittleEndian.FLOAT, lane + (long) half * Float.BYTES);
                lanes.set(LittleEndian.FLOAT, lane, lanes.get(LittleEndian.FLOAT, lane) + other);
            }
        }
        return lanes.get(LittleEndian.FLOAT, at);
    }
}
