package org.engram.store;

import java.lang.foreign.MemorySegment;

/**
 * Equation (4) over a run of stripes: {@code q_i = sum_j v_ij c_j}. Every implementation gives the same bits, on every
 * machine: a stripe is cut into four quarters of whole 16-float lines, element j of quarter p is multiplied, rounded, and
 * added to lane {@code 16 p + j mod 16}; then lane l of the 64 takes lane l + 32, then l + 16, and so on to one. A vector
 * of any width up to 16 floats can follow that order with one sum per stripe at a time, which leaves registers for many
 * stripes side by side, and that is what memory is fastest at.
 */
interface ResponseKernel {

    /** Partial sums a response is made of. */
    int LANES = 64;

    /** Floats to a cache line, and partial sums to a quarter of a stripe. */
    int LINE = StripeLayout.ALIGNMENT_BYTES / Float.BYTES;

    /** What {@link PatternStore#kernel} reports. */
    String name();

    /**
     * Computes the responses of neighbouring stripes.
     *
     * @param stripes little-endian floats, the first stripe at {@code offset}, in bytes, the others close behind
     * @param cue one vote a float of a stripe; its length, a multiple of 16, is the length of a stripe
     * @param count how many stripes
     * @param responses where the results go, from {@code first} on
     */
    void respond(MemorySegment stripes, long offset, float[] cue, int count, float[] responses, int first);

    /** How many floats make a quarter of a stripe; the last quarter is shorter where lines do not divide by four. */
    static int quarter(int stripeFloats) {
        return Math.ceilDiv(stripeFloats / LINE, LANES / LINE) * LINE;
    }

    /** Adds up lanes in the fixed order, halving their number, a power of two, each time. */
    static float sum(float[] lanes, int from, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int l = from; l < from + half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        return lanes[from];
    }
}
