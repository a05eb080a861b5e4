package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many patterns at once: all of them, or none, for whoever looks. */
class MemorizeAllTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final Progress SILENT = (done, total) -> {};

    @TempDir
    Path temp;

    private Path create(Layout layout) {
        Path dir = temp.resolve("store");
        PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(layout).withGeometry(G))
                .close();
        return dir;
    }

    private static Map<String, Pattern> batch(String prefix, int size) {
        Map<String, Pattern> batch = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            batch.put(prefix + i, Patterns.random(G, 1 + i));
        }
        return batch;
    }

    private static Map<Integer, String> numbered(int first, Map<String, Pattern> batch) {
        Map<Integer, String> numbered = new TreeMap<>();
        batch.keySet().forEach(key -> numbered.put(first + numbered.size(), key));
        return numbered;
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aBatchIsStoredInItsOrderAndAnswersAsIfStoredOneByOne(Layout layout) {
        Path dir = create(layout);
        Map<String, Pattern> batch = batch("k", 5000);
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("before", Patterns.random(G, 0));
            assertEquals(1, store.memorizeAll(batch.entrySet()));
            assertEquals(5001, store.memorize("after", Patterns.random(G, 0)));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            Map<Integer, String> expected = numbered(1, batch);
            expected.put(0, "before");
            expected.put(5001, "after");
            assertEquals(expected, ChangeScript.liveIn(store));
            batch.forEach((key, pattern) -> assertEquals(pattern, store.pattern(key), key));
        }
        StoreReport report = StoreCare.verify(dir, VerifyLevel.WEIGHTS, SILENT);
        assertEquals(List.of(), Sentences.of(report.problems()));
        assertEquals(List.of(), Sentences.of(report.notes()));
    }

    @Test
    void keysOfFourThousandBytesMakeManyWritesAndOneBatch() {
        Path dir = create(Layout.PACKED);
        Map<String, Pattern> batch = batch("鍵".repeat(1364), 200);
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorizeAll(batch.entrySet());
            assertEquals(numbered(0, batch), ChangeScript.liveIn(store));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(numbered(0, batch), ChangeScript.liveIn(store));
        }
    }

    @Test
    void aBatchOfNoneChangesNotOneByteAndNamesTheNextNeuron() throws IOException {
        Path dir = create(Layout.FULL);
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("a", Patterns.random(G, 1));
            long before = Files.size(dir.resolve(StoreDirectory.JOURNAL));
            assertEquals(1, store.memorizeAll(Set.of()));
            assertEquals(before, Files.size(dir.resolve(StoreDirectory.JOURNAL)));
        }
    }

    @Test
    void whatABatchMayNotHoldIsRefusedBeforeAByteIsWritten() throws IOException {
        Path dir = create(Layout.PACKED);
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("a", Patterns.random(G, 1));
            store.sync();
            Map<String, byte[]> before = StoreBytes.of(dir);
            Map<String, Pattern> good = batch("k", 3);
            List<Map.Entry<String, Pattern>> twice = new ArrayList<>(good.entrySet());
            twice.add(Map.entry("k1", Patterns.random(G, 9)));
            EngramException.DuplicateKey refused =
                    assertThrows(EngramException.DuplicateKey.class, () -> store.memorizeAll(twice));
            assertEquals(
                    "key is twice in the batch: \"k1\" is entry 1 and entry 3; choose another key for one, nothing was stored",
                    refused.getMessage());
            assertEquals(List.of("k1"), refused.keys());
            good.put("a", Patterns.random(G, 9));
            assertEquals(
                    List.of("a"),
                    assertThrows(EngramException.DuplicateKey.class, () -> store.memorizeAll(good.entrySet()))
                            .keys());
            good.remove("a");
            good.put("", Patterns.random(G, 9));
            assertThrows(EngramException.InvalidKey.class, () -> store.memorizeAll(good.entrySet()));
            good.remove("");
            good.put("wide", Patterns.random(new Geometry(6, 3), 9));
            assertThrows(EngramException.WrongGeometry.class, () -> store.memorizeAll(good.entrySet()));
            good.put("wide", Pattern.of(G, new float[] {0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
            assertThrows(EngramException.InvalidPattern.class, () -> store.memorizeAll(good.entrySet()));
            Map<String, byte[]> after = StoreBytes.of(dir);
            before.forEach((name, bytes) -> assertEquals(bytes.length, after.get(name).length, name));
            good.remove("wide");
            assertEquals(1, store.memorizeAll(good.entrySet()));
        }
    }

    @Test
    void aRuleThatDivergesOnOnePatternTakesTheWholeBatchBack() {
        Path dir = temp.resolve("store");
        LearningRule rule = new LearningRule(1, 0.5f, 1, 2);
        try (PatternStore store = PatternStore.create(
                dir, StoreOptions.DEFAULT.withGeometry(G).withRule(rule).withLayout(Layout.FULL))) {
            Map<String, Pattern> batch = new LinkedHashMap<>();
            batch.put("black", Pattern.of(G, new float[15]));
            float[] white = new float[15];
            java.util.Arrays.fill(white, 1);
            batch.put("white", Pattern.of(G, white));
            assertThrows(EngramException.DivergingRule.class, () -> store.memorizeAll(batch.entrySet()));
            assertEquals(0, store.sizeWithRetired());
            assertEquals(OptionalInt.empty(), store.neuronOf("black"));
            assertEquals(0, store.memorize("black", Pattern.of(G, new float[15])));
        }
        StoreReport report = StoreCare.verify(dir, VerifyLevel.WEIGHTS, SILENT);
        assertTrue(report.isSound(), () -> Sentences.of(report.problems()).toString());
    }

    /** Cut at every place, the journal shows the batch or nothing of it, to readers, to verify, and after recovery. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void aJournalCutAnywhereInABatchShowsNothingOfIt(Layout layout) throws IOException {
        Path dir = create(layout);
        long from;
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("a", Patterns.random(G, 1));
            from = Files.size(dir.resolve(StoreDirectory.JOURNAL));
            store.memorizeAll(batch("k", 4).entrySet());
        }
        StoreBytes.cut(dir.resolve(StoreDirectory.JOURNAL), from + 64 + 4 * 72);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        for (long length = from; length < from + 64 + 4 * 72; length += 8) {
            StoreBytes.restore(dir, whole);
            StoreBytes.cut(dir.resolve(StoreDirectory.JOURNAL), length);
            StoreReport report = StoreCare.verify(dir, SILENT);
            assertEquals(1, report.neurons().size());
            try (PatternStore store = PatternStore.openReadOnly(dir)) {
                assertEquals(Map.of(0, "a"), ChangeScript.liveIn(store));
                if (length >= from + 64) {
                    assertEquals(
                            "incomplete append: %s: offset %s: expected the records of 4 neurons, found those of fewer"
                                    .formatted(dir.resolve(StoreDirectory.JOURNAL), from),
                            Sentences.of(store.recovery()));
                    assertEquals(List.of(Sentences.of(store.recovery())), Sentences.of(report.notes()));
                }
            }
            try (PatternStore store = PatternStore.open(dir)) {
                assertEquals(Map.of(0, "a"), ChangeScript.liveIn(store));
                assertEquals(1, store.memorize("k0", Patterns.random(G, 1)));
            }
            if (length >= from + 64) {
                assertEquals(
                        List.of(), Sentences.of(StoreCare.verify(dir, SILENT).notes()));
                try (var names = Files.list(dir)) {
                    assertFalse(names.anyMatch(name -> name.toString().contains("journal.cut")), "kept aside");
                }
            }
        }
    }

    /** A flipped byte in any stripe of a batch that no SYNC vouches for leaves all of the batch out. */
    @Test
    void aStripeThatIsDamagedAfterAPowerLossLeavesOutItsWholeBatch() throws IOException {
        Path dir = create(Layout.PACKED);
        Map<String, byte[]> whole;
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("a", Patterns.random(G, 1));
            store.memorizeAll(batch("k", 4).entrySet());
            whole = StoreBytes.of(dir);
        }
        for (int neuron = 1; neuron <= 4; neuron++) {
            StoreBytes.restore(dir, whole);
            StoreBytes.flip(dir.resolve("sketch.bits"), neuron * 64L);
            assertEquals(1, StoreCare.verify(dir, SILENT).neurons().size());
            try (PatternStore store = PatternStore.openReadOnly(dir)) {
                assertEquals(Map.of(0, "a"), ChangeScript.liveIn(store));
            }
        }
    }

    @Test
    void aReaderBesideTheWriterSeesABatchWholeOrNotAtAll() throws Exception {
        Path dir = create(Layout.PACKED);
        int size = 3000;
        try (PatternStore store = PatternStore.open(dir);
                PatternStore reader = PatternStore.openReadOnly(dir)) {
            Thread looking = new Thread(() -> {
                while (reader.size() < 10 * size) {
                    reader.refresh();
                    assertEquals(0, reader.size() % size);
                    assertEquals(reader.size(), reader.stream().count() / size * size);
                }
            });
            List<Throwable> thrown = new ArrayList<>();
            looking.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
            looking.start();
            for (int i = 0; i < 10; i++) {
                store.memorizeAll(batch(i + " ", size).entrySet());
                assertEquals(0, store.size() % size);
            }
            looking.join();
            assertEquals(List.of(), thrown);
        }
    }

    @Test
    void forgettingIfPresentTellsWhetherTheKeyWasThere() {
        try (PatternStore store = PatternStore.open(create(Layout.FULL))) {
            store.memorize("a", Patterns.random(G, 1));
            assertEquals(OptionalInt.empty(), store.forgetIfPresent("b"));
            assertEquals(OptionalInt.of(0), store.forgetIfPresent("a"));
            assertEquals(OptionalInt.empty(), store.forgetIfPresent("a"));
            assertEquals(0, store.size());
        }
    }

    /** As that of a map in which another thread puts something else meanwhile. */
    private static final class Changing implements Map.Entry<String, Pattern> {

        private final List<String> keys;
        private final List<Pattern> patterns;
        private int key;
        private int pattern;

        Changing(List<String> keys, List<Pattern> patterns) {
            this.keys = keys;
            this.patterns = patterns;
        }

        @Override
        public String getKey() {
            return keys.get(Math.min(key++, keys.size() - 1));
        }

        @Override
        public Pattern getValue() {
            return patterns.get(Math.min(pattern++, patterns.size() - 1));
        }

        @Override
        public Pattern setValue(Pattern value) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCheckedOfAnEntryIsWhatIsStored(Layout layout) throws IOException {
        Path dir = create(layout);
        Pattern first = Patterns.random(G, 1);
        try (PatternStore store = PatternStore.open(dir)) {
            for (Pattern later :
                    List.of(Patterns.random(new Geometry(2, 2), 2), Patterns.random(new Geometry(90, 90), 2))) {
                int number = store.size();
                store.memorizeAll(List.of(
                        new Changing(List.of("k" + number, "k".repeat(5_000)), List.of(first, later)),
                        Map.entry("after" + number, Patterns.random(G, 3))));
                assertEquals(first, store.pattern("k" + number));
            }
            store.memorize("more", Patterns.random(G, 4));
        }
        assertTrue(
                StoreCare.verify(dir, VerifyLevel.WEIGHTS, (done, total) -> {}).isSound());
    }
}
