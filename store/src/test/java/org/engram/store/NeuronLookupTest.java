package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From key to neuron, from neuron to key, and all of them in a row. */
class NeuronLookupTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private PatternStore create() {
        return PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G));
    }

    private static List<String> keys(Stream<Neuron> neurons) {
        return neurons.map(Neuron::key).toList();
    }

    @Test
    void aKeyLeadsToItsLiveNeuronAndANeuronToItsKey() {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            store.memorize("b", Patterns.realValued(G, 1));
            store.replace("a", Patterns.random(G, 2));
            store.forget("b");
            assertEquals(OptionalInt.of(2), store.neuronOf("a"));
            assertEquals(OptionalInt.empty(), store.neuronOf("b"));
            assertEquals(OptionalInt.empty(), store.neuronOf("never"));
            assertEquals(OptionalInt.empty(), store.neuronOf(""));
            assertEquals("a", store.neuron(2).key());
            assertEquals(store.neurons(), List.of(store.neuron(2)));
            assertFalse(store.neuron(2).retired());
            assertTrue(store.neuron(0).retired(), "replaced");
            assertTrue(store.neuron(1).retired(), "forgotten");
            assertEquals("b", store.neuron(1).key());
        }
    }

    @Test
    void anErrorNamesTheKeysOrTheNumberThatItIsAbout() {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            Pattern pattern = Patterns.random(G, 1);
            assertEquals(
                    List.of("a"),
                    assertThrows(EngramException.DuplicateKey.class, () -> store.memorize("a", pattern))
                            .keys());
            assertEquals(
                    "never",
                    assertThrows(EngramException.UnknownKey.class, () -> store.replace("never", pattern))
                            .key());
            assertEquals(
                    -7,
                    assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(-7))
                            .neuron());
            store.forget("a");
            assertEquals(
                    0,
                    assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(0))
                            .neuron());
        }
    }

    @Test
    void aNumberThatNoNeuronHasIsRefused() {
        Path dir = temp.resolve("store");
        try (PatternStore store = create()) {
            assertEquals(
                    "neuron is unknown: %s: expected none, the store is empty, found 0".formatted(dir),
                    assertThrows(EngramException.UnknownNeuron.class, () -> store.neuron(0))
                            .getMessage());
            store.memorize("a", Patterns.random(G, 0));
            for (int number : List.of(-1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
                assertEquals(
                        "neuron is unknown: %s: expected 0 to 0, found %d".formatted(dir, number),
                        assertThrows(EngramException.UnknownNeuron.class, () -> store.neuron(number))
                                .getMessage());
            }
            store.forget("a");
            for (EngramException e : List.of(
                    assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(0)),
                    assertThrows(
                            EngramException.UnknownNeuron.class,
                            () -> store.network().displayed(0)))) {
                assertEquals(
                        "neuron is retired: %s: expected a live one, found neuron 0, which was forgotten or replaced"
                                .formatted(dir),
                        e.getMessage());
            }
        }
    }

    @Test
    void theStreamShowsTheLiveNeuronsOfItsMomentInOrder() {
        Stream<Neuron> early;
        Stream<Neuron> late;
        try (PatternStore store = create()) {
            assertEquals(0, store.stream().count());
            for (String key : List.of("sign 1", "sign 2", "other", "sign 3")) {
                store.memorize(key, Patterns.random(G, key.hashCode()));
            }
            early = store.stream();
            store.forget("sign 2");
            store.replace("sign 1", Patterns.random(G, 9));
            late = store.stream();
            store.memorize("later", Patterns.random(G, 10));
            assertEquals(
                    List.of("sign 3", "sign 1"),
                    keys(store.stream().filter(neuron -> neuron.key().startsWith("sign"))));
            assertEquals(store.neurons(), store.stream().toList());
        }
        assertEquals(List.of("sign 1", "sign 2", "other", "sign 3"), keys(early));
        assertEquals(List.of("other", "sign 3", "sign 1"), keys(late));
    }

    @Test
    void readersMayStreamWhileAWriterAppends() throws Exception {
        try (PatternStore store = create()) {
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 400; i++) {
                    store.put("k" + i % 7, Patterns.random(G, i));
                }
            });
            while (writer.isAlive()) {
                List<Neuron> seen = store.stream().toList();
                assertTrue(seen.size() <= 7, () -> "more than there are keys: " + seen);
                assertEquals(
                        seen.size(), seen.stream().map(Neuron::key).distinct().count());
                assertTrue(seen.stream().noneMatch(Neuron::retired));
            }
            writer.join();
            assertEquals(7, store.stream().count());
        }
    }
}
