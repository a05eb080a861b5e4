package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process does before its first recall, so that this is as fast as those that follow. */
class WarmUpTest {

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"PACKED", "MASKS", "GREY"})
    void itChangesAndCountsNothing(String kind) {
        StoreOptions plain = StoreOptions.DEFAULT.withGeometry(Patterns.SMALL);
        StoreOptions options = switch (kind) {
            case "MASKS" -> plain.withMasks();
            case "PACKED" -> plain.withLayout(Layout.PACKED);
            default -> plain;
        };
        try (PatternStore store = PatternStore.create(temp.resolve(kind), options)) {
            assertEquals(0, WarmUp.of(store.open));
            for (int i = 0; i < 30; i++) {
                store.memorize(
                        "k" + i,
                        kind.equals("GREY")
                                ? Patterns.realValued(Patterns.SMALL, i)
                                : Patterns.random(Patterns.SMALL, i));
            }
            store.forget("k0");
            StoreStats before = store.stats();
            store.warmUp();
            assertEquals(before, store.stats());
            assertTrue(WarmUp.of(store.open) >= 2);
        }
    }

    @Test
    void theFirstRecallAfterItIsFasterThanTheFirstWithout() {
        Path dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(Layout.PACKED))) {
            for (int i = 0; i < 300; i++) {
                store.memorize("k" + i, Patterns.random(Geometry.PAPER, i));
            }
        }
        long cold = firstRecall(dir, false);
        long warm = firstRecall(dir, true);
        System.out.printf("first recall of a process: %d us, after warmUp() %d us%n", cold, warm);
        assertTrue(warm < cold / 2, "cold %d us, warm %d us".formatted(cold, warm));
    }

    private static long firstRecall(Path dir, boolean warmed) {
        try (ChildJvm child = ChildJvm.start(Host.class, List.of(), dir.toString(), String.valueOf(warmed))) {
            long us = Long.parseLong(child.line());
            assertEquals(0, child.exitCode(), child::err);
            return us;
        }
    }

    /** A process that recalls once. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) {
            try (PatternStore store = PatternStore.openReadOnly(Path.of(args[0]))) {
                if (Boolean.parseBoolean(args[1])) {
                    store.warmUp();
                }
                Cue cue = Cue.bipolar(Patterns.random(Geometry.PAPER, 7));
                long began = System.nanoTime();
                String key = store.recall(cue).key();
                System.out.println((System.nanoTime() - began) / 1000);
                if (!key.equals("k7")) {
                    throw new AssertionError(key);
                }
            }
        }
    }
}
