package org.engram.cluster;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;

/** A store in which each key has a generation. Changes come one at a time. */
final class Dated implements AutoCloseable {

    private final PatternStore store;
    private final Generations generations;

    Dated(Path directory, Geometry geometry) {
        generations = new Generations(directory.resolveSibling(directory.getFileName() + ".generations"));
        try {
            store = PatternStore.openOrCreate(
                    directory, StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(geometry));
        } catch (RuntimeException | Error e) {
            generations.close();
            throw e;
        }
    }

    PatternStore store() {
        return store;
    }

    /** The generation of a key; 0 if the key is not here. */
    long generation(String key) {
        OptionalInt neuron = store.neuronOf(key);
        return neuron.isEmpty() ? 0 : generations.get(neuron.getAsInt());
    }

    /** Memorizes a key or replaces it, in one step. */
    void put(String key, Pattern pattern, long generation) {
        generations.set(store.sizeWithRetired(), generation);
        store.put(key, pattern);
    }

    void forget(String key) {
        store.forgetIfPresent(key);
    }

    Stream<String> keys() {
        return store.stream().map(Neuron::key);
    }

    Stream<String> names() {
        return store.stream().map(neuron -> Name.of(neuron.key(), generations.get(neuron.neuron())));
    }

    void sync() {
        generations.sync();
        store.sync();
    }

    @Override
    public void close() {
        try (generations) {
            store.close();
        }
    }
}
