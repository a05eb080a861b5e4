package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
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
        assertEquals(List.of(), Sentences.of(report.problems()));
        assertEquals(List.of(), Sentences.of(report.notes()));
        assertEquals(STRICT, report.criteria());
    }

    @Test
    void recordedCriteriaAreOneRecordAndChangeNoOtherFile() throws IOException {
        create(Layout.FULL).close();
        Map<String, byte[]> before = StoreBytes.of(dir);
        try (PatternStore store = PatternStore.open(dir)) {
            store.setCriteria(STRICT);
            store.setCriteria(LENIENT);
        }
        Map<String, byte[]> after = StoreBytes.of(dir);
        assertEquals(3 * JournalRecord.HEAD, after.get("journal").length, "two of criteria and the SYNC of the close");
        before.remove("journal");
        after.remove("journal");
        StoreBytes.assertSame(before, after);
        assertEquals(
                List.of("header", "lock", "plane.bits", "sketch.bits", "v.stripes", "w.stripes"),
                List.copyOf(after.keySet()));
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
        assertEquals(
                List.of(), Sentences.of(StoreCare.salvage(dir, salvaged, SILENT).lost()));
        for (Path other : List.of(copy, compact, salvaged)) {
            assertEquals(List.of(), StoreCare.diff(dir, other, SILENT).settings());
            try (PatternStore store = PatternStore.openReadOnly(other)) {
                assertEquals(STRICT, store.criteria());
                assertEquals(Criteria.COMPANY - 1, store.size());
            }
        }
        assertEquals(Criteria.DEFAULT, Header.read(copy).criteria(), "in the journal, as in what was copied");
        assertEquals(STRICT, Header.read(compact).criteria(), "in the header from its beginning");
        try (PatternStore store = PatternStore.open(copy)) {
            store.setCriteria(new Criteria(0.9f, 0.98f, 0.01f, 1));
        }
        assertEquals(
                List.of("contrast: 0.99, 0.98"),
                StoreCare.diff(dir, copy, SILENT).settings());
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
                        "criteria may be older ones: %s: offset 64; a lost record may have set others, engram calibrate recommends some"
                                .formatted(dir.resolve("journal"))),
                Sentences.of(report.notes()));
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("salvaged"))) {
            assertEquals(LENIENT, store.criteria());
        }
    }

    @Test
    void aLostRecordOfANeuronIsNotSaidToHaveSetCriteria() throws IOException {
        try (PatternStore store = create(Layout.PACKED)) {
            fill(store);
            store.forget("k1");
            store.forget("k2");
        }
        byte[] whole = Files.readAllBytes(dir.resolve("journal"));
        int record = JournalRecord.length(2);
        int[][] lost = {{2, 4}, {Criteria.COMPANY, Criteria.COMPANY}};
        for (int[] one : lost) {
            Files.write(dir.resolve("journal"), whole);
            for (int i = one[0]; i <= one[1]; i++) {
                StoreBytes.flip(dir.resolve("journal"), i * record + 20);
            }
            Path salvaged = temp.resolve("salvaged from " + one[0]);
            SalvageReport report = StoreCare.salvage(dir, salvaged, SILENT);
            assertTrue(Sentences.of(report.lost()).get(0).startsWith("records are lost: "), report.toString());
            assertTrue(
                    report.notes().stream().noneMatch(note -> note.what().startsWith("criteria ")), report.toString());
        }
        for (int i : new int[] {Criteria.COMPANY, Criteria.COMPANY + 1}) {
            StoreBytes.flip(dir.resolve("journal"), i * record + 30);
        }
        SalvageReport report = StoreCare.salvage(dir, temp.resolve("salvaged"), SILENT);
        assertTrue(
                report.notes().stream().anyMatch(note -> note.what().startsWith("criteria ")),
                "the numbers do not tell");
    }

    @Test
    void aReadOnlyStoreRefusesThem() {
        create(Layout.FULL).close();
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertThrows(EngramException.ReadOnly.class, () -> store.setCriteria(STRICT));
        }
    }
}
