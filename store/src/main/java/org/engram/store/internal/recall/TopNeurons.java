package org.engram.store.internal.recall;

import java.util.Arrays;

/**
 * Keeps the k neurons that rank first: those of least deficit, or those of greatest response. The lowest neuron comes first
 * among equals. Each is one long, the rank above the neuron, and the least long comes first. Not safe for threads.
 */
final class TopNeurons {

    /** The bits of a float that are not its sign. */
    private static final int MAGNITUDE = 0x7fff_ffff;

    private long[] keys = new long[16];
    private int k;
    private int size;

    /** Begins anew. */
    void begin(int wanted) {
        k = wanted;
        size = 0;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == k;
    }

    int neuron(int rank) {
        return (int) keys[rank];
    }

    /** The deficit of a neuron that was offered with one. */
    int deficit(int rank) {
        return (int) (keys[rank] >> Integer.SIZE);
    }

    /** The response of a neuron that was offered with one; never NaN, never -0. */
    float response(int rank) {
        int ascending = ~(int) (keys[rank] >> Integer.SIZE);
        return Float.intBitsToFloat(ascending ^ ((ascending >> (Integer.SIZE - 1)) & MAGNITUDE));
    }

    /** Whether a neuron of this deficit is kept, if it is higher than all that were offered before. */
    boolean hasPlaceFor(int deficit) {
        return size < k || deficit < deficit(size - 1);
    }

    /** Offers a neuron, each at most once. */
    void offerDeficit(int neuron, int deficit) {
        offer(deficit, neuron);
    }

    /** Offers a neuron, each at most once. NaN ranks as the least response. */
    void offerResponse(int neuron, float response) {
        // Adding 0 makes 0 of -0, which is no less.
        int bits = Float.floatToRawIntBits(Float.isNaN(response) ? Float.NEGATIVE_INFINITY : response + 0f);
        // Floats as whole numbers in the same order: those below 0 are stored the other way round.
        int ascending = bits ^ ((bits >> (Integer.SIZE - 1)) & MAGNITUDE);
        offer(~ascending, neuron);
    }

    private void offer(int rank, int neuron) {
        long key = (long) rank << Integer.SIZE | neuron;
        if (size == k && key > keys[size - 1]) {
            return;
        }
        if (size == keys.length && size < k) {
            keys = Arrays.copyOf(keys, (int) Math.min(k, 2L * size));
        }
        int place = -1 - Arrays.binarySearch(keys, 0, size, key);
        int last = size < k ? size++ : size - 1;
        System.arraycopy(keys, place, keys, place + 1, last - place);
        keys[place] = key;
    }
}
