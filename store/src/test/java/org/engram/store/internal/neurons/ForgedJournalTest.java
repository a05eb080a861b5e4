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

    private static JournalEntry memorize(long sequence, int neuron, int retires, String key) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        return new JournalEntry(0, JournalEntry.Type.MEMORIZE, sequence, neuron, retires, true, 1, 0, 0, 0, 0, 0, utf8);
    }

    /** Makes the store one of another layout or version: the files are there whatever the header says. */
    private void writeHeader(int minor, Layout layout, Header.Derived derived) {
        header = new Header(
                minor, layout, G, header.rule(), header.criteria(), header.uuid(), header.created(), derived);
        header.write(StoreDirectory.onDisk(dir));
    }

    private void write(JournalEntry... entries) throws IOException {
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        for (JournalEntry entry : entries) {
            int length = new JournalRecord(header).encode(entry, journal.size(), bytes);
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
                "journal is damaged: %s: offset %d: expected %s, found %s; run engram verify, restore from a copy"
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
        assertTrue(report.problems().contains(message), report.problems().toString());
    }

    @Test
    void recordsThatContradictEachOtherAreCorruption() throws IOException {
        JournalEntry sync = JournalEntry.sync(2, 1, 0);
        write(memorize(1, 1, -1, "a"), sync);
        assertCorrupt(0, "neuron 0", "1");
        write(memorize(1, 0, 7, "a"), sync);
        assertCorrupt(0, "the key's live neuron -1 retired", "7");
        write(JournalEntry.forget(1, -1, 0, "a"), JournalEntry.sync(2, 0, 0));
        assertCorrupt(0, "a live neuron under this key", "-1");
        write(JournalEntry.sync(1, 5, 0));
        assertCorrupt(0, "neuron count 0", "5");
        write(memorize(3, 0, -1, "a"));
        assertCorrupt(0, "sequence 1", "sequence 3");
    }

    @Test
    void fieldsThatTheFormatFixesAreChecked() throws IOException {
        JournalEntry[] good = {memorize(1, 0, -1, "a"), JournalEntry.sync(2, 1, 0)};
        Object[][] cases = {
            {8, 9 | 1 << 16, "a record type of 1 to 4", "type 9"},
            {8, 1 | 2 << 8 | 1 << 16, "no flags but 1", "flags 2"},
            {8, 1 | 1 << 8 | 20 << 16, "length 88 for its key", "length 72"},
            {12, 7, "zero in reserved byte 12", "7"},
            {40, 0x7FC00000, "a gain of 0 or more", "gain NaN"},
            {40, 0, "a gain above 0 for weights of two values", "gain 0"},
            {40, 0x80000001, "a gain of 0 or more", "gain -1.4E-45"},
            {60, 1, "zero in reserved byte 60", "1"},
            {68, 1, "zero in reserved byte 68", "1"},
        };
        for (Object[] one : cases) {
            write(good);
            edit((Integer) one[0], (Integer) one[1]);
            assertCorrupt(0, (String) one[2], (String) one[3]);
        }
        write(JournalEntry.sync(1, 0, 0));
        edit(8, 3 | 1 << 8);
        assertCorrupt(0, "zero in reserved byte 9", "1");
        write(JournalEntry.sync(1, 0, 0));
        edit(28, 3);
        assertCorrupt(0, "no neuron retired by a SYNC", "3");
        write(JournalEntry.sync(1, 0, 0));
        edit(44, 3);
        assertCorrupt(0, "zero in reserved byte 44", "3");
        write(JournalEntry.criteria(1, 0, 0, Criteria.DEFAULT));
        edit(48, 0x7FC00000);
        assertCorrupt(0, "criteria in their range", "0.7, NaN, 0.35, 0.95");
        write(JournalEntry.criteria(1, 0, 0, Criteria.DEFAULT));
        edit(40, 1);
        assertCorrupt(0, "zero in reserved byte 40", "1");
        write(JournalEntry.criteria(1, 0, 0, Criteria.DEFAULT));
        edit(8, 4 | 1 << 16);
        assertCorrupt(0, "length 72 for its key", "length 64");
        write(JournalEntry.criteria(1, 1, 0, Criteria.DEFAULT));
        assertCorrupt(0, "neuron count 0", "1");
    }

    /** What the fields of a record hold is checked only where the format has a word for it. */
    @ParameterizedTest
    @CsvSource({
        "1, FULL, 0, ''",
        "1, TIED, 0, '48'",
        "1, PACKED, 0, '44 48'",
        "1, FULL, 1, '52 56'",
        "0, FULL, 0, '52 56'"
    })
    void aChecksumOfAPartThatTheStoreHasNotIsRefused(int minor, Layout layout, int derived, String reserved)
            throws IOException {
        writeHeader(minor, layout, new Header.Derived(derived, 0, 0));
        Set<String> words = Set.of(reserved.split(" "));
        for (int at : new int[] {44, 48, 52, 56}) {
            write(memorize(1, 0, -1, "a"), JournalEntry.sync(2, 1, 0));
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
    void aNeuronAfterTheDerivedOnesHasChecksumsOfItsBits() throws IOException {
        writeHeader(1, Layout.FULL, new Header.Derived(1, 0, 0));
        JournalEntry second = new JournalEntry(
                0, JournalEntry.Type.MEMORIZE, 2, 1, -1, true, 1, 0, 0, 0, 7, 0, "b".getBytes(StandardCharsets.UTF_8));
        write(memorize(1, 0, -1, "a"), second, JournalEntry.sync(3, 2, 0));
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(2, reader.size());
        }
    }

    @Test
    void aRealValuedNeuronHasAGainSinceFormatOneDotOne() throws IOException {
        JournalEntry realValued =
                new JournalEntry(0, JournalEntry.Type.MEMORIZE, 1, 0, -1, false, 0.5f, 0, 0, 0, 0, 0, new byte[] {'a'});
        write(realValued, JournalEntry.sync(2, 1, 0));
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertFalse(reader.neurons().get(0).twoValued());
        }
        writeHeader(0, Layout.FULL, Header.Derived.NONE);
        write(realValued, JournalEntry.sync(2, 1, 0));
        assertCorrupt(0, "zero in reserved byte 43", "63");
    }

    /** One that no writer makes, as short as a SYNC, too. */
    @Test
    void aValidRecordBehindAGapThatIsNoSyncIsATornTail() throws IOException {
        for (JournalEntry entry : List.of(memorize(3, 0, -1, "a"), JournalEntry.forget(3, 0, 0, ""))) {
            write(JournalEntry.sync(1, 0, 0), JournalEntry.sync(2, 0, 0));
            byte[] journal = Files.readAllBytes(dir.resolve("journal"));
            byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
            int length = new JournalRecord(header).encode(entry, 192, bytes);
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
        JournalEntry written = new JournalEntry(
                720, JournalEntry.Type.MEMORIZE, 1L << 40, 1 << 28, 77, true, 0.25f, -5, 1, -2, 3, 0, key);
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = new JournalRecord(header).encode(written, written.offset(), bytes);
        byte[] larger = new byte[length + 24];
        Arrays.fill(larger, (byte) 0xFF);
        System.arraycopy(bytes, 0, larger, 16, length);
        JournalEntry read = new JournalRecord(header).decode(larger, 16, length, written.offset());
        assertArrayEquals(key, read.key());
        assertEquals(
                written.toString().replaceAll("key=.*", ""), read.toString().replaceAll("key=.*", ""));
    }
}
