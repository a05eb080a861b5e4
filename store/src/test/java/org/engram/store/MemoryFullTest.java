package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap that fills up in the middle of an append, and one that is small beside a store. */
class MemoryFullTest {

    private static final Geometry G = new Geometry(1, 1);

    @TempDir
    Path temp;

    /** Appends until the heap is full, gives some of it back, goes on, and prints how many appends returned. */
    static final class Appender {

        public static void main(String[] args) {
            int stored = 0;
            Pattern white = Patterns.all(G, 1);
            try (PatternStore store = PatternStore.create(Path.of(args[0]), StoreOptions.DEFAULT.withGeometry(G))) {
                byte[] reserve = new byte[4 << 20];
                for (int left = Integer.MAX_VALUE; left > 0; left--) {
                    try {
                        store.memorize("key " + stored, white);
                        stored++;
                    } catch (OutOfMemoryError e) {
                        reserve = new byte[0];
                        left = 10;
                    } catch (EngramException.IoFailure e) {
                        System.out.println(e.getMessage());
                        break;
                    }
                }
                assertEquals(0, reserve.length, "the heap never filled");
            }
            System.out.println(stored);
        }
    }

    @Test
    void aHeapThatFillsUpLosesNoAppendThatReturnedAndTheStoreOpensAgain() {
        Path dir = temp.resolve("store");
        List<String> lines;
        try (ChildJvm child = ChildJvm.start(Appender.class, List.of("-Xmx24m", "-XX:+UseSerialGC"), dir.toString())) {
            lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
        }
        int stored = Integer.parseInt(lines.getLast());
        assertTrue(stored > 1000, lines.toString());
        assertTrue(StoreCare.verify(dir, (done, total) -> {}).isSound());
        try (PatternStore store = PatternStore.open(dir)) {
            assertTrue(store.size() == stored || store.size() == stored + 1, store.size() + " of " + stored);
            for (int i = 0; i < stored; i++) {
                assertTrue(store.contains("key " + i));
            }
            store.memorize("more", Patterns.all(G, 0));
        }
    }

    /** Checks a store as closely as that can be, and copies it. */
    static final class Keeper {

        public static void main(String[] args) {
            Path store = Path.of(args[0]);
            StoreReport report = StoreCare.verify(store, VerifyLevel.WEIGHTS, (done, total) -> {});
            System.out.println(
                    report.isSound() + " " + report.neurons().getLast().key());
            System.out.println(StoreCare.copy(store, store.resolveSibling("copy"), (done, total) -> {})
                    .neurons());
        }
    }

    /** As objects, the records would take more than the whole heap. */
    @Test
    void aStoreOfManyNeuronsIsCheckedAndCopiedInASmallHeap() {
        int neurons = 200_000;
        Path dir = temp.resolve("store");
        try (PatternStore store =
                PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED))) {
            Pattern white = Patterns.all(G, 1);
            for (int first = 0; first < neurons; first += 1000) {
                store.memorizeAll(IntStream.range(first, first + 1000)
                        .mapToObj(i -> Map.entry("key of neuron " + i, white))
                        .toList());
            }
        }
        try (ChildJvm child = ChildJvm.start(Keeper.class, List.of("-Xmx48m", "-XX:+UseSerialGC"), dir.toString())) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            assertEquals(List.of("true key of neuron 199999", "200000"), lines);
        }
    }
}
