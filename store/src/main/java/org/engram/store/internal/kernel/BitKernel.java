package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.BitLayout;

/**
 * Disagreements between a two-valued cue and neurons held at one bit a pixel: with the bits x of a neuron, the
 * voters for white P and all voters M, its deficit is {@code popcount((x ^ P) & M)}. Block 0 of neuron i is its sketch,
 * 64 bytes; blocks 1 to B - 1 are its planes, close behind one another. A block is eight little-endian longs, and a cue's
 * planes are arrays of 8 B longs in the same order.
 *
 * <p>Segments hold at least {@code count} neurons from the given offsets, in bytes, on. With B = 1 there are no planes,
 * and none are read. Results go to {@code first} and the {@code count - 1} places behind it, and nowhere else. All
 * implementations give the same numbers, but for those that {@link #refine} leaves open.
 */
public interface BitKernel {

    /** Longs to a block. */
    int BLOCK_WORDS = BitLayout.BLOCK_WORDS;

    /** Bytes to a block, and to the sketch of a neuron. */
    int BLOCK_BYTES = BitLayout.BLOCK_BYTES;

    /** The same as the {@link ResponseKernel#name} of the kernel that goes with it. */
    String name();

    /** Counts over the sketches alone. Fastest in runs of a thousand neurons and more. */
    void sketch(MemorySegment sketches, long offset, long[] p, long[] m, int count, int[] deficits, int first);

    /** Counts over all blocks. */
    void deficits(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int count,
            int[] deficits,
            int first);

    /** Counts over all blocks, and in the same read {@code popcount((x ^ r) & m)}, the differences to another plane. */
    void deficitsAndDifferences(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] r,
            long[] m,
            int count,
            int[] deficits,
            int[] differences,
            int first);

    /**
     * Goes on from the counts over the sketches, for the neurons where they are at most {@code bound}: adds the counts of
     * further blocks until the sum exceeds the bound or is complete.
     *
     * @param deficits the counts over the sketches; afterwards exact where at most {@code bound}, otherwise any number
     *     above it that is not above the deficit
     */
    void refine(
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int bound,
            int count,
            int[] deficits,
            int first);

    /**
     * The same as {@link #deficits} for each of several cues, in one read of the neurons.
     *
     * @param p one plane a cue, and so {@code m} and {@code deficits}; what is beyond {@code cues} is left alone
     */
    void batch(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[][] p,
            long[][] m,
            int cues,
            int count,
            int[][] deficits,
            int first);

    /** The bytes of a neuron's planes. */
    static long planesBytes(long[] p) {
        return (long) (p.length - BLOCK_WORDS) * Long.BYTES;
    }
}
