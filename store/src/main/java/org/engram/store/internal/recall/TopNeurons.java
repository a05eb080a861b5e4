package org.engram.store.internal.recall;

import java.util.Arrays;

/** Keeps the k neurons that respond most: by response, ties by the lowest neuron. Not safe for threads. */
final class TopNeurons {

    private int[] neurons = new int[16];
    private float[] responses = new float[16];
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
        return neurons[rank];
    }

    float response(int rank) {
        return responses[rank];
    }

    /** Offers a neuron, each at most once. */
    void offer(int neuron, float response) {
        float q = Float.isNaN(response) ? Float.NEGATIVE_INFINITY : response;
        if (size == k && !isAbove(q, neuron, size - 1)) {
            return;
        }
        if (size == neurons.length && size < k) {
            int capacity = (int) Math.min(k, 2L * size);
            neurons = Arrays.copyOf(neurons, capacity);
            responses = Arrays.copyOf(responses, capacity);
        }
        int rank = firstBelow(q, neuron);
        int last = size < k ? size++ : size - 1;
        System.arraycopy(neurons, rank, neurons, rank + 1, last - rank);
        System.arraycopy(responses, rank, responses, rank + 1, last - rank);
        neurons[rank] = neuron;
        responses[rank] = q;
    }

    private boolean isAbove(float q, int neuron, int rank) {
        return q > responses[rank] || (q == responses[rank] && neuron < neurons[rank]);
    }

    private int firstBelow(float q, int neuron) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isAbove(q, neuron, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
