package org.engram.store.internal.neurons;

import java.util.Arrays;

/**
 * Which neurons there are, retired ones included, and which of them live. For every neuron, {@code retiredBy} has the
 * retirement that ended it, 1 for the first, or 0. The array is shared with later values and only grows: a later retirement
 * than the last of this value may stand there already, and does not count.
 *
 * <p>Of a subset {@code few} has the neurons that live, ascending, if they are few. It is null for all others.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lives(int count, int live, int retirements, int[] retiredBy, int[] few) {

    /** Up to one neuron in this many is few: to count all its bits costs as much as to read the sketches of so many. */
    private static final int FEW = 32;

    Lives(int count, int live, int retirements, int[] retiredBy) {
        this(count, live, retirements, retiredBy, null);
    }

    static Lives none() {
        return new Lives(0, 0, 0, new int[64]);
    }

    boolean isLive(int neuron) {
        if (few != null) {
            return Arrays.binarySearch(few, neuron) >= 0;
        }
        int by = retiredBy[neuron];
        return by == 0 || by > retirements;
    }

    Lives born() {
        Lives roomy = reserved(count < retiredBy.length ? retiredBy.length : Capacity.grown(count));
        return new Lives(count + 1, live + 1, retirements, roomy.retiredBy);
    }

    /** With one retirement more, which {@link #end} has to give its neuron before this is published. */
    Lives retirement() {
        return new Lives(count, live - 1, retirements + 1, retiredBy);
    }

    /** Ends a neuron by the last retirement. Allocates nothing, so that it can be the last of all steps. */
    void end(int neuron) {
        retiredBy[neuron] = retirements;
    }

    Lives reserved(int capacity) {
        return capacity <= retiredBy.length
                ? this
                : new Lives(count, live, retirements, Arrays.copyOf(retiredBy, capacity));
    }

    /** With these live neurons alone, ascending. All others are retired. */
    Lives among(int[] neurons) {
        if (neurons.length <= count / FEW) {
            return new Lives(count, neurons.length, retirements, retiredBy, neurons);
        }
        int[] retired = new int[count];
        Arrays.fill(retired, 1);
        for (int neuron : neurons) {
            retired[neuron] = 0;
        }
        return new Lives(count, neurons.length, 1, retired);
    }

    /** Hands over the few that live from {@code first} to before {@code end}, neighbours together. */
    void forEachSpan(int first, int end, Span span) {
        int at = Arrays.binarySearch(few, first);
        int next;
        for (int i = at < 0 ? -1 - at : at; i < few.length && few[i] < end; i = next) {
            next = i + 1;
            while (next < few.length && few[next] < end && few[next] == few[i] + next - i) {
                next++;
            }
            span.over(few[i], next - i);
        }
    }
}
