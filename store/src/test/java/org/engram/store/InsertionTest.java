package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pattern is inserted unless a similar one is stored. */
class InsertionTest {

    private static final Geometry G = new Geometry(28, 28);
    private static final RecallOptions NEAR = RecallOptions.DEFAULT.withinDeficit(10);

    @TempDir
    Path temp;

    private PatternStore create() {
        return PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G));
    }

    private static Pattern beside(Pattern pattern, int pixels) {
        Pattern beside = pattern;
        for (int i = 0; i < pixels; i++) {
            beside = Patterns.flippedAt(beside, 7 * i);
        }
        return beside;
    }

    @Test
    void itSaysWhichNeuronIsSimilarAndThenStoresNothing() {
        Pattern first = Patterns.random(G, 1);
        try (PatternStore store = create()) {
            assertEquals(new Insertion(0, Optional.empty()), store.insertUnlessSimilar("a", first, NEAR));
            Insertion refused = store.insertUnlessSimilar("b", beside(first, 10), NEAR);
            assertEquals(0, refused.neuron());
            assertEquals("a", refused.similar().orElseThrow().key());
            assertEquals(10, refused.similar().orElseThrow().deficit());
            assertEquals(1, store.size());
            assertTrue(store.insertUnlessSimilar("b", beside(first, 11), NEAR).isInserted());
            assertEquals(
                    "b",
                    store.insertUnlessSimilar("c", beside(first, 12), NEAR)
                            .similar()
                            .orElseThrow()
                            .key());
            assertEquals(2, store.size());
        }
    }

    @Test
    void aRetiredNeuronAndOneOutsideTheSubsetAreNotSimilar() {
        Pattern first = Patterns.random(G, 1);
        try (PatternStore store = create()) {
            store.memorize("eu/a", first);
            assertTrue(store.insertUnlessSimilar("us/a", first, NEAR.amongKeysStartingWith("us/"))
                    .isInserted());
            store.forget("eu/a");
            store.forget("us/a");
            assertTrue(store.insertUnlessSimilar("eu/a", first, NEAR).isInserted());
        }
    }

    @Test
    void aKeyInUseIsRefusedUnlessItsPatternIsSimilar() {
        Pattern first = Patterns.random(G, 1);
        try (PatternStore store = create()) {
            store.memorize("a", first);
            assertEquals(0, store.insertUnlessSimilar("a", first, NEAR).neuron());
            assertThrows(
                    EngramException.DuplicateKey.class,
                    () -> store.insertUnlessSimilar("a", Patterns.random(G, 2), NEAR));
            assertThrows(EngramException.InvalidKey.class, () -> store.insertUnlessSimilar("", first, NEAR));
            assertEquals(1, store.sizeWithRetired());
        }
    }

    @Test
    void optionsWithoutARadiusAndReadersAreRefused() {
        Pattern first = Patterns.random(G, 1);
        try (PatternStore store = create()) {
            assertEquals(
                    "options have no radius: withinDeficit or withinAgreement tells what is similar",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> store.insertUnlessSimilar("a", first, RecallOptions.DEFAULT))
                            .getMessage());
            try (PatternStore reader = PatternStore.openReadOnly(temp.resolve("store"))) {
                assertThrows(EngramException.ReadOnly.class, () -> reader.insertUnlessSimilar("a", first, NEAR));
            }
        }
    }

    @Test
    void ofManyThreadsThatInsertTheSamePatternOneDoes() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (PatternStore store = create()) {
            for (int round = 0; round < 50; round++) {
                Pattern pattern = Patterns.random(G, round);
                List<Callable<Insertion>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String key = round + "/" + i;
                    calls.add(() -> store.insertUnlessSimilar(key, pattern, NEAR));
                }
                int inserted = 0;
                for (Future<Insertion> call : threads.invokeAll(calls)) {
                    assertEquals(round, call.get().neuron());
                    inserted += call.get().isInserted() ? 1 : 0;
                }
                assertEquals(1, inserted);
            }
            assertEquals(50, store.sizeWithRetired());
        } finally {
            threads.shutdownNow();
        }
    }
}
