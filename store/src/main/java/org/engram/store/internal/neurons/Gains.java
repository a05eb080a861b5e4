package org.engram.store.internal.neurons;

import java.util.Arrays;

/**
 * The gains of all neurons. The arrays are shared with later values and only grow; what this one shows never changes.
 *
 * <p>Each neuron has a signed gain: the value other than 0 of two-valued weights; -g for other weights, where {@code v
 * = g w}. The index has those of the first {@code earlyCount} neurons, {@code values} has the rest. {@code common} is
 * the gain of all two-valued neurons: 0 before the first, NaN when they have several. {@code notTwoValued} neurons are not
 * two-valued: {@code earlyNotTwoValued} of the first ones, and then those in {@code notTwoValuedNeurons}, ascending.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Gains(
        Indexed early,
        int earlyCount,
        int earlyNotTwoValued,
        float[] values,
        float common,
        int notTwoValued,
        int[] notTwoValuedNeurons) {

    private static final int ROOM = 64;

    static Gains of(Indexed early) {
        Indexed.State state = early.state();
        return new Gains(
                early,
                state.neurons(),
                state.notTwoValued(),
                new float[ROOM],
                state.commonGain(),
                state.notTwoValued(),
                new int[0]);
    }

    /** The common gain of two sets of neurons, from that of each set: 0 for an empty set, NaN for several gains. */
    static float common(float one, float other) {
        return one == 0 || one == other ? other : other == 0 ? one : Float.NaN;
    }

    boolean isTwoValued(int neuron) {
        return signed(neuron) > 0;
    }

    /** The value other than 0 of two-valued weights; for other weights, g of {@code v = g w}. */
    float of(int neuron) {
        return Math.abs(signed(neuron));
    }

    float signed(int neuron) {
        return neuron < earlyCount ? early.signedGain(neuron) : values[neuron - earlyCount];
    }

    /** The neuron whose weights are not two-valued at a place among these. */
    int notTwoValuedAt(int index) {
        return index < earlyNotTwoValued ? early.notTwoValuedAt(index) : notTwoValuedNeurons[index - earlyNotTwoValued];
    }

    /** A copy with the next neuron. */
    Gains with(int neuron, boolean twoValued, float gain) {
        int place = neuron - earlyCount;
        Gains next = reserved(place < values.length ? values.length : Capacity.grown(place));
        next.values[place] = twoValued ? gain : -gain;
        return twoValued
                ? next.with(common(common, gain), notTwoValued, notTwoValuedNeurons)
                : next.with(common, notTwoValued + 1, withNotTwoValued(neuron));
    }

    private Gains with(float commonNow, int notTwoValuedNow, int[] neuronsNow) {
        return new Gains(early, earlyCount, earlyNotTwoValued, values, commonNow, notTwoValuedNow, neuronsNow);
    }

    private int[] withNotTwoValued(int neuron) {
        int size = notTwoValued - earlyNotTwoValued;
        boolean full = size == notTwoValuedNeurons.length;
        int[] more = full ? Arrays.copyOf(notTwoValuedNeurons, size + (size >> 1) + 8) : notTwoValuedNeurons;
        more[size] = neuron;
        return more;
    }

    /** A copy with room for this many neurons behind the early ones. */
    Gains reserved(int capacity) {
        return capacity <= values.length
                ? this
                : new Gains(
                        early,
                        earlyCount,
                        earlyNotTwoValued,
                        Arrays.copyOf(values, capacity),
                        common,
                        notTwoValued,
                        notTwoValuedNeurons);
    }

    /** The gains of these neurons only, which ascend. */
    Gains among(int[] neurons) {
        float commonOfThese = 0;
        int[] notTwoValuedOfThese = new int[notTwoValued];
        int size = 0;
        for (int neuron : neurons) {
            if (isTwoValued(neuron)) {
                commonOfThese = common(commonOfThese, of(neuron));
            } else {
                notTwoValuedOfThese[size++] = neuron;
            }
        }
        return new Gains(early, earlyCount, 0, values, commonOfThese, size, Arrays.copyOf(notTwoValuedOfThese, size));
    }

    /** The same gains, those of the first neurons from another source. */
    Gains from(Indexed source) {
        return new Gains(source, earlyCount, earlyNotTwoValued, values, common, notTwoValued, notTwoValuedNeurons);
    }
}
