package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloatScanTest {

    @TempDir
    Path directory;

    @Test
    void everyBenchmarkGivesTheRightAnswer() {
        FloatScan scan = new FloatScan();
        scan.neurons = 21;

        scan.open(directory);
        try {
            assertEquals(21, scan.engram().length);
        } finally {
            scan.close();
        }
    }

    @Test
    void aStoreIsMadeOnceAndFoundAgain() throws Exception {
        BenchStore.open(directory, 3, Layout.FULL).close();
        Path journal = BenchStore.path(directory, 3, Layout.FULL).resolve("journal");
        Object made = Files.getLastModifiedTime(journal);

        BenchStore.open(directory, 3, Layout.FULL).close();

        assertEquals(made, Files.getLastModifiedTime(journal));
    }

    @Test
    void aStoreOfAnotherSizeIsRefused() throws Exception {
        BenchStore.open(directory, 3, Layout.FULL).close();
        Path wrong = BenchStore.path(directory, 4, Layout.FULL);
        Files.move(BenchStore.path(directory, 3, Layout.FULL), wrong);

        Exception refused = assertThrows(IllegalStateException.class, () -> BenchStore.open(directory, 4, Layout.FULL));

        assertEquals(
                "benchmark store is not what it was made as: " + wrong
                        + ": expected 4 neurons, found 3; delete it and run again",
                refused.getMessage());
    }

    @Test
    void aStoreWithOneWrongPatternStopsTheBenchmark() {
        makeStoreWithOneWrongPattern(directory, 16, 5);
        FloatScan scan = new FloatScan();
        scan.neurons = 16;

        Exception refused = assertThrows(IllegalStateException.class, () -> scan.open(directory));

        scan.close();
        assertTrue(refused.getMessage().startsWith("engram is wrong: neuron 5 responds with "), refused.getMessage());
    }

    static void makeStoreWithOneWrongPattern(Path directory, int neurons, int wrong) {
        try (PatternStore store = PatternStore.create(BenchStore.path(directory, neurons, Layout.FULL))) {
            for (int i = 0; i < neurons; i++) {
                store.memorize(Symbols.key(i), i == wrong ? Symbols.damaged(i) : Symbols.pattern(i));
            }
        }
    }
}
