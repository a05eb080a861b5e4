package org.engram.store.internal.neurons;

import org.engram.store.internal.format.JournalEntry;

/** Tells how much arrays of one entry for each neuron grow. */
final class Capacity {

    private Capacity() {}

    /** How many neurons to make room for when an array is full. */
    static int grown(int capacity) {
        return (int) Math.min(JournalEntry.MAX_NEURONS, capacity + (capacity >> 1) + 64L);
    }
}
