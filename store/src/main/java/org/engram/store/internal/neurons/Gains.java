package org.engram.store.internal.neurons;

import java.util.Arrays;

/**
 * The gains of all neurons. The arrays are shared with later values and only grow; what this one shows never changes.
 *
 * <p>The value of a neuron of two-valued weights is the one that is not 0; that of any other is -g, where {@code v = g w}.
 * {@code common} is the gain of all two-valued neurons: 0 before the first, NaN when they have several. {@code otherNeurons}
 * are those that are not two-valued, ascending, {@code others} of them.
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

    Gains reserved(int capacity) {
        return capacity <= values.length
                ? this
                : new Gains(Arrays.copyOf(values, capacity), common, others, otherNeurons);
    }

    /** Of these neurons alone, ascending. */
    Gains among(int[] neurons) {
        float commonOfThese = 0;
        int[] othersOfThese = new int[others];
        int size = 0;
        for (int neuron : neurons) {
            if (!isTwoValued(neuron)) {
                othersOfThese[size++] = neuron;
            } else if (commonOfThese == 0 || commonOfThese == values[neuron]) {
                commonOfThese = values[neuron];
            } else {
                commonOfThese = Float.NaN;
            }
        }
        return new Gains(values, commonOfThese, size, Arrays.copyOf(othersOfThese, size));
    }
}
