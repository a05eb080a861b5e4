package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.FormatTest;
import org.engram.store.internal.format.JournalRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Criteria that are recorded in the journal judge from then on, wherever the store goes. */
class CriteriaRecordTest {

    private static final Progress SILENT = (done, total) -> {};
    private static final Geometry G = Patterns.SMALL;
    private static final Criteria STRICT = new Criteria(0.9f, 0.99f, 0.01f, 1);
    private static final Criteria LENIENT = new Criteria(0.1f, 0, 1, 0);

    @TempDir
    Path temp;

    private Path dir;

    private PatternStore create(Layout layout) {
        dir = temp.resolve("store");
        return PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(layout).withGeometry(G));
    }

    private static void fill(PatternStore store) {
        for (int i = 0; i < Criteria.COMPANY; i++) {
            store.memorize("k" + i, Patterns.random(G, i));
        }
    }

    /** Half of its pixels are those of no stored pattern: clear to lenient criteria, and to no others. */
    private static Cue doubtful() {
        return Cue.bipolar(Patterns.random(G, 99));
    }

    @ParameterizedTest
    @EnumSource
    void recordedCriteriaJudgeAtOnceAndAfterReopening(Layout layout) {
        try (PatternStore store = create(layout)) {
            fill(store);
            assertEquals(Criteria.DEFAULT, store.criteria());
            assertEquals(Verdict.UNKNOWN, store.recall(doubtful()).verdict());
            store.setCriteria(LENIENT);
            assertEquals(LENIENT, store.criteria());
            assertEquals(Verdict.RECOGNISED, store.recall(doubtful()).verdict());
            assertEquals(
                    Verdict.UNKNOWN,
                    store.recall(doubtful(), RecallOptions.DEFAULT.withCriteria(STRICT))
                            .verdict());
            assertEquals(
                    List.of(Verdict.RECOGNISED, Verdict.RECOGNISED),
                    store.recallAll(List.of(doubtful(), doubtful()), RecallOptions.DEFAULT).stream()
                            .map(Recall::verdict)
                            .toList());
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals(LENIENT, store.criteria());
            assertEquals(Verdict.RECOGNISED, store.recall(doubtful()).verdict());
            store.setCriteria(STRICT);
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(STRICT, store.criteria());
            assertEquals(Verdict.UNKNOWN, store.recall(doubtful()).verdict());
        }
        StoreReport report = StoreCare.verify(dir, VerifyLevel.WEIGHTS, SILENT);
        assertEquals(List.of(), report.problems());
        assertEquals(List.of(), report.notes());
        assertEquals(STRICT, report.criteria());
    }

    @Test
    void aStoreIsOfTheOlderFormatUntilCriteriaAreRecorded() throws IOException {
        create(Layout.FULL).close();
        assertEquals("1.1", StoreCare.inspect(dir).format());
        byte[] created = Files.readAllBytes(dir.resolve("header"));
        try (PatternStore store = PatternStore.open(dir)) {
            store.setCriteria(STRICT);
            assertEquals("1.2", StoreCare.inspect(dir).format());
        }
        byte[] raised = Files.readAllBytes(dir.resolve("header"));
        assertEquals(1, created[10]);
        assertEquals(2, raised[10]);
        try (PatternStore store = PatternStore.open(dir)) {
            store.setCriteria(LENIENT);
        }
        assertEquals(
                List.of("header", "journal", "lock", "plane.bits", "sketch.bits", "v.stripes", "w.stripes"),
                List.copyOf(StoreBytes.of(dir).keySet()));
    }

    @Test
    void aReaderTakesThemInWithTheOtherChangesAlsoInAStoreThatWasEmpty() {
        try (PatternStore writer = create(Layout.PACKED);
                PatternStore reader = PatternStore.openReadOnly(dir)) {
            writer.setCriteria(LENIENT);
            assertEquals(Criteria.DEFAULT, reader.criteria());
            assertEquals(1, reader.refresh());
            assertEquals(LENIENT, reader.criteria());
            fill(writer);
            writer.setCriteria(STRICT);
            writer.sync();
            assertEquals(Criteria.COMPANY + 2, reader.refresh());
            assertEquals(STRICT, reader.criteria());
            assertEquals(Criteria.COMPANY, reader.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesCompactionsAndSalvagedStoresJudgeByThem(Layout layout) {
        try (PatternStore store = create(layout)) {
            fill(store);
            store.setCriteria(LENIENT);
            store.forget("k1");
            store.setCriteria(STRICT);
        }
        Path copy = temp.resolve("copy");
        Path compact = temp.resolve("compact");
        Path salvaged = temp.resolve("salvaged");
        StoreCare.copy(dir, copy, SILENT);
        StoreCare.compact(dir, compact, SILENT);
        assertEquals(List.of(), StoreCare.salvage(dir, salvaged, SILENT).lost());
        for (Path other : List.of(copy, compact, salvaged)) {
            assertEquals(List.of(), StoreCare.diff(dir, other, SILENT).settings());
            try (PatternStore store = PatternStore.openReadOnly(other)) {
                assertEquals(STRICT, store.criteria());
                assertEquals(Criteria.COMPANY - 1, store.size());
            }
        }
        assertEquals("1.2", StoreCare.inspect(copy).format());
        assertEquals("1.1", StoreCare.inspect(compact).format(), "in the header from its beginning");
        try (PatternStore store = PatternStore.open(copy)) {
            store.setCriteria(new Criteria(0.9f, 0.98f, 0.01f, 1));
        }
        assertEquals(
                List.of("contrast: 0.99, 0.98"),
                StoreCare.diff(dir, copy, SILENT).settings());
    }

    @Test
    void aStoreOfFormatOneDotZeroRefusesThemUntilItIsRebuilt() throws IOException {
        dir = FormatTest.thaw("1.0", temp.resolve("old"));
        try (PatternStore store = PatternStore.open(dir)) {
            EngramException e = assertThrows(EngramException.OlderFormat.class, () -> store.setCriteria(STRICT));
            assertEquals(
                    "criteria cannot be recorded: %s: expected format 1.1 or newer, found 1.0; engram rebuild raises it"
                            .formatted(dir),
                    e.getMessage());
            assertEquals(Criteria.DEFAULT, store.criteria());
        }
        StoreCare.rebuild(dir, SILENT);
        try (PatternStore store = PatternStore.open(dir)) {
            store.setCriteria(STRICT);
        }
        StoreCare.rebuild(dir, SILENT);
        StoreReport report = StoreCare.verify(dir, SILENT);
        assertEquals(List.of(), report.problems());
        assertEquals("1.2", report.format());
        assertEquals(STRICT, report.criteria());
    }

    @Test
    void aLostRecordThatMayHaveSetOthersIsTold() throws IOException {
        try (PatternStore store = create(Layout.PACKED)) {
            store.setCriteria(LENIENT);
            store.setCriteria(STRICT);
            fill(store);
        }
        StoreBytes.flip(dir.resolve("journal"), JournalRecord.HEAD + 20);
        SalvageReport report = StoreCare.salvage(dir, temp.resolve("salvaged"), SILENT);
        assertEquals(
                List.of(
                        "criteria may be older ones: %s: offset 64: a lost record may have set others; engram calibrate recommends some"
                                .formatted(dir.resolve("journal"))),
                report.notes());
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("salvaged"))) {
            assertEquals(LENIENT, store.criteria());
        }
    }

    @Test
    void aReadOnlyStoreRefusesThem() {
        create(Layout.FULL).close();
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertThrows(EngramException.ReadOnly.class, () -> store.setCriteria(STRICT));
        }
    }
}
