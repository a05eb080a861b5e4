package org.engram.store.internal.neurons;

import java.util.Arrays;

/**
 * Which neurons there are, retired ones included, and which of them live. For every neuron, {@code retiredBy} has the
 * retirement that ended it, 1 for the first, or 0. The array is shared with later values and only grows: a later retirement
 * than the last of this value may stand there already, and does not count.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lives(int count, int live, int retirements, int[] retiredBy) {

    static Lives none() {
        return new Lives(0, 0, 0, new int[64]);
    }

    boolean isLive(int neuron) {
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
}
