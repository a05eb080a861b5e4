package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.JournalRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that are several times as long as what is read of them at once. */
class LongJournalTest {

    private static final Geometry G = new Geometry(4, 4);
    private static final int NEURONS = 2500;
    private static final int KEY = 301;
    private static final int RECORD = JournalRecord.length(KEY);

    @TempDir
    private Path temp;

    private Path dir;
    private Path journal;

    /** Neurons with a SYNC behind them, then one that nothing vouches for, as a writer that was killed leaves them. */
    @BeforeEach
    void killAWriter() throws IOException {
        Path living = temp.resolve("living");
        try (PatternStore store =
                PatternStore.create(living, StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED))) {
            for (int i = 0; i < NEURONS; i++) {
                store.memorize(key(i), pattern(i));
            }
            store.sync();
            store.memorize(key(NEURONS), pattern(NEURONS));
            dir = Files.createDirectory(temp.resolve("store"));
            StoreBytes.restore(dir, StoreBytes.of(living));
        }
        Files.delete(dir.resolve("lock")); // which names this process, and it is not dead
        journal = dir.resolve("journal");
        assertEquals((NEURONS + 1L) * RECORD + JournalRecord.HEAD, Files.size(journal));
        assertTrue(Files.size(journal) > 3 * JournalWindow.BUFFER_BYTES, "so that it is read in several pieces");
    }

    private static String key(int neuron) {
        return "k".repeat(KEY - 6) + "%06d".formatted(neuron);
    }

    private static Pattern pattern(int neuron) {
        return Patterns.random(G, neuron);
    }

    private static void assertHolds(PatternStore store, int count) {
        assertEquals(count, store.size());
        List<String> keys = store.neurons().stream().map(Neuron::key).toList();
        assertEquals(IntStream.range(0, count).mapToObj(LongJournalTest::key).toList(), keys);
        for (int i = 0; i < count; i++) {
            assertEquals(pattern(i), store.pattern(i));
        }
    }

    @Test
    void itIsReadToItsEnd() {
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertHolds(store, NEURONS + 1);
            assertEquals("", Sentences.of(store.recovery()));
        }
    }

    @Test
    void aSyncFarBehindADamagedRecordTellsThatItIsDamaged() throws IOException {
        Map<String, byte[]> sound = StoreBytes.of(dir);
        long sync = (long) NEURONS * RECORD;
        int ofPiece = JournalWindow.BUFFER_BYTES / RECORD;
        for (int neuron : new int[] {0, 1, ofPiece, 2 * ofPiece + 1, NEURONS - 1}) {
            long at = (long) neuron * RECORD;
            for (int of : new int[] {0, 4, 5, RECORD - 4}) {
                StoreBytes.restore(dir, sound);
                StoreBytes.flip(journal, at + of);
                EngramException.Corrupt e = assertThrows(
                        EngramException.Corrupt.class,
                        () -> PatternStore.openReadOnly(dir).close());
                assertEquals(
                        ("journal is damaged: %s: offset %d: expected a committed record, as one at offset %d vouches for "
                                        + "it, found a checksum that does not match; run engram verify, restore it from a copy, or run engram salvage")
                                .formatted(journal, at, sync),
                        e.getMessage());
            }
        }
    }

    @Test
    void aSyncThatIsTheVeryLastRecordVouchesForTheFirst() throws IOException {
        PatternStore.open(dir).close();
        long sync = Files.size(journal) - JournalRecord.HEAD;
        StoreBytes.flip(journal, 4);
        EngramException.Corrupt e = assertThrows(
                EngramException.Corrupt.class,
                () -> PatternStore.openReadOnly(dir).close());
        assertTrue(
                e.getMessage().contains("offset 0: expected a committed record, as one at offset " + sync + " "),
                e.getMessage());
    }

    @Test
    void whatNoSyncVouchesForEndsWhereItIsTornHoweverMuchFollows() throws IOException {
        byte[] unvouched = Files.readAllBytes(journal);
        System.arraycopy(unvouched, NEURONS * RECORD + JournalRecord.HEAD, unvouched, NEURONS * RECORD, RECORD);
        Files.write(journal, unvouched); // no SYNC is left, as the record in its place is of another offset
        int torn = 700;
        StoreBytes.flip(journal, (long) torn * RECORD + 4);
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertHolds(store, torn);
            assertEquals(
                    "incomplete append: %s: offset %d: expected a record, found the remains of one"
                            .formatted(journal, (long) torn * RECORD),
                    Sentences.of(store.recovery()));
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals(torn, store.memorize(key(torn), pattern(torn)));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertHolds(store, torn + 1);
        }
        try (var files = Files.list(dir)) {
            Path kept = files.filter(file -> file.getFileName().toString().startsWith("journal.cut-"))
                    .findFirst()
                    .orElseThrow();
            byte[] remains = Files.readAllBytes(kept);
            assertEquals(unvouched.length - torn * RECORD, remains.length);
        }
    }
}
