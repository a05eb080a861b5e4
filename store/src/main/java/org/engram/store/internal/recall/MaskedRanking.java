package org.engram.store.internal.recall;

import java.util.Arrays;

/**
 * Ranks neurons of which some pixels are unknown by the share of disagreement {@code d = deficit / shared}. Those that
 * share enough pixels with the cue come first, then those of smaller d, then those that share more, then those of lower
 * number. The order is total, so it does not depend on the order in which neurons are offered. Not safe for threads.
 */
final class MaskedRanking {

    private final int most;
    private final int least;
    private int[] neurons = new int[4];
    private int[] deficits = new int[4];
    private int[] shared = new int[4];
    private int size;

    /** Keeps the first {@code most}. A neuron competes when it shares at least {@code least} pixels with the cue. */
    MaskedRanking(int most, int least) {
        this.most = most;
        this.least = least;
    }

    void offer(int neuron, int deficit, int shares) {
        if (size == most && !isBefore(neuron, deficit, shares, size - 1)) {
            return;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(neuron, deficit, shares, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (size == neurons.length && size < most) {
            int room = (int) Math.min(most, 2L * size);
            neurons = Arrays.copyOf(neurons, room);
            deficits = Arrays.copyOf(deficits, room);
            shared = Arrays.copyOf(shared, room);
        }
        int last = size < Math.min(most, neurons.length) ? size++ : size - 1;
        insert(neurons, low, last, neuron);
        insert(deficits, low, last, deficit);
        insert(shared, low, last, shares);
    }

    private static void insert(int[] values, int place, int last, int value) {
        System.arraycopy(values, place, values, place + 1, last - place);
        values[place] = value;
    }

    private boolean isBefore(int neuron, int deficit, int shares, int rank) {
        boolean competes = shares >= least;
        if (competes != competes(rank)) {
            return competes;
        }
        // A neuron that shares nothing agrees in nothing. There are fewer than 2^25 pixels, so no product overflows.
        long mine = (long) (shares == 0 ? 1 : deficit) * Math.max(1, shared[rank]);
        long other = (long) (shared[rank] == 0 ? 1 : deficits[rank]) * Math.max(1, shares);
        if (mine != other) {
            return mine < other;
        }
        return shares != shared[rank] ? shares > shared[rank] : neuron < neurons[rank];
    }

    int size() {
        return size;
    }

    int neuron(int rank) {
        return neurons[rank];
    }

    int deficit(int rank) {
        return deficits[rank];
    }

    int shared(int rank) {
        return shared[rank];
    }

    boolean competes(int rank) {
        return shared[rank] >= least;
    }
}
