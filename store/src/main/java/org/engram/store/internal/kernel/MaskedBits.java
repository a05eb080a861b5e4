package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;

/**
 * The bits of the neurons of one chunk, and which of them are known: all blocks of a neuron in {@code known}, then those of
 * the next. An unknown pixel is not white.
 */
public record MaskedBits(Bits bits, MemorySegment known) {

    /** The byte offset of a neuron in {@code known}, when all its blocks together have this many longs. */
    long knownAt(int neuron, int words) {
        return (long) (neuron - bits.firstNeuron()) * words * Long.BYTES;
    }

    /** Copies all blocks of a neuron, and which of its pixels are known. The arrays must have 8 B longs. */
    public void copy(int neuron, long[] white, long[] whichKnown) {
        bits.copy(neuron, white);
        long at = knownAt(neuron, whichKnown.length);
        MemorySegment.copy(known, LittleEndian.LONG, at, whichKnown, 0, whichKnown.length);
    }
}
