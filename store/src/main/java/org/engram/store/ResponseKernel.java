package org.engram.store;

import java.lang.foreign.MemorySegment;

/**
 * Equation (4) over a run of stripes: {@code q_i = sum_j v_ij c_j}. Every implementation gives the same bits: element j
 * is multiplied, rounded, and added to lane {@code j mod 64}; then lane l takes lane l + 32, then l + 16, and so on to
 * one. Vectors of any width up to 64 floats can follow that order, so a result does not depend on the machine.
 */
interface ResponseKernel {

    /** Partial sums a response is made of. */
    int LANES = 64;

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
}
