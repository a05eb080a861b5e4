package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.engram.store.Cue;
import org.engram.store.Doors;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.RecallOptions;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.FormatTest;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits that are derived anew: the very same ones, all or none of them, and from sound stripes only. */
class RebuildTest {

    /** 551 pixels in 2 blocks: a sketch and planes of 64 bytes each. */
    private static final Geometry G = new Geometry(19, 29);

    private static final int NEURONS = 6;
    private static final Progress SILENT = (done, total) -> {};

    @TempDir
    Path temp;

    /** Six neurons, one of them retired, one replaced, one real-valued. */
    static Path create(Path temp, Layout layout) {
        Path dir = temp.resolve(layout.name());
        try (PatternStore store =
                PatternStore.create(dir, StoreOptions.DEFAULT.withLayout(layout).withGeometry(G))) {
            for (int i = 0; i < 4; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            store.forget("k1");
            store.replace("k2", Patterns.random(G, 4));
            store.memorize("soft", layout == Layout.PACKED ? Patterns.random(G, 5) : Patterns.realValued(G, 5));
        }
        return dir;
    }

    /** A store of six neurons without its bits; no SYNC vouches for the last two. */
    private Path thawUnsynced() throws IOException {
        Path dir = FormatTest.thaw(Layout.FULL, temp.resolve("unsynced"));
        // the criteria and the SYNC
        StoreBytes.cut(dir.resolve("journal"), Files.size(dir.resolve("journal")) - 3 * JournalRecord.HEAD);
        Files.delete(dir.resolve("sketch.bits"));
        Files.delete(dir.resolve("plane.bits"));
        return dir;
    }

    static List<String> problems(Path dir) {
        return Sentences.of(StoreCare.verify(dir, SILENT).problems());
    }

    private static void assertRefused(Class<? extends EngramException> type, String message, Path dir) {
        EngramException e = assertThrows(type, () -> StoreCare.rebuild(dir, SILENT));
        assertEquals(message, e.getMessage());
    }

    static Set<String> names(Path dir) throws IOException {
        return StoreBytes.of(dir).keySet();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void bitsThatAreMissingOrDamagedAreRebuiltAsTheyWere(Layout layout) throws IOException {
        Path dir = create(temp, layout);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        for (Part part : List.of(Part.SKETCH, Part.PLANES)) {
            Path file = dir.resolve(part.fileName);
            for (int at = 0; at < NEURONS * 64; at += 29) {
                StoreBytes.flip(file, at);
                List<String> problems = problems(dir);
                assertEquals(1, problems.size());
                assertTrue(
                        problems.get(0)
                                .matches(
                                        "stripe is damaged: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron %d, found [0-9a-f]{8}; engram rebuild derives it anew"
                                                .formatted(file, at / 64 * 64, at / 64)),
                        problems.get(0));
                assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT));
                StoreBytes.assertSame(whole, StoreBytes.of(dir));
            }
            StoreBytes.append(file, new byte[100]);
            assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT));
            StoreBytes.assertSame(whole, StoreBytes.of(dir));
            Files.delete(file);
            String missing =
                    "store is incomplete: %s: expected a regular file, found none; engram rebuild derives it anew"
                            .formatted(file);
            assertEquals(
                    missing,
                    assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(dir))
                            .getMessage());
            assertEquals(List.of(missing), problems(dir));
            assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT));
            StoreBytes.assertSame(whole, StoreBytes.of(dir));
        }
        Files.write(dir.resolve("sketch.bits"), new byte[0]);
        Files.delete(dir.resolve("plane.bits"));
        assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT), "both at once");
        StoreBytes.assertSame(whole, StoreBytes.of(dir));
        assertEquals(List.of(), problems(dir));
        PatternStore.open(dir).close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void everyTruncationOfTheBitsIsNamedWithItsRemedyAndMended(Layout layout) throws IOException {
        Path dir = create(temp, layout);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        for (Part part : List.of(Part.SKETCH, Part.PLANES)) {
            Path file = dir.resolve(part.fileName);
            for (int length = 0; length < NEURONS * 64; length += 7) {
                StoreBytes.cut(file, length);
                EngramException e = assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir));
                assertEquals(
                        "stripe file is cut: %s: expected at least 384 bytes for 6 neurons, found %d; engram rebuild derives it anew"
                                .formatted(file, length),
                        e.getMessage());
                assertEquals(
                        "stripe file is cut: %s: expected 384 bytes for 6 neurons, found %d; engram rebuild derives it anew"
                                .formatted(file, length),
                        problems(dir).get(0));
                StoreCare.rebuild(dir, SILENT);
                StoreBytes.assertSame(whole, StoreBytes.of(dir));
            }
        }
    }

    @Test
    void neuronsThatNoSyncVouchesForAreRebuiltToo() throws IOException {
        Path dir = thawUnsynced();
        assertEquals(6, StoreCare.rebuild(dir, SILENT));
        assertEquals(List.of(), problems(dir));
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertEquals(4, store.size());
        }
    }

    @Test
    void theRemainsOfATornAppendGetNoBitsAndAreCutByTheNextWriter() throws IOException {
        Path dir = thawUnsynced();
        long end = Files.size(dir.resolve("journal"));
        StoreBytes.cut(dir.resolve("journal"), end - 5);
        assertEquals(5, StoreCare.rebuild(dir, SILENT));
        assertEquals(5 * 64, Files.size(dir.resolve("sketch.bits")));
        try (PatternStore store = PatternStore.open(dir)) {
            assertFalse(store.recovery().isEmpty());
            assertFalse(store.contains("soft"));
            assertEquals(5, store.memorize("soft", Patterns.realValued(store.geometry(), 5)));
        }
        assertEquals(List.of(), problems(dir));
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(Patterns.realValued(store.geometry(), 5), store.pattern("soft"));
        }
    }

    @Test
    void anUnsyncedStripeThatNeverReachedTheDiskGetsNoBitsEither() throws IOException {
        Path dir = thawUnsynced();
        StoreBytes.flip(dir.resolve("w.stripes"), 5 * 2240 + 3);
        assertEquals(5, StoreCare.rebuild(dir, SILENT));
        try (PatternStore store = PatternStore.open(dir)) {
            assertTrue(
                    Sentences.of(store.recovery()).startsWith("incomplete append: "), Sentences.of(store.recovery()));
            assertEquals(5, store.memorize("soft", Patterns.random(store.geometry(), 6)));
        }
        assertEquals(List.of(), problems(dir));
    }

    @Test
    void anEmptyStoreGetsEmptyBitsAndGrows() throws IOException {
        Path dir = temp.resolve("empty");
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G)).close();
        Map<String, byte[]> whole = StoreBytes.of(dir);
        Files.delete(dir.resolve("sketch.bits"));
        Files.delete(dir.resolve("plane.bits"));
        assertEquals(0, StoreCare.rebuild(dir, SILENT));
        StoreBytes.assertSame(whole, StoreBytes.of(dir));
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("a", Patterns.random(store.geometry(), 1));
            assertEquals(
                    "a",
                    store.recall(Cue.bipolar(Patterns.random(store.geometry(), 1)))
                            .key());
        }
        assertEquals(List.of(), problems(dir));
    }

    @Test
    void progressIsToldAfterEveryNeuronAndMayEndTheRebuild() throws IOException {
        Path dir = create(temp, Layout.TIED);
        List<String> told = new ArrayList<>();
        StoreCare.rebuild(dir, (done, total) -> told.add(done + "/" + total));
        assertEquals(List.of("1/6", "2/6", "3/6", "4/6", "5/6", "6/6"), told);
        Map<String, byte[]> before = StoreBytes.of(dir);
        IllegalStateException enough = assertThrows(
                IllegalStateException.class,
                () -> StoreCare.rebuild(dir, (done, total) -> {
                    if (done == 3) {
                        throw new IllegalStateException("enough");
                    }
                }));
        assertEquals("enough", enough.getMessage());
        StoreBytes.assertSame(before, StoreBytes.of(dir));
        PatternStore.open(dir).close();
    }

    @Test
    void whatAKilledRebuildLeftIsMadeAnew() throws IOException {
        Path dir = create(temp, Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(dir);
        Files.delete(dir.resolve("sketch.bits"));
        Files.write(dir.resolve("sketch.bits.tmp"), new byte[5000]);
        Files.write(dir.resolve("plane.bits.tmp"), new byte[5000]);
        assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT));
        StoreBytes.assertSame(whole, StoreBytes.of(dir));
    }

    @Test
    void aPackedStoreHasNothingToRebuildFrom() throws IOException {
        Path dir = create(temp, Layout.PACKED);
        Map<String, byte[]> before = StoreBytes.of(dir);
        assertRefused(
                EngramException.NotRebuildable.class,
                "bits cannot be rebuilt: %s: expected a FULL or TIED store, found a PACKED one, which has no other weights; restore it from a copy, or run engram salvage"
                        .formatted(dir),
                dir);
        StoreBytes.assertSame(before, StoreBytes.of(dir));
        StoreBytes.flip(dir.resolve("sketch.bits"), 70);
        assertTrue(
                problems(dir).get(0).endsWith("; restore it from a copy, or run engram salvage"),
                problems(dir).get(0));
        Files.delete(dir.resolve("plane.bits"));
        assertEquals(
                "store is incomplete: %s: expected a regular file, found none; restore it from a copy, or run engram salvage"
                        .formatted(dir.resolve("plane.bits")),
                assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir))
                        .getMessage());
    }

    @Test
    void aWriterKeepsARebuildOutAndARebuildKeepsAWriterOut() throws IOException {
        Path dir = create(temp, Layout.FULL);
        String locked =
                "store is open for writing elsewhere: %s: expected no other writer, found this process, pid %d; close it there, or open the store read-only"
                        .formatted(dir, ProcessHandle.current().pid());
        try (PatternStore writer = PatternStore.open(dir)) {
            assertRefused(EngramException.Locked.class, locked, dir);
            writer.memorize("more", Patterns.random(G, 7));
        }
        assertFalse(names(dir).contains("sketch.bits.tmp"));
        List<String> refused = new ArrayList<>();
        StoreCare.rebuild(
                dir,
                (done, total) -> refused.add(assertThrows(EngramException.Locked.class, () -> PatternStore.open(dir))
                        .getMessage()));
        assertEquals(List.of(locked), refused.stream().distinct().toList());
        PatternStore.open(dir).close();
    }

    @Test
    void whatIsNoStoreIsNotRebuilt() {
        assertThrows(EngramException.NotAStore.class, () -> StoreCare.rebuild(temp, SILENT));
        assertThrows(EngramException.NotAStore.class, () -> StoreCare.rebuild(temp.resolve("none"), SILENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aDamagedStripeIsRefusedAndNoUnfinishedFileStays(int neuron) throws IOException {
        Path dir = create(temp, Layout.TIED);
        StoreBytes.flip(dir.resolve("sketch.bits"), 3);
        StoreBytes.flip(dir.resolve("w.stripes"), neuron * 2240 + 100);
        Map<String, byte[]> before = StoreBytes.of(dir);
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> StoreCare.rebuild(dir, SILENT));
        assertTrue(
                e.getMessage()
                        .matches(
                                "bits cannot be rebuilt: \\Q%s\\E: offset %d: expected CRC32C [0-9a-f]{8} for neuron %d, found [0-9a-f]{8}; restore it from a copy, or run engram salvage"
                                        .formatted(dir.resolve("w.stripes"), neuron * 2240, neuron)),
                e.getMessage());
        StoreBytes.assertSame(before, StoreBytes.of(dir));
    }

    @Test
    void aDamagedJournalIsRefusedAndNoUnfinishedFileStays() throws IOException {
        Path dir = create(temp, Layout.FULL);
        StoreBytes.flip(dir.resolve("journal"), 80);
        Map<String, byte[]> before = StoreBytes.of(dir);
        EngramException e = assertThrows(EngramException.Corrupt.class, () -> StoreCare.rebuild(dir, SILENT));
        assertTrue(e.getMessage().startsWith("journal is damaged: " + dir.resolve("journal") + ": offset 72: "));
        StoreBytes.assertSame(before, StoreBytes.of(dir));
    }

    @Test
    void aReaderFromBeforeIsToldToReopenWhenThereIsNews() throws IOException {
        Path dir = create(temp, Layout.FULL);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            int known = reader.size();
            StoreCare.rebuild(dir, SILENT);
            assertEquals(0, reader.refresh());
            try (PatternStore writer = PatternStore.open(dir)) {
                writer.memorize("news", Patterns.random(reader.geometry(), 99));
            }
            EngramException e = assertThrows(EngramException.Superseded.class, reader::refresh);
            assertEquals(
                    "store was replaced since it was opened: %s: expected the same file, found another; reopen the store"
                            .formatted(dir.resolve("sketch.bits")),
                    e.getMessage());
            assertEquals(known, reader.size());
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            assertTrue(reader.contains("news"));
        }
    }

    @Test
    void readersThatHaveTheStoreOpenGoOn() throws IOException {
        Path dir = create(temp, Layout.FULL);
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            Pattern known = reader.pattern("k3");
            StoreCare.rebuild(
                    dir,
                    (done, total) -> assertEquals(
                            known,
                            reader.pattern(reader.recall(Cue.bipolar(known)).neuron())));
            int neuron = reader.recall(Cue.bipolar(known)).neuron();
            assertEquals(known, reader.pattern(neuron));
            assertEquals(0, reader.refresh());
            for (RecallPath path : RecallPath.values()) {
                assertEquals(
                        neuron,
                        reader.recall(Cue.bipolar(known), Doors.withPath(RecallOptions.DEFAULT, path))
                                .neuron());
            }
        }
    }
}
