package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Entries;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        StoreBytes.cut(dir.resolve(name), length);
    }

    private void flip(String name, long at) throws IOException {
        StoreBytes.flip(dir.resolve(name), at);
    }

    private void append(String name, byte[] more) throws IOException {
        StoreBytes.append(dir.resolve(name), more);
    }

    /** The length of a stripe in a file of the small store. */
    private static long stripe(String name) {
        return name.equals("sketch.bits") ? 64 : STRIPE;
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
            Map<String, byte[]> before = StoreBytes.of(dir);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 2);
                assertEquals(
                        "incomplete append: %s: offset %d: expected a record, found the remains of one"
                                .formatted(dir.resolve("journal"), whole - last),
                        Sentences.of(reader.recovery()));
            }
            StoreBytes.assertSame(before, StoreBytes.of(dir));
        }
        try (PatternStore writer = PatternStore.open(dir)) {
            assertFalse(writer.recovery().isEmpty());
            assertHolds(writer, 2);
            assertEquals(2, writer.memorize("k2", Patterns.random(G, 2)));
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertHolds(reader, 3);
            assertEquals("", Sentences.of(reader.recovery()));
        }
        assertEquals(3 * STRIPE, Files.size(dir.resolve("w.stripes")));
    }

    @Test
    void stripesWithoutARecordAreTheRemainsOfAnAppendAndAreCut() throws IOException {
        fill(2);
        append("w.stripes", new byte[STRIPE]);
        append("v.stripes", new byte[7]);
        append("sketch.bits", new byte[63]);
        try (PatternStore store = PatternStore.open(dir)) {
            assertHolds(store, 2);
        }
        assertEquals(2 * 64, Files.size(dir.resolve("sketch.bits")));
        assertEquals(2 * STRIPE, Files.size(dir.resolve("w.stripes")));
        assertEquals(2 * STRIPE, Files.size(dir.resolve("v.stripes")));
    }

    @Test
    void anUnsyncedNeuronWhoseStripeNeverReachedTheDiskIsNotTakenIn() throws IOException {
        for (String name : List.of("w.stripes", "v.stripes", "sketch.bits")) {
            dir = temp.resolve("store " + name);
            fill(3);
            dropLastSync();
            flip(name, 2 * stripe(name) + 1);
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                assertHolds(reader, 2);
                assertTrue(
                        Sentences.of(reader.recovery())
                                .startsWith("incomplete append: %s: offset %d: expected CRC32C "
                                        .formatted(dir.resolve(name), 2 * stripe(name))),
                        Sentences.of(reader.recovery()));
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
    void anyFlippedBitOfASyncedJournalIsCorruptionAndNothingIsChanged() throws IOException {
        fill(3);
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        for (int at = 0; at < journal.length - SYNC; at++) {
            byte[] damaged = journal.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(dir.resolve("journal"), damaged);
            Map<String, byte[]> before = StoreBytes.of(dir);
            long record = (long) at / JournalRecord.length(2) * JournalRecord.length(2);
            String expected =
                    ("journal is damaged: %s: offset %d: expected a committed record, as one at offset 216 vouches for it,"
                                    + " found a checksum that does not match; run engram verify, restore it from a copy, or run engram salvage")
                            .formatted(dir.resolve("journal"), record);
            assertEquals(
                    expected,
                    assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir))
                            .getMessage());
            before.put("lock", "closed\n".getBytes(StandardCharsets.US_ASCII));
            StoreBytes.assertSame(before, StoreBytes.of(dir));
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
        for (String name : List.of("w.stripes", "v.stripes", "sketch.bits")) {
            dir = temp.resolve("store " + name);
            fill(3);
            cut(name, 2 * stripe(name) + 5);
            EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir));
            assertEquals(
                    "stripe file is cut: %s: expected at least %d bytes for 3 neurons, found %d; %s"
                            .formatted(
                                    dir.resolve(name),
                                    3 * stripe(name),
                                    2 * stripe(name) + 5,
                                    name.equals("sketch.bits")
                                            ? "engram rebuild derives it anew"
                                            : "restore it from a copy, or run engram salvage"),
                    e.getMessage());
        }
    }

    /** One neuron that a SYNC vouches for, and two more. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyTruncationOfAnyFileOfBitsIsATypedErrorOrLeavesWholeNeurons(Layout layout) throws IOException {
        Geometry wide = new Geometry(19, 29);
        try (PatternStore store =
                PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(wide).withLayout(layout))) {
            store.memorize("k0", Patterns.random(wide, 0));
            store.sync();
            store.memorize("k1", Patterns.random(wide, 1));
            store.memorize("k2", Patterns.random(wide, 2));
        }
        dropLastSync();
        Map<String, byte[]> whole = StoreBytes.of(dir);
        for (Part part : List.of(Part.SKETCH, Part.PLANES)) {
            int stripe = Math.toIntExact(part.stripeBytes(wide));
            assertEquals(64, stripe);
            for (int length = 0; length <= 3 * stripe; length++) {
                int left = length / stripe;
                cut(part.fileName, length);
                if (left == 0) {
                    EngramException e =
                            assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir));
                    assertEquals(
                            "stripe file is cut: %s: expected at least 64 bytes for 1 neurons, found %d; %s"
                                    .formatted(
                                            dir.resolve(part.fileName),
                                            length,
                                            layout == Layout.PACKED
                                                    ? "restore it from a copy, or run engram salvage"
                                                    : "engram rebuild derives it anew"),
                            e.getMessage());
                } else {
                    try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                        assertAnswers(wide, reader, left);
                        assertEquals(left == 3, reader.recovery().isEmpty());
                    }
                    try (PatternStore writer = PatternStore.open(dir)) {
                        assertAnswers(wide, writer, left);
                        assertEquals(left, writer.memorize("more", Patterns.random(wide, left)));
                        assertAnswers(wide, writer, left + 1);
                    }
                    assertTrue(StoreCare.verify(dir, (done, total) -> {}).isSound());
                }
                StoreBytes.restore(dir, whole);
            }
        }
    }

    private static void assertAnswers(Geometry geometry, PatternStore store, int count) {
        assertEquals(count, store.size());
        for (int i = 0; i < count; i++) {
            assertEquals(Patterns.random(geometry, i), store.pattern(i));
            Recall recall = store.recall(Cue.bipolar(Patterns.random(geometry, i)));
            assertEquals(i, recall.neuron());
            assertEquals(1, recall.agreement());
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
        JournalRecord codec = new JournalRecord(Header.read(dir));
        byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
        int length = codec.encode(Entries.at(64, Entries.synced(1, 0)), bytes);
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

    /** To the byte: what one append can leave is a whole stripe in each file and the longest record. */
    @Test
    void remainsOfOneAppendAreCutOffAndThoseOfMoreAreKept() throws IOException {
        fill(80);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        int end = whole.get("journal").length;
        for (int tail : new int[] {0, 1, JournalRecord.MAX_LENGTH, JournalRecord.MAX_LENGTH + 1}) {
            for (int surplus : new int[] {0, 1, STRIPE, STRIPE + 1}) {
                StoreBytes.restore(dir, whole);
                byte[] torn = new byte[tail];
                Arrays.fill(torn, (byte) 7);
                append("journal", torn);
                append("w.stripes", new byte[surplus]);
                PatternStore.open(dir).close();
                Map<String, byte[]> left = StoreBytes.of(dir);
                List<String> aside = left.keySet().stream()
                        .filter(name -> name.startsWith("journal.cut-" + end + "-"))
                        .toList();
                boolean more = tail > JournalRecord.MAX_LENGTH || (tail > 0 && surplus > STRIPE);
                assertEquals(more ? 1 : 0, aside.size(), tail + " and " + surplus);
                for (String name : aside) {
                    assertArrayEquals(torn, left.remove(name));
                }
                int stripes = 80 * STRIPE + (surplus > STRIPE ? surplus : 0);
                assertEquals(stripes, left.get("w.stripes").length, tail + " and " + surplus);
                left.put("w.stripes", whole.get("w.stripes"));
                StoreBytes.assertSame(whole, left);
            }
        }
    }

    @Test
    void recoveryIsIdempotent() throws IOException {
        fill(4);
        dropLastSync();
        append("journal", new byte[100]);
        PatternStore.open(dir).close();
        Map<String, byte[]> once = StoreBytes.of(dir);
        PatternStore.open(dir).close();
        StoreBytes.assertSame(once, StoreBytes.of(dir));
    }

    @Test
    void aStoreThatLacksAFileIsIncomplete() throws IOException {
        fill(1);
        Files.delete(dir.resolve("journal"));
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir));
        assertEquals(
                "store is incomplete: %s: expected a regular file, found none; restore it from a copy, or run engram salvage"
                        .formatted(dir.resolve("journal")),
                e.getMessage());
    }
}
