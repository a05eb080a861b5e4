package org.engram.store.internal.neurons;

/** How many neurons a store can number, and by how much arrays of one entry a neuron grow. */
public final class Capacity {

    /** As many as the index of the keys can hold, with room to spare. */
    public static final int MAX_NEURONS = 1 << 29;

    private Capacity() {}

    /** How many neurons to make room for when an array is full. */
    static int grown(int capacity) {
        return (int) Math.min(MAX_NEURONS, capacity + (capacity >> 1) + 64L);
    }
}
