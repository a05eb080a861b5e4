package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neurons by the beginning of their keys, or by a range of them. */
class KeyStreamTest {

    private static final Geometry G = Patterns.SMALL;

    private static List<String> keys(Stream<Neuron> neurons) {
        return neurons.map(Neuron::key).toList();
    }

    @Test
    void aPrefixOrARangeGivesLiveNeuronsInTheirOrder(@TempDir Path temp) {
        try (PatternStore store = PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G))) {
            for (String key : List.of("b/2", "a/1", "b/1", "鍵", "b", "c", "a/2")) {
                store.memorize(key, Patterns.random(G, key.hashCode()));
            }
            store.replace("b/2", Patterns.random(G, 99));
            store.forget("a/2");
            assertEquals(List.of("b/1", "b/2"), keys(store.stream("b/")));
            assertEquals(List.of("a/1", "b/1", "鍵", "b", "c", "b/2"), keys(store.stream("")));
            assertEquals(List.of("鍵"), keys(store.stream("鍵")));
            assertEquals(List.of(), keys(store.stream("d")));
            assertEquals(List.of("b/1", "b", "b/2"), keys(store.stream("b", "c")));
            assertEquals(List.of(), keys(store.stream("c", "b")));
            Stream<Neuron> before = store.stream("c");
            store.forget("c");
            assertEquals(List.of("c"), keys(before));
        }
    }
}
