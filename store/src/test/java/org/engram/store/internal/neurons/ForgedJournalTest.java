package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.StoreReport;
import org.engram.store.fixture.Checksums;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records with valid checksums that no writer of the format would have written: a checksum is no proof of good will. */
class ForgedJournalTest {

    private static final Geometry G = new Geometry(5, 7);

    @TempDir
    Path temp;

    private Path dir;
    private Header header;

    @BeforeEach
    void createStore() {
        dir = temp.resolve("store");
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G)).close();
        header = Header.read(dir);
    }

    /** Makes the store one of another layout: the files are there whatever the header says. */
    private void writeHeader(Layout layout) {
        header = new Header(layout, G, header.rule(), header.criteria(), header.uuid(), header.createdAt());
        header.write(StoreDirectory.onDisk(dir));
    }

    private void write(JournalEntry... entries) throws IOException {
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        for (JournalEntry entry : entries) {
            int length = new JournalRecord(header).encode(Entries.at(journal.size(), entry), bytes);
            journal.write(bytes, 0, length);
        }
        Files.write(dir.resolve("journal"), journal.toByteArray());
        Files.write(dir.resolve("w.stripes"), new byte[10 * 192]);
        Files.write(dir.resolve("v.stripes"), new byte[10 * 192]);
        Files.write(dir.resolve("sketch.bits"), new byte[10 * 64]);
    }

    /** Changes four bytes of the first record and puts its checksum right again. */
    private void edit(int at, int value) throws IOException {
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        Checksums.fixRecord(journal, 0, header.encode());
        Files.write(dir.resolve("journal"), journal);
    }

    private void assertCorrupt(long offset, String expected, String found) {
        String message =
                "journal is damaged: %s: offset %d: expected %s, found %s; run engram verify, restore it from a copy, or run engram salvage"
                        .formatted(dir.resolve("journal"), offset, expected, found);
        assertEquals(
                message,
                assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir))
                        .getMessage());
        StoreReport report = StoreCare.verify(dir, (done, total) -> {});
        assertTrue(
                Sentences.of(report.problems()).contains(message),
                Sentences.of(report.problems()).toString());
    }

    @Test
    void recordsThatContradictEachOtherAreCorruption() throws IOException {
        JournalEntry sync = Entries.synced(2, 1);
        write(Entries.memorized(1, 1, -1, "a"), sync);
        assertCorrupt(0, "neuron 0", "1");
        write(Entries.memorized(1, 0, 7, "a"), sync);
        assertCorrupt(0, "the key's live neuron -1 retired", "7");
        write(Entries.forgotten(1, -1, 0, "a"), Entries.synced(2, 0));
        assertCorrupt(0, "a live neuron under this key", "-1");
        write(Entries.synced(1, 5));
        assertCorrupt(0, "neuron count 0", "5");
        write(Entries.memorized(3, 0, -1, "a"));
        assertCorrupt(0, "sequence 1", "sequence 3");
    }

    @Test
    void fieldsThatTheFormatFixesAreChecked() throws IOException {
        JournalEntry[] good = {Entries.memorized(1, 0, -1, "a"), Entries.synced(2, 1)};
        Object[][] cases = {
            {8, 9 | 1 << 16, "a record type of 1 to 5", "type 9"},
            {8, 1 | 2 << 8 | 1 << 16, "no flags but 1", "flags 2"},
            {8, 1 | 1 << 8 | 20 << 16, "length 88 for its key", "length 72"},
            {12, 7, "zero in reserved byte 12", "7"},
            {40, 0x7FC00000, "a gain above 0", "gain NaN"},
            {40, 0, "a gain above 0", "gain 0.0"},
            {40, 0x80000001, "a gain above 0", "gain -1.4E-45"},
            {60, 1, "zero in reserved byte 60", "1"},
            {68, 1, "zero in reserved byte 68", "1"},
        };
        for (Object[] one : cases) {
            write(good);
            edit((Integer) one[0], (Integer) one[1]);
            assertCorrupt(0, (String) one[2], (String) one[3]);
        }
        write(Entries.synced(1, 0));
        edit(8, 3 | 1 << 8);
        assertCorrupt(0, "zero in reserved byte 9", "1");
        write(Entries.synced(1, 0));
        edit(28, 3);
        assertCorrupt(0, "no neuron retired by a SYNC", "3");
        write(Entries.synced(1, 0));
        edit(44, 3);
        assertCorrupt(0, "zero in reserved byte 44", "3");
        write(Entries.criteria(1, 0, Criteria.DEFAULT));
        edit(48, 0x7FC00000);
        assertCorrupt(0, "criteria in their range", "0.7, NaN, 0.35, 0.95");
        write(Entries.criteria(1, 0, Criteria.DEFAULT));
        edit(40, 1);
        assertCorrupt(0, "zero in reserved byte 40", "1");
        write(Entries.criteria(1, 0, Criteria.DEFAULT));
        edit(8, 4 | 1 << 16);
        assertCorrupt(0, "length 72 for its key", "length 64");
        write(Entries.criteria(1, 1, Criteria.DEFAULT));
        assertCorrupt(0, "neuron count 0", "1");
    }

    @Test
    void recordsThatContradictTheirBatchAreCorruption() throws IOException {
        JournalEntry begun = Entries.batch(1, 0, 2);
        JournalEntry first = Entries.memorized(2, 0, -1, "a");
        write(begun, first, Entries.synced(3, 1));
        assertCorrupt(136, "a record of its batch, which memorizes neuron 1", "another");
        write(begun, first, Entries.memorized(3, 2, -1, "b"));
        assertCorrupt(136, "a record of its batch, which memorizes neuron 1", "another");
        write(begun, first, Entries.memorized(3, 1, 0, "a"));
        assertCorrupt(136, "a record of its batch, which memorizes neuron 1", "another");
        write(begun, first, Entries.batch(3, 1, 2));
        assertCorrupt(136, "a record of its batch, which memorizes neuron 1", "another");
        write(Entries.batch(1, 7, 1), Entries.memorized(2, 7, -1, "a"), Entries.synced(3, 8));
        assertCorrupt(0, "neuron count 0", "7");
        write(begun, first, Entries.memorized(3, 1, -1, "a"), Entries.synced(4, 2));
        assertCorrupt(136, "the key's live neuron 0 retired", "-1");
        write(begun);
        edit(44, 0);
        assertCorrupt(0, "a batch of 1 neuron or more", "0");
        write(begun);
        edit(48, 1);
        assertCorrupt(0, "zero in reserved byte 48", "1");
        write(begun);
        edit(44, Integer.MAX_VALUE);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(0, reader.sizeWithRetired());
        }
        write(begun, first, Entries.memorized(3, 1, -1, "b"), Entries.synced(4, 2));
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(2, reader.size());
        }
    }

    /** What the fields of a record hold is checked only where the format has a word for it. */
    @ParameterizedTest
    @CsvSource({"FULL, ''", "TIED, '48'", "PACKED, '44 48'"})
    void aChecksumOfAPartThatTheStoreHasNotIsRefused(Layout layout, String reserved) throws IOException {
        writeHeader(layout);
        Set<String> words = Set.of(reserved.split(" "));
        for (int at : new int[] {44, 48, 52, 56}) {
            write(Entries.memorized(1, 0, -1, "a"), Entries.synced(2, 1));
            edit(at, 5);
            if (words.contains(String.valueOf(at))) {
                assertCorrupt(0, "zero in reserved byte " + at, "5");
            } else {
                try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                    assertEquals(1, reader.size());
                }
            }
        }
    }

    @Test
    void aRealValuedNeuronHasAGainToo() throws IOException {
        JournalEntry realValued = Entries.memorized(1, 0, -1, false, 0.5f, "a");
        write(realValued, Entries.synced(2, 1));
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertFalse(reader.neurons().get(0).twoValued());
        }
        edit(40, 0);
        assertCorrupt(0, "a gain above 0", "gain 0.0");
    }

    /** One that no writer makes, as short as a SYNC, too. */
    @Test
    void aValidRecordBehindAGapThatIsNoSyncIsATornTail() throws IOException {
        for (JournalEntry entry : List.of(Entries.memorized(3, 0, -1, "a"), Entries.forgotten(3, 0, 0, ""))) {
            write(Entries.synced(1, 0), Entries.synced(2, 0));
            byte[] journal = Files.readAllBytes(dir.resolve("journal"));
            byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
            int length = new JournalRecord(header).encode(Entries.at(192, entry), bytes);
            byte[] gap = Arrays.copyOf(journal, 192 + length);
            System.arraycopy(bytes, 0, gap, 192, length);
            Files.write(dir.resolve("journal"), gap);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertEquals(0, reader.size());
                assertFalse(reader.recovery().isEmpty());
            }
        }
    }

    @Test
    void aRecordReadsBackAsItWasWrittenFromAnyPlace() {
        byte[] key = "鍵 and more".getBytes(StandardCharsets.UTF_8);
        JournalEntry.Memorized written = new JournalEntry.Memorized(
                720, 1L << 40, -5, 1 << 28, 77, true, 0.25f, new JournalEntry.Checksums(1, -2, 3, 0, 0), key);
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = new JournalRecord(header).encode(written, bytes);
        byte[] larger = new byte[length + 24];
        Arrays.fill(larger, (byte) 0xFF);
        System.arraycopy(bytes, 0, larger, 16, length);
        JournalEntry read = new JournalRecord(header).decode(larger, 16, length, written.offset());
        assertArrayEquals(key, ((JournalEntry.Memorized) read).key());
        assertEquals(
                written.toString().replaceAll("key=.*", ""), read.toString().replaceAll("key=.*", ""));
    }
}
