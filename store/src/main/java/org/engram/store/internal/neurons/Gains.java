package org.engram.store.internal.neurons;

import java.util.Arrays;

/**
 * The gains of all neurons. The arrays are shared with later values and only grow; what this one shows never changes. A value
 * is, for a neuron of two-valued weights, the other value than 0, and for any other -g, where {@code v = g w}. The common gain
 * is that of all two-valued neurons: 0 before the first, NaN when they have several. The others are not two-valued, and their
 * numbers ascend.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Gains(float[] values, float common, int others, int[] otherNeurons) {

    static Gains none() {
        return new Gains(new float[64], 0, 0, new int[0]);
    }

    boolean isTwoValued(int neuron) {
        return values[neuron] > 0;
    }

    /** Of two-valued weights the other value than 0; of any other the g of {@code v = g w}. */
    float of(int neuron) {
        return Math.abs(values[neuron]);
    }

    /** A copy with the next neuron. */
    Gains with(int neuron, boolean twoValued, float gain) {
        Gains next = reserved(neuron < values.length ? values.length : Capacity.grown(neuron));
        next.values[neuron] = twoValued ? gain : -gain;
        return twoValued
                ? new Gains(next.values, common == 0 || common == gain ? gain : Float.NaN, others, otherNeurons)
                : new Gains(next.values, common, others + 1, withOther(neuron));
    }

    private int[] withOther(int neuron) {
        boolean full = others == otherNeurons.length;
        int[] more = full ? Arrays.copyOf(otherNeurons, others + (others >> 1) + 8) : otherNeurons;
        more[others] = neuron;
        return more;
    }

    /** A copy with room for this number of neurons. */
    Gains reserved(int capacity) {
        return capacity <= values.length
                ? this
                : new Gains(Arrays.copyOf(values, capacity), common, others, otherNeurons);
    }
}
