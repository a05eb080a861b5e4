package org.engram.store;

import java.nio.file.Path;

/**
 * Compares what two stores mean: settings, live keys, and the patterns that they show. Not layouts, identities, times, or
 * the numbers of neurons.
 */
public final class StoreDiff {

    private StoreDiff() {}

    /**
     * Compares what both have committed when the comparison begins, without a lock and beside live writers. With
     * different geometries every common key has changed.
     *
     * @param first a store
     * @param second another store
     * @param progress told after every live neuron of the first
     * @return the differences
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote one
     * @throws EngramException.Corrupt if one is damaged
     */
    public static StoreDifference diff(Path first, Path second, StoreInspector.Progress progress) {
        throw new UnsupportedOperationException();
    }
}
