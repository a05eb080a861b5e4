package org.engram.store;

import java.util.Arrays;

/** Keeps the k neurons that respond most: by response, ties by the lowest neuron. Not safe for threads. */
final class TopNeurons {

    private int[] neurons;
    private float[] responses;
    private final int k;
    private int size;

    TopNeurons(int k) {
        this.k = k;
        this.neurons = new int[Math.min(k, 16)];
        this.responses = new float[neurons.length];
    }

    int size() {
        return size;
    }

    int neuron(int rank) {
        return neurons[rank];
    }

    float response(int rank) {
        return responses[rank];
    }

    /** Offers a neuron; in ascending order, so that a later one of equal response ranks behind. */
    void offer(int neuron, float response) {
        float q = Float.isNaN(response) ? Float.NEGATIVE_INFINITY : response;
        if (size == k && !(q > responses[size - 1])) {
            return;
        }
        if (size == neurons.length && size < k) {
            int capacity = (int) Math.min(k, 2L * size);
            neurons = Arrays.copyOf(neurons, capacity);
            responses = Arrays.copyOf(responses, capacity);
        }
        int rank = firstBelow(q);
        int last = size < k ? size++ : size - 1;
        System.arraycopy(neurons, rank, neurons, rank + 1, last - rank);
        System.arraycopy(responses, rank, responses, rank + 1, last - rank);
        neurons[rank] = neuron;
        responses[rank] = q;
    }

    private int firstBelow(float q) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (q > responses[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
