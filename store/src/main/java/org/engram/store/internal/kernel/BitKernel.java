package org.engram.store.internal.kernel;

import org.engram.store.internal.format.BitLayout;

/**
 * Counts in how many voters neurons that are held at one bit a pixel disagree with what is shown. With the bits x of a
 * neuron, the voters for white P and all voters M, its deficit is {@code popcount((x ^ P) & M)}.
 *
 * <p>Every call looks at {@code count} neighbouring neurons of one chunk, from {@code neuron} on. With B = 1 the sketches
 * are all that is read. Results go to {@code first} and the {@code count - 1} places behind it, and nowhere else. All
 * implementations give the same numbers, except those that {@link #refine} leaves open. No call allocates.
 */
public interface BitKernel {

    /** Longs to a block. */
    int BLOCK_WORDS = BitLayout.BLOCK_WORDS;

    /** Bytes to a block, and to the sketch of a neuron. */
    int BLOCK_BYTES = BitLayout.BLOCK_BYTES;

    /** The same as the {@link ResponseKernel#name} of the kernel that goes with it. */
    String name();

    /** Counts over the sketches alone. Fastest in runs of a thousand neurons and more. */
    void sketch(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first);

    /** Counts over all blocks. */
    void deficits(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first);

    /** Counts over all blocks for two that are shown, in one read of the neurons. */
    void deficits(
            Bits bits, int neuron, int count, Shown cue, Shown other, int[] deficits, int[] deficitsOfOther, int first);

    /**
     * Goes on from the counts over the sketches, for the neurons where they are at most {@code bound}: adds the counts of
     * further blocks until the sum exceeds the bound or is complete.
     *
     * @param deficits the counts over the sketches; afterwards exact where at most {@code bound}, otherwise any number
     *     above the bound that is at most the deficit
     */
    void refine(Bits bits, int neuron, int count, Shown cue, int bound, int[] deficits, int first);

    /**
     * Counts over all blocks for each of several cues, in one read of the neurons.
     *
     * @param cues at least {@code cueCount}; those beyond are left alone
     * @param deficits one array a cue
     */
    void batch(Bits bits, int neuron, int count, Shown[] cues, int cueCount, int[][] deficits, int first);
}
