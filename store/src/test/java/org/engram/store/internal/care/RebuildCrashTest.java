package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.JournalRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rebuild leaves that dies: the store as it was, or as it shall be. */
class RebuildCrashTest {

    private static final Progress SILENT = (done, total) -> {};

    @TempDir
    Path temp;

    /** Sleeps in its third neuron until it is killed. */
    static final class Sleeper {

        private Sleeper() {}

        public static void main(String[] args) {
            StoreCare.rebuild(Path.of(args[0]), (done, total) -> {
                if (done == 3) {
                    System.out.println("half way");
                    try {
                        Thread.sleep(600_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
        }
    }

    @Test
    void aKilledRebuildLeavesTheStoreAsItWasAndTheNextDoesItAll() throws IOException {
        Path dir = RebuildTest.create(temp, Layout.FULL);
        Map<String, byte[]> before = StoreBytes.of(dir);
        try (ChildJvm child = ChildJvm.start(Sleeper.class, List.of("-Xmx128m"), dir.toString())) {
            child.expect("half way");
            child.kill();
            assertEquals(ChildJvm.KILLED, child.exitCode());
        }
        assertTrue(
                RebuildTest.names(dir).containsAll(Set.of("sketch.bits.tmp", "plane.bits.tmp")),
                RebuildTest.names(dir).toString());
        assertEquals(List.of(), RebuildTest.problems(dir), "leftovers are none of verify's business");
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertEquals(4, store.size());
        }
        Map<String, byte[]> after = StoreBytes.of(dir);
        before.forEach((name, bytes) -> {
            if (name.equals("journal")) {
                // the opening after a writer that did not close ends with a SYNC
                byte[] found = after.get(name);
                assertEquals(bytes.length + JournalRecord.length(0), found.length);
                assertArrayEquals(bytes, Arrays.copyOf(found, bytes.length), name);
            } else if (!name.equals("lock")) {
                assertArrayEquals(bytes, after.get(name), name);
            }
        });
        assertEquals(6, StoreCare.rebuild(dir, SILENT));
        assertFalse(
                RebuildTest.names(dir).stream().anyMatch(name -> name.endsWith(".tmp")),
                RebuildTest.names(dir).toString());
        assertEquals(List.of(), RebuildTest.problems(dir));
    }

    /** Between any two steps that a crash may part: the bits beside their places, then in them, one file after the other. */
    @Test
    void betweenAnyTwoStepsOnlyTheOldBitsAreDamaged() throws IOException {
        Path dir = RebuildTest.create(temp, Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        List<String> bits = List.of("sketch.bits", "plane.bits");
        for (String name : bits) {
            StoreBytes.flip(dir.resolve(name), 70);
        }
        Map<String, byte[]> damaged = StoreBytes.of(dir);
        String[][] steps = {
            {"sketch.bits.tmp"},
            {"sketch.bits.tmp", "plane.bits.tmp"},
            {"sketch.bits", "plane.bits.tmp"},
            {"sketch.bits", "plane.bits"},
        };
        for (String[] step : steps) {
            for (boolean growsFirst : List.of(false, true)) {
                StoreBytes.restore(dir, damaged);
                for (String name : step) {
                    byte[] made = whole.get(name.replace(".tmp", ""));
                    boolean torn = name.endsWith(".tmp") && growsFirst;
                    Files.write(dir.resolve(name), torn ? Arrays.copyOf(made, made.length / 2) : made);
                }
                List<String> old = new ArrayList<>(bits);
                old.removeAll(List.of(step));
                List<String> problems = RebuildTest.problems(dir);
                assertEquals(old.size(), problems.size(), problems::toString);
                for (int i = 0; i < old.size(); i++) {
                    assertTrue(problems.get(i).contains(dir.resolve(old.get(i)) + ": offset 64: "), problems.get(i));
                }
                if (growsFirst) {
                    try (PatternStore store = PatternStore.open(dir)) {
                        store.memorize("new", Patterns.random(store.geometry(), 9));
                    }
                }
                assertEquals(growsFirst ? 7 : 6, StoreCare.rebuild(dir, SILENT), String.join(", ", step));
                assertEquals(List.of(), RebuildTest.problems(dir));
                assertFalse(
                        RebuildTest.names(dir).stream().anyMatch(name -> name.endsWith(".tmp")),
                        RebuildTest.names(dir).toString());
                if (!growsFirst) {
                    StoreBytes.assertSame(whole, StoreBytes.of(dir));
                }
                try (PatternStore store = PatternStore.openReadOnly(dir)) {
                    assertEquals(growsFirst ? 5 : 4, store.size());
                }
            }
        }
    }
}
