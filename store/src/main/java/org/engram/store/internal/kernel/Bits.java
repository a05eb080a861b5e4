package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.PixelBits;

/**
 * The bits of the neurons of one chunk. {@code sketches} holds block 0 of each neuron, its sketch of 64 bytes. {@code
 * planes} holds the other blocks, 1 to B - 1, of each neuron, and is empty with B = 1. Both segments begin with {@code
 * firstNeuron}. There is one object for each chunk that is mapped.
 */
public record Bits(int firstNeuron, MemorySegment sketches, MemorySegment planes) {

    /** The byte offset of a neuron in {@code sketches}. */
    long sketchAt(int neuron) {
        return (long) (neuron - firstNeuron) * BitLayout.BLOCK_BYTES;
    }

    /** The byte offset of a neuron in {@code planes}, when all its blocks together have this many longs. */
    long planesAt(int neuron, int words) {
        return (neuron - firstNeuron) * planesBytes(words);
    }

    /** The size of blocks 1 to B - 1 of a neuron, when all its blocks together have this many longs. */
    static long planesBytes(int words) {
        return (long) (words - BitLayout.BLOCK_WORDS) * Long.BYTES;
    }

    /** Copies all blocks of a neuron. The array must have 8 B longs. */
    public void copy(int neuron, long[] words) {
        PixelBits.copy(sketches, sketchAt(neuron), planes, planesAt(neuron, words.length), words);
    }
}
