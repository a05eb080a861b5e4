package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that runs out of heap in the middle of an append, catches that, and goes on. */
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
}
