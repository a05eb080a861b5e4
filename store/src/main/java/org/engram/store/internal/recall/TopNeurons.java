package org.engram.store.internal.recall;

import java.util.Arrays;

/**
 * Keeps the k neurons of least deficit, of least distance, or of greatest response. Among equals the neuron of lowest number comes
 * first. Each neuron is one long: its rank is in the upper half and its number in the lower half. The least long comes
 * first. Not safe for threads.
 */
final class TopNeurons {

    /** All bits of a float except its sign. */
    private static final int MAGNITUDE = 0x7fff_ffff;

    private long[] keys = new long[16];
    private int k;
    private int size;
    /** The first k come as they are offered, and are put in order when that matters. */
    private boolean ordered;

    void begin(int wanted) {
        k = wanted;
        size = 0;
        ordered = true;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == k;
    }

    int neuron(int rank) {
        return (int) key(rank);
    }

    /** The deficit of a neuron that was offered by its deficit. */
    int deficit(int rank) {
        return (int) (key(rank) >> Integer.SIZE);
    }

    /** The response of a neuron that was offered by its response. It is never NaN and never -0. */
    float response(int rank) {
        int ascending = ~(int) (key(rank) >> Integer.SIZE);
        return Float.intBitsToFloat(ascending ^ ((ascending >> (Integer.SIZE - 1)) & MAGNITUDE));
    }

    /** The distance of a neuron that was offered by its distance. */
    float distance(int rank) {
        return Float.intBitsToFloat(deficit(rank));
    }

    /** Whether a neuron of this deficit would be kept, if its number is higher than all that were offered before. */
    boolean hasPlaceFor(int deficit) {
        return size < k || deficit < deficit(size - 1);
    }

    /** A neuron must not be offered twice. */
    void offerDeficit(int neuron, int deficit) {
        offer(deficit, neuron);
    }

    /** A neuron must not be offered twice. A distance is 0 or more; NaN ranks behind infinity. */
    void offerDistance(int neuron, float distance) {
        // The bits of such floats are in order as ints.
        offer(Float.floatToIntBits(distance), neuron);
    }

    /** A neuron must not be offered twice. NaN ranks as negative infinity. */
    void offerResponse(int neuron, float response) {
        // Adding 0 turns -0 into 0, because both must rank the same.
        int bits = Float.floatToRawIntBits(Float.isNaN(response) ? Float.NEGATIVE_INFINITY : response + 0f);
        // The bits of positive floats are in order as ints. Those of negative floats are in reverse order.
        int ascending = bits ^ ((bits >> (Integer.SIZE - 1)) & MAGNITUDE);
        offer(~ascending, neuron);
    }

    private void offer(int rank, int neuron) {
        long key = (long) rank << Integer.SIZE | neuron;
        if (size < k) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, (int) Math.min(k, 2L * size));
            }
            ordered &= size == 0 || keys[size - 1] < key;
            keys[size++] = key;
            return;
        }
        if (key > key(size - 1)) {
            return;
        }
        int place = -1 - Arrays.binarySearch(keys, 0, size, key);
        System.arraycopy(keys, place, keys, place + 1, size - 1 - place);
        keys[place] = key;
    }

    private long key(int rank) {
        if (!ordered) {
            Arrays.sort(keys, 0, size);
            ordered = true;
        }
        return keys[rank];
    }
}
