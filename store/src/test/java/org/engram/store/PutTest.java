package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storing under a key, new or in use, in one step. */
class PutTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private PatternStore create() {
        return PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G));
    }

    @Test
    void putSaysWhetherTheKeyWasNew() {
        try (PatternStore store = create()) {
            assertEquals(new Put(0, false), store.put("a", Patterns.random(G, 0)));
            assertEquals(new Put(1, false), store.put("b", Patterns.random(G, 1)));
            assertEquals(new Put(2, true), store.put("a", Patterns.random(G, 2)));
            assertEquals(new Put(3, true), store.put("a", Patterns.random(G, 2)), "the same pattern once more");
            store.forget("a");
            assertEquals(new Put(4, false), store.put("a", Patterns.random(G, 4)), "a forgotten key is new");
            assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(2));
        }
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("store"))) {
            assertEquals(2, store.size());
            assertEquals(5, store.sizeWithRetired());
            assertEquals(Patterns.random(G, 4), store.pattern("a"));
            assertEquals(Patterns.random(G, 1), store.pattern("b"));
        }
    }

    @Test
    void whatCannotBeStoredChangesNothing() {
        Path dir = temp.resolve("store");
        Pattern tall = Patterns.random(new Geometry(20, 21), 0);
        try (PatternStore store = create()) {
            store.put("k".repeat(4096), Patterns.random(G, 0));
            assertEquals(
                    "key is empty: expected 1 to 4096 bytes of UTF-8, found 0; choose another",
                    assertThrows(EngramException.InvalidKey.class, () -> store.put("", Patterns.random(G, 1)))
                            .getMessage());
            assertThrows(EngramException.InvalidKey.class, () -> store.put("k".repeat(4097), Patterns.random(G, 1)));
            assertEquals(
                    "pattern does not fit the store: %s: expected 20 x 20 pixels, found 20 x 21".formatted(dir),
                    assertThrows(EngramException.WrongGeometry.class, () -> store.put("b", tall))
                            .getMessage());
            assertEquals(1, store.sizeWithRetired());
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(
                    "store was opened read-only: %s; open it for writing to change it".formatted(dir),
                    assertThrows(EngramException.ReadOnly.class, () -> store.put("b", Patterns.random(G, 1)))
                            .getMessage());
        }
    }

    @Test
    void ofManyThatPutTheSameKeyAtOnceExactlyOneFindsItNew() throws Exception {
        int threads = 4;
        int each = 50;
        try (PatternStore store = create();
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Callable<Map<Put, Pattern>> writer = () -> {
                Map<Put, Pattern> done = new HashMap<>();
                for (int i = 0; i < each; i++) {
                    Pattern pattern = Patterns.random(G, i);
                    done.put(store.put("same", pattern), pattern);
                }
                return done;
            };
            Map<Put, Pattern> all = new HashMap<>();
            List<Callable<Map<Put, Pattern>>> writers = new ArrayList<>();
            IntStream.range(0, threads).forEach(i -> writers.add(writer));
            for (Future<Map<Put, Pattern>> result : pool.invokeAll(writers)) {
                all.putAll(result.get());
            }
            int last = threads * each - 1;
            assertEquals(threads * each, all.size(), "every neuron once");
            assertTrue(all.containsKey(new Put(0, false)));
            assertEquals(1, all.keySet().stream().filter(put -> !put.replaced()).count());
            assertEquals(1, store.size());
            assertEquals(last, store.neuronOf("same").orElseThrow());
            assertEquals(all.get(new Put(last, true)), store.pattern("same"));
        }
    }
}
