package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records with valid checksums that no writer of the format would have written: a checksum is no proof of good will. */
class ForgedJournalTest {

    private static final Geometry G = new Geometry(5, 7);

    @TempDir
    Path temp;

    private Path dir;
    private UUID uuid;

    @BeforeEach
    void createStore() {
        dir = temp.resolve("store");
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G)).close();
        uuid = StoreInspector.inspect(dir).uuid();
    }

    private static JournalEntry memorize(long sequence, int neuron, int retires, String key) {
        return new JournalEntry(0, JournalEntry.Type.MEMORIZE, sequence, neuron, retires, 1, 0, 0, 0, key);
    }

    private void write(JournalEntry... entries) throws IOException {
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        for (JournalEntry entry : entries) {
            int length = new JournalRecord(uuid).encode(entry, journal.size(), bytes);
            journal.write(bytes, 0, length);
        }
        Files.write(dir.resolve("journal"), journal.toByteArray());
        Files.write(dir.resolve("w.stripes"), new byte[10 * 192]);
        Files.write(dir.resolve("v.stripes"), new byte[10 * 192]);
    }

    /** Changes four bytes of the first record and puts its checksum right again. */
    private void edit(int at, int value) throws IOException {
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        ByteBuffer buffer = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at, value);
        int length = buffer.getInt(0);
        ByteBuffer seed = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        seed.putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .putLong(0);
        CRC32C crc = new CRC32C();
        crc.update(seed.array());
        crc.update(journal, 0, 4);
        crc.update(journal, 8, length - 8);
        buffer.putInt(4, (int) crc.getValue());
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
        StoreReport report = StoreInspector.verify(dir, (done, total) -> {});
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
            {8, 9 | 1 << 16, "a record type of 1 to 3", "type 9"},
            {8, 1 | 2 << 8 | 1 << 16, "no flags but 1", "flags 2"},
            {8, 1 | 1 << 8 | 20 << 16, "length 88 for its key", "length 72"},
            {12, 7, "zero in reserved byte 12", "7"},
            {40, 0x7FC00000, "a gain of 0 or more", "gain NaN"},
            {52, 1, "zero in reserved byte 52", "1"},
            {68, 1, "zero in reserved byte 68", "1"},
        };
        for (Object[] one : cases) {
            write(good);
            edit((Integer) one[0], (Integer) one[1]);
            assertCorrupt(0, (String) one[2], (String) one[3]);
        }
        write(JournalEntry.sync(1, 0, 0));
        edit(28, 3);
        assertCorrupt(0, "no neuron retired by a SYNC", "3");
        write(JournalEntry.sync(1, 0, 0));
        edit(44, 3);
        assertCorrupt(0, "zero in reserved byte 44", "3");
    }

    @Test
    void aValidRecordBehindAGapThatIsNoSyncIsATornTail() throws IOException {
        write(JournalEntry.sync(1, 0, 0), JournalEntry.sync(2, 0, 0));
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = new JournalRecord(uuid).encode(memorize(3, 0, -1, "a"), 192, bytes);
        byte[] gap = Arrays.copyOf(journal, 192 + length);
        System.arraycopy(bytes, 0, gap, 192, length);
        Files.write(dir.resolve("journal"), gap);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(0, reader.size());
            assertFalse(reader.recovery().isEmpty());
        }
    }
}
