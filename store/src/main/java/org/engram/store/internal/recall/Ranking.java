package org.engram.store.internal.recall;

import java.util.Arrays;

/** The neurons that respond most, best first. Not safe for threads. */
final class Ranking {

    /** Stands for a deficit that does not rank: that of a real-valued pair from a unipolar cue. */
    static final double NO_DEFICIT = -1;

    private int[] neurons = new int[16];
    private float[] responses = new float[16];
    private double[] deficits = new double[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int neuron, float response, double deficit) {
        if (size == neurons.length) {
            int room = size + (size >> 1);
            neurons = Arrays.copyOf(neurons, room);
            responses = Arrays.copyOf(responses, room);
            deficits = Arrays.copyOf(deficits, room);
        }
        neurons[size] = neuron;
        responses[size] = response;
        deficits[size++] = deficit;
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

    /** The number of voters that the neuron disagrees with, or its squared difference, or {@link #NO_DEFICIT}. */
    double deficit(int rank) {
        return deficits[rank];
    }
}
