package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.StripeLayout;

/**
 * Equation (4) over a run of stripes: {@code q_i = sum_j v_ij c_j}. Every implementation gives the same bits, on every
 * machine: a stripe is cut into four quarters of whole 16-float lines, element j of quarter p is multiplied and added to
 * lane {@code 16 p + j mod 16} with one rounding ({@link Math#fma}); then lane l of the 64 takes lane l + 32, then l + 16,
 * and so on to one. A vector of any width up to 16 floats can follow that order with one sum per stripe at a time, which
 * leaves registers for many stripes side by side, and that is what memory is fastest at.
 */
public interface ResponseKernel {

    /** Partial sums a response is made of. */
    int LANES = 64;

    /** Floats to a cache line, and partial sums to a quarter of a stripe. */
    int LINE = StripeLayout.ALIGNMENT_BYTES / Float.BYTES;

    /** Stripes of a batch that are computed side by side, for {@link #CUE_TILE} cues: their sums are kept in registers. */
    int STRIPE_TILE = 4;

    /** Cues that are computed side by side. */
    int CUE_TILE = 4;

    /** Stripes of a batch that go together over a slice of the cues. */
    int STRIPES = 24 * STRIPE_TILE;

    /** Floats to a slice of a batch at most, so that a slice of some tens of cues fits a second cache. */
    int SLICE = 212 * LINE;

    /** Bytes that a call for one cue needs as scratch, with every kernel. */
    int SCRATCH_BYTES = 8 * LANES * Float.BYTES;

    /** What the store reports as its kernel. */
    String name();

    /**
     * Computes the responses of neighbouring stripes.
     *
     * @param stripes little-endian floats, the first stripe at {@code offset}, in bytes, the others close behind
     * @param cue one vote a float of a stripe; its length, a multiple of 16, is the length of a stripe
     * @param count how many stripes
     * @param responses where the results go, from {@code first} on
     * @param scratch at least {@link #SCRATCH_BYTES}, native, to be overwritten
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
     * The same for each of several cues in one read of the stripes, bit for bit. Pays from two cues on, and most for some
     * tens of them; of more, each has less of the cache.
     *
     * @param cues all of the same length; what is beyond {@code cueCount} is left alone
     * @param responses one array a cue
     * @param scratch at least {@link #scratchBytes scratchBytes(cueCount)}, native, best aligned to 64 bytes, to be
     *     overwritten
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

    /** Bytes that a call for so many cues needs as scratch, about 39 kB a cue, with every kernel. */
    static long scratchBytes(int cueCount) {
        int cues = Math.ceilDiv(cueCount, CUE_TILE) * CUE_TILE;
        return ((long) STRIPES * cues * LANES + (long) (cues + STRIPE_TILE) * SLICE) * Float.BYTES;
    }

    /** How many floats make a quarter of a stripe; the last quarter is shorter where lines do not divide by four. */
    static int quarter(int stripeFloats) {
        return Math.ceilDiv(stripeFloats / LINE, LANES / LINE) * LINE;
    }

    /** Adds up lanes from a byte offset on in the fixed order, halving their number, a power of two, each time. */
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
