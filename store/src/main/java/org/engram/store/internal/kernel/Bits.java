package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.BitPlane;

/**
 * The bits of the neurons of one chunk. Block 0 of a neuron is its sketch, 64 bytes. Blocks 1 to B - 1 stand one behind the
 * other in the second segment. Made once for each chunk that is mapped.
 *
 * @param firstNeuron the neuron whose bits begin both segments
 * @param sketches block 0 of all neurons of the chunk
 * @param planes the other blocks of all neurons of the chunk; empty with B = 1
 */
public record Bits(int firstNeuron, MemorySegment sketches, MemorySegment planes) {

    /** Where the sketch of a neuron begins, in bytes. */
    long sketchAt(int neuron) {
        return (long) (neuron - firstNeuron) * BitLayout.BLOCK_BYTES;
    }

    /**
     * Where the other blocks of a neuron begin, in bytes.
     *
     * @param words the longs of all its blocks
     */
    long planesAt(int neuron, int words) {
        return (neuron - firstNeuron) * planesBytes(words);
    }

    /**
     * The bytes of the blocks 1 to B - 1 of a neuron.
     *
     * @param words the longs of all its blocks
     */
    static long planesBytes(int words) {
        return (long) (words - BitLayout.BLOCK_WORDS) * Long.BYTES;
    }

    /** Copies all blocks of a neuron into an array of 8 B longs. */
    public void copy(int neuron, long[] words) {
        BitPlane.copy(sketches, sketchAt(neuron), planes, planesAt(neuron, words.length), words);
    }
}
