package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process does before its first recall, so that this is as fast as those that follow. */
class WarmUpTest {

    private static final Geometry G = new Geometry(32, 32);
    /** Colder caches, and what surrounds a recall, make the first one slower; what is not compiled, a hundred times. */
    private static final int FEW_TIMES = 50;
    /** What a JVM takes to link the first call of the library, three times slower where others work. */
    private static final long LINKING_US = 10_000;

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

    /** How long recalls of a process took, in microseconds: the first, and the fastest of many. */
    private record Times(long first, long settled) {
        boolean isWarm() {
            return first <= Math.max(FEW_TIMES * settled, LINKING_US);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 20_000})
    void theFirstRecallAfterItIsAboutAsFastAsLaterOnes(int neurons) {
        Path dir = temp.resolve("store");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        try (PatternStore store = PatternStore.create(dir, options)) {
            store.memorizeAll(IntStream.range(0, neurons)
                    .mapToObj(i -> Map.entry("k" + i, Patterns.random(G, i)))
                    .toList());
        }
        Times cold = measure(dir, false);
        Times warm = measure(dir, true);
        for (int again = 0; again < 4 && !warm.isWarm(); again++) {
            warm = measure(dir, true);
        }
        System.out.printf(
                "first recall among %d: %d us, after warmUp() %d us, later ones %d us%n",
                neurons, cold.first, warm.first, warm.settled);
        assertTrue(warm.first < cold.first / 2, "cold %s, warm %s".formatted(cold, warm));
        assertTrue(warm.isWarm(), warm::toString);
    }

    private static Times measure(Path dir, boolean warmed) {
        try (ChildJvm child = ChildJvm.start(Host.class, List.of(), dir.toString(), String.valueOf(warmed))) {
            Times times = new Times(Long.parseLong(child.line()), Long.parseLong(child.line()));
            assertEquals(0, child.exitCode(), child::err);
            return times;
        }
    }

    /** A process that recalls once, and then often. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) {
            try (PatternStore store = PatternStore.openReadOnly(Path.of(args[0]))) {
                if (Boolean.parseBoolean(args[1])) {
                    store.warmUp();
                }
                List<Cue> cues = List.of(
                        Cue.bipolar(Patterns.random(G, 7)),
                        Cue.bipolar(Patterns.flipped(Patterns.random(G, 7), 0.05, 1)),
                        Cue.bipolar(Patterns.random(G, -7)));
                System.out.println(recall(store, cues));
                long settled = Long.MAX_VALUE;
                for (int i = 0; i < 1000; i++) {
                    settled = Math.min(settled, recall(store, cues));
                }
                System.out.println(settled);
            }
        }

        /** Microseconds for each. */
        private static long recall(PatternStore store, List<Cue> cues) {
            long began = System.nanoTime();
            for (Cue cue : cues) {
                store.recall(cue);
            }
            return Math.ceilDiv(System.nanoTime() - began, 1000 * cues.size());
        }
    }
}
