package org.engram.store;

import static org.engram.store.Progress.SILENT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store keeps which pixels are known, through everything that is done to it. */
class StoredMasksTest {

    private static final Geometry G = new Geometry(33, 33);
    private static final int NEURONS = 6;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void name() {
        dir = temp.resolve("store");
    }

    private static Pattern pattern(int i) {
        Pattern whole = Patterns.random(G, i);
        return i == 0
                ? whole
                : whole.withKnown(Patterns.mask(G, List.of(0.0, 0.3, 0.7, 0.9).get(i % 4), i));
    }

    private Path filled(Layout layout) {
        StoreOptions options =
                StoreOptions.DEFAULT.withLayout(layout).withGeometry(G).withMasks();
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < NEURONS; i++) {
                store.memorize("n" + i, pattern(i));
            }
            store.forget("n2");
        }
        return dir;
    }

    private static void assertKept(Path store) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            assertTrue(open.hasMasks());
            assertEquals(NEURONS - 1, open.size());
            for (int i = 0; i < NEURONS; i++) {
                if (i != 2) {
                    assertEquals(pattern(i), open.pattern("n" + i));
                    assertTrue(open.holds("n" + i, pattern(i)));
                }
            }
        }
        StoreReport report = StoreCare.verify(store, VerifyLevel.WEIGHTS, SILENT);
        assertEquals(List.of(), Sentences.of(report.problems()));
    }

    @Test
    void aPatternKnowsWhichOfItsPixelsAreKnown() {
        Pattern whole = Patterns.random(G, 1);
        Mask half = Mask.rectangle(G, 0, 0, 16, 33);
        Pattern part = whole.withKnown(half);
        assertEquals(528, part.known().count());
        assertEquals(G.pixels(), whole.known().count());
        assertNotEquals(whole, part);
        assertEquals(part, whole.withKnown(half));
        assertEquals(whole, whole.withKnown(Mask.all(G)));
        assertEquals(0, part.value(16, 0));
        assertEquals("black and white pattern, 33 x 33, 561 pixels unknown", part.toString());
        assertThrows(EngramException.WrongGeometry.class, () -> whole.withKnown(Mask.all(Patterns.SMALL)));
        assertEquals(
                "real-valued pattern cannot have unknown pixels: expected a black and white pattern, "
                        + "found a real-valued one; make it black and white",
                assertThrows(
                                EngramException.InvalidPattern.class,
                                () -> Patterns.realValued(G, 1).withKnown(half))
                        .getMessage());
        assertEquals(528, Cue.bipolar(part).voters());
        assertEquals(33, Cue.bipolar(part, Mask.rectangle(G, 15, 0, 10, 33)).voters());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void masksSurviveReopeningCopyingAndCompactingIntoEveryLayout(Layout layout) {
        assertKept(filled(layout));
        StoreCare.copy(dir, temp.resolve("copy"), SILENT);
        assertKept(temp.resolve("copy"));
        for (Layout other : Layout.values()) {
            Path compact = temp.resolve("compact " + other);
            StoreCare.compact(dir, compact, other, SILENT);
            assertKept(compact);
            assertTrue(StoreCare.diff(dir, compact, SILENT).isEmpty());
        }
        StoreCare.salvage(dir, temp.resolve("salvaged"), SILENT);
        assertKept(temp.resolve("salvaged"));
    }

    @Test
    void rebuildingTheBitsLeavesTheMasks() throws IOException {
        filled(Layout.TIED);
        Files.delete(dir.resolve("sketch.bits"));
        Files.delete(dir.resolve("plane.bits"));
        assertEquals(NEURONS, StoreCare.rebuild(dir, SILENT));
        assertKept(dir);
    }

    @Test
    void aDifferenceOfMasksAloneIsADifference() {
        filled(Layout.PACKED);
        Path other = temp.resolve("other");
        StoreOptions options = StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(G);
        try (PatternStore store = PatternStore.create(other, options.withMasks())) {
            for (int i = 0; i < NEURONS; i++) {
                store.memorize("n" + i, i == 3 ? pattern(3).withKnown(Mask.all(G)) : pattern(i));
            }
            store.forget("n2");
            assertFalse(store.holds("n3", pattern(3)));
        }
        assertEquals(List.of("n3"), StoreCare.diff(dir, other, SILENT).changed());
        try (PatternStore store = PatternStore.create(temp.resolve("plain"), options)) {
            store.memorize("n0", pattern(0));
        }
        StoreDifference plain = StoreCare.diff(dir, temp.resolve("plain"), SILENT);
        assertEquals(List.of("masks: true, false"), plain.settings());
        assertEquals(1, plain.same());
    }

    @Test
    void everyDamagedByteOfTheMasksIsFoundAndThatNeuronAloneIsLost() throws IOException {
        filled(Layout.FULL);
        Path file = dir.resolve("known.bits");
        byte[] whole = Files.readAllBytes(file);
        int stripe = whole.length / NEURONS;
        for (int at = 0; at < whole.length; at += 37) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            int neuron = at / stripe;
            List<Diagnosis> problems =
                    StoreCare.verify(dir, VerifyLevel.CHECKSUMS, SILENT).problems();
            assertEquals(1, problems.size());
            assertEquals("stripe is damaged", problems.get(0).what());
            assertEquals((long) neuron * stripe, problems.get(0).offset().orElseThrow());
            assertEquals(
                    "restore it from a copy, or run engram salvage",
                    problems.get(0).remedy());
        }
        // A mask is derived from nothing.
        SalvageReport report = StoreCare.salvage(dir, temp.resolve("salvaged"), SILENT);
        assertEquals(1, report.lost().size());
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("salvaged"))) {
            assertEquals(NEURONS - 2, store.size());
            assertFalse(store.contains("n" + (NEURONS - 1)));
        }
    }

    @Test
    void aForgedMaskThatHidesAWhitePixelContradictsTheWeights() throws IOException {
        filled(Layout.PACKED);
        byte[] known = Files.readAllBytes(dir.resolve("known.bits"));
        byte[] sketch = Files.readAllBytes(dir.resolve("sketch.bits"));
        int white = 0;
        while (sketch[white] == 0) {
            white++;
        }
        byte before = known[white];
        known[white] &= (byte) ~sketch[white];
        Files.write(dir.resolve("known.bits"), known);
        CareStores.sign(dir);
        assertEquals(
                List.of(
                        "weights contradict the learning rule: %s: offset %s: expected byte %02x in the bits of neuron 0, found %02x; restore it from a copy, or run engram salvage"
                                .formatted(dir.resolve("known.bits"), white, before, known[white])),
                Sentences.of(StoreCare.verify(dir, VerifyLevel.WEIGHTS, SILENT).problems()));
        assertTrue(StoreCare.verify(dir, VerifyLevel.CHECKSUMS, SILENT).isSound());
    }

    @Test
    void aTornAppendOfAMaskIsLeftOut() throws IOException {
        filled(Layout.PACKED);
        byte[] journal;
        byte[] known;
        try (PatternStore store = PatternStore.open(dir)) {
            store.memorize("torn", pattern(9));
            journal = Files.readAllBytes(dir.resolve("journal"));
            known = Files.readAllBytes(dir.resolve("known.bits"));
        }
        Files.write(dir.resolve("journal"), journal);
        known[known.length - 20] ^= 1;
        Files.write(dir.resolve("known.bits"), known);
        assertKept(dir);
        try (PatternStore store = PatternStore.open(dir)) {
            assertTrue(store.recovery().isPresent());
            assertFalse(store.contains("torn"));
            store.memorize("torn", pattern(9));
            assertEquals(pattern(9), store.pattern("torn"));
        }
    }

    @Test
    void aStoreWithoutMasksHasNotAByteOfThemAndRefusesUnknownPixels() throws IOException {
        StoreOptions options = StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(G);
        assertEquals(2 * options.bytesPerNeuron(), options.withMasks().bytesPerNeuron());
        try (PatternStore store = PatternStore.create(dir, options)) {
            store.memorize("whole", pattern(0));
            EngramException refused =
                    assertThrows(EngramException.InvalidPattern.class, () -> store.memorize("part", pattern(3)));
            assertEquals(
                    "pattern does not fit a store without masks: %s: expected patterns of which every pixel is known, found %s unknown pixels; create the store with masks"
                            .formatted(dir, G.pixels() - pattern(3).known().count()),
                    refused.getMessage());
            assertFalse(store.hasMasks());
        }
        assertFalse(Files.exists(dir.resolve("known.bits")));
        byte[] header = Files.readAllBytes(dir.resolve("header"));
        assertArrayEquals(new byte[36], Arrays.copyOfRange(header, 88, 124));
        assertEquals(
                "store is there and differs from the options: %s: expected masks true, found masks false; change the options, or choose another path"
                        .formatted(dir),
                assertThrows(
                                EngramException.DifferentStore.class,
                                () -> PatternStore.openOrCreate(dir, options.withMasks()))
                        .getMessage());
    }

    @Test
    void aStoreWithMasksRefusesRealValuesInOneLine() {
        filled(Layout.FULL);
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals(
                    "pattern does not fit a store with masks: %s: expected black and white patterns only, found a real-valued pattern; make it black and white, or store it without masks"
                            .formatted(dir),
                    assertThrows(
                                    EngramException.InvalidPattern.class,
                                    () -> store.memorize("grey", Patterns.realValued(G, 1)))
                            .getMessage());
            assertEquals(NEURONS, store.memorize("next", pattern(7)));
        }
    }
}
