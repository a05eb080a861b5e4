package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.Weights;

/** The searches of a store, kept and used again from recall to recall. Safe for any number of threads. */
final class SearchPool {

    private static final int KEPT = 4;
    private static final int KEPT_BATCHES = 2;

    final Pool<BitSearch> byBits;
    final Pool<FloatSearch> byFloats;
    final Pool<BatchResponses> batches;

    SearchPool(Weights weights) {
        this.byBits = new Pool<>(KEPT, () -> new BitSearch(weights));
        this.byFloats = new Pool<>(KEPT, () -> new FloatSearch(weights));
        this.batches = new Pool<>(KEPT_BATCHES, () -> new BatchResponses(weights));
    }
}
