package org.engram.store.internal.kernel;

/**
 * Compares neurons of which some pixels are unknown with what is shown. With the bits x of a neuron, its known pixels
 * K, and P and M of {@link Shown}, it counts {@code popcount((x ^ P) & M & K)}, the deficit on the pixels that both
 * know, and {@code popcount(M & K)}, those that both know.
 *
 * <p>All implementations give the same numbers. No call allocates.
 */
public interface MaskKernel {

    /** This many neurons stay in the nearest cache while all that is shown goes over them. */
    int CACHED = 16;

    /** The same as the {@link ResponseKernel#name} of the response kernel that this kernel goes with. */
    String name();

    /**
     * Compares {@code count} neighbouring neurons of one chunk, from {@code neuron} on, with each of the first
     * {@code shownCount} that are shown. The counts of neuron {@code neuron + i} go to place {@code i} of the array of what
     * is shown.
     */
    void count(
            MaskedBits neurons, int neuron, int count, Shown[] shown, int shownCount, int[][] deficits, int[][] shared);
}
