package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening makes of files that a crash, or damage, left behind. */
class RecoveryTest {

    private static final Geometry G = new Geometry(5, 7);
    private static final int STRIPE = 192;
    private static final int SYNC = JournalRecord.HEAD;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void chooseDirectory() {
        dir = temp.resolve("store");
    }

    /** Neurons 0 to count - 1 under keys k0, k1, ..., then a close, and so a SYNC. */
    private void fill(int count) {
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G))) {
            for (int i = 0; i < count; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
        }
    }

    /** The files as they were while the writer was still appending: without the SYNC of close. */
    private void dropLastSync() throws IOException {
        cut("journal", Files.size(dir.resolve("journal")) - SYNC);
    }

    private void cut(String name, long length) throws IOException {
        byte[] bytes = Files.readAllBytes(dir.resolve(name));
        Files.write(dir.resolve(name), Arrays.copyOf(bytes, Math.toIntExact(length)));
    }

    private void flip(String name, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(dir.resolve(name));
        bytes[Math.toIntExact(at)] ^= 0x10;
        Files.write(dir.resolve(name), bytes);
    }

    private void append(String name, byte[] more) throws IOException {
        Files.write(dir.resolve(name), more, StandardOpenOption.APPEND);
    }

    private static Map<String, byte[]> snapshot(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, byte[]> bytes = new TreeMap<>();
            files.forEach(file -> {
                try {
                    bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return bytes;
        }
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    private static void assertHolds(PatternStore store, int count) {
        assertEquals(count, store.size());
        for (int i = 0; i < count; i++) {
            assertEquals(Patterns.random(G, i), store.pattern("k" + i));
        }
    }

    @Test
    void aTornLastRecordIsPassedOverByReadersAndCutByTheNextWriter() throws IOException {
        fill(3);
        dropLastSync();
        long whole = Files.size(dir.resolve("journal"));
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        int last = JournalRecord.length(2);
        for (int left = 1; left < last; left++) {
            Files.write(dir.resolve("journal"), Arrays.copyOf(journal, (int) whole - last + left));
            Map<String, byte[]> before = snapshot(dir);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 2);
                assertEquals(
                        "incomplete append: %s: offset %d: expected a record, found the remains of one"
                                .formatted(dir.resolve("journal"), whole - last),
                        reader.recovery());
            }
            assertSame(before, snapshot(dir));
        }
        try (PatternStore writer = PatternStore.open(dir)) {
            assertFalse(writer.recovery().isEmpty());
            assertHolds(writer, 2);
            assertEquals(2, writer.memorize("k2", Patterns.random(G, 2)));
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertHolds(reader, 3);
            assertEquals("", reader.recovery());
        }
        assertEquals(3 * STRIPE, Files.size(dir.resolve("w.stripes")));
    }

    @Test
    void stripesWithoutARecordAreTheRemainsOfAnAppendAndAreCut() throws IOException {
        fill(2);
        append("w.stripes", new byte[STRIPE]);
        append("v.stripes", new byte[7]);
        try (PatternStore store = PatternStore.open(dir)) {
            assertHolds(store, 2);
        }
        assertEquals(2 * STRIPE, Files.size(dir.resolve("w.stripes")));
        assertEquals(2 * STRIPE, Files.size(dir.resolve("v.stripes")));
    }

    @Test
    void anUnsyncedNeuronWhoseStripeNeverReachedTheDiskIsNotTakenIn() throws IOException {
        for (String name : List.of("w.stripes", "v.stripes")) {
            dir = temp.resolve("store " + name);
            fill(3);
            dropLastSync();
            flip(name, 2 * STRIPE + 1);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 2);
                assertTrue(
                        reader.recovery()
                                .startsWith(
                                        "incomplete append: " + dir.resolve(name) + ": offset 384: expected CRC32C "),
                        reader.recovery());
                assertEquals(0, reader.refresh());
                assertHolds(reader, 2);
            }
            try (PatternStore writer = PatternStore.open(dir)) {
                assertHolds(writer, 2);
                writer.memorize("k2", Patterns.random(G, 2));
            }
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 3);
            }
        }
    }

    @Test
    void anyFlippedBitOfAJournalThatASyncVouchesForIsCorruptionAndNothingIsChanged() throws IOException {
        fill(3);
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        for (int at = 0; at < journal.length - SYNC; at++) {
            byte[] damaged = journal.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(dir.resolve("journal"), damaged);
            Map<String, byte[]> before = snapshot(dir);
            long record = (long) at / JournalRecord.length(2) * JournalRecord.length(2);
            String expected =
                    ("journal is damaged: %s: offset %d: expected a committed record, as one at offset 216 vouches for it,"
                                    + " found a checksum that does not match; run engram verify, restore from a copy")
                            .formatted(dir.resolve("journal"), record);
            assertEquals(
                    expected,
                    assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir))
                            .getMessage());
            before.put("lock", new byte[0]);
            assertSame(before, snapshot(dir));
        }
    }

    @Test
    void aDamagedLastSyncLosesNothing() throws IOException {
        fill(3);
        long end = Files.size(dir.resolve("journal"));
        for (int i = 0; i < SYNC; i++) {
            flip("journal", end - SYNC + i);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 3);
                assertFalse(reader.recovery().isEmpty());
            }
            flip("journal", end - SYNC + i);
        }
    }

    @Test
    void aStripeFileShorterThanASyncSaysIsCorruption() throws IOException {
        for (String name : List.of("w.stripes", "v.stripes")) {
            dir = temp.resolve("store " + name);
            fill(3);
            cut(name, 2 * STRIPE + 5);
            EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir));
            assertEquals(
                    "stripe file is cut: %s: expected at least 576 bytes for 3 neurons, found 389; restore it from a copy"
                            .formatted(dir.resolve(name)),
                    e.getMessage());
        }
    }

    @Test
    void aRecordOfAnotherStoreOrAnotherPlaceDoesNotPass() throws IOException {
        fill(2);
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        dir = temp.resolve("other");
        fill(2);
        Files.write(dir.resolve("journal"), journal);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertEquals(0, reader.size());
            assertFalse(reader.recovery().isEmpty());
        }
        // a record moved to where another one of the same sequence belongs
        JournalRecord codec = new JournalRecord(new java.util.UUID(1, 2));
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = codec.encode(JournalEntry.sync(1, 0, 0), 64, bytes);
        assertTrue(codec.isCommitted(bytes, 0, length, 64));
        assertFalse(codec.isCommitted(bytes, 0, length, 0));
    }

    @Test
    void whatAPowerLossLeftBeyondTheFirstGapIsKeptAside() throws IOException {
        fill(80);
        dropLastSync();
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        flip("journal", 72 + 10);
        try (PatternStore writer = PatternStore.open(dir)) {
            assertHolds(writer, 1);
            assertEquals(80 * STRIPE, Files.size(dir.resolve("w.stripes")));
        }
        try (Stream<Path> files = Files.list(dir)) {
            Path aside = files.filter(file -> file.getFileName().toString().startsWith("journal.cut-72-"))
                    .findFirst()
                    .orElseThrow();
            byte[] kept = Files.readAllBytes(aside);
            assertEquals(journal.length - 72, kept.length);
            kept[10] ^= 0x10;
            assertArrayEquals(Arrays.copyOfRange(journal, 72, journal.length), kept);
        }
    }

    @Test
    void recoveryIsIdempotent() throws IOException {
        fill(4);
        dropLastSync();
        append("journal", new byte[100]);
        PatternStore.open(dir).close();
        Map<String, byte[]> once = snapshot(dir);
        PatternStore.open(dir).close();
        assertSame(once, snapshot(dir));
    }

    @Test
    void aStoreThatLacksAFileIsIncomplete() throws IOException {
        fill(1);
        Files.delete(dir.resolve("journal"));
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir));
        assertEquals(
                "store is incomplete: %s: expected a regular file, found none; restore it from a copy"
                        .formatted(dir.resolve("journal")),
                e.getMessage());
    }
}
