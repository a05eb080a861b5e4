package org.engram.store.internal.kernel;

import org.engram.store.internal.format.BitLayout;

/**
 * Counts the voters on which neurons, held at one bit for each pixel, disagree with what is shown. With the bits x of a
 * neuron, the voters for white P and all voters M, its deficit is {@code popcount((x ^ P) & M)}.
 *
 * <p>Every call reads {@code count} neighbouring neurons of one chunk, from {@code neuron} on. With B = 1 it reads only
 * the sketches. It writes {@code count} results from place {@code first} on, and nothing else. All implementations give
 * the same numbers, except those that {@link #refine} and {@link #batch} leave open. No call allocates.
 */
public interface BitKernel {

    int BLOCK_WORDS = BitLayout.BLOCK_WORDS;

    /** The size of a block, and of the sketch of a neuron. */
    int BLOCK_BYTES = BitLayout.BLOCK_BYTES;

    /** The same as the {@link ResponseKernel#name} of the response kernel that this kernel goes with. */
    String name();

    /** Counts over the sketches alone. Runs of a thousand neurons and more are fastest. */
    void sketch(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first);

    /** Counts over all blocks. */
    void deficits(Bits bits, int neuron, int count, Shown cue, int[] deficits, int first);

    /**
     * Adds the counts of further blocks to the counts over the sketches, where these are at most {@code bound}. It
     * stops when the sum exceeds the bound. Afterwards a number that is at most the bound is the exact deficit. Any
     * other number is above the bound and at most the deficit. {@code blocks} is the caller's guess of how many further
     * blocks most neurons need. A wrong guess changes the time, not the result. Returns false if no number is within the
     * bound at the end; with true, some may be.
     */
    boolean refine(Bits bits, int neuron, int count, Shown cue, int bound, int blocks, int[] deficits, int first);

    /**
     * Does for each of the first {@code cueCount} cues what {@link #sketch} and {@link #refine} do, in one read of the
     * neurons.
     */
    void batch(Bits bits, int neuron, int count, Bounded[] cues, int cueCount, int[][] deficits, int first);

    /**
     * What {@link #batch} costs each of many cues that need all blocks, as a part of what {@link #deficits} costs, where neurons
     * come from memory and not from a cache. It is 1 where counting takes longer than reading.
     */
    double costInBatch();

    /** How many of {@code count} numbers from place {@code first} on are at most {@code bound}. */
    int within(int[] numbers, int first, int count, int bound);

    /** The least of {@code count} numbers from place {@code first} on; the greatest int if there are none. */
    int least(int[] numbers, int first, int count);

    /** The sum of {@code count} numbers from place {@code first} on. */
    int sum(int[] numbers, int first, int count);
}
