package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.neurons.Learner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each level of verify finds what it is for: sizes and records, checksums, and weights that nobody learned. */
class VerifyLevelsTest {

    private static final Progress SILENT = CareStores.SILENT;

    @TempDir
    Path temp;

    private static List<String> problems(Path dir, VerifyLevel level) {
        return Sentences.of(StoreCare.verify(dir, level, SILENT).problems());
    }

    private static void put(Path file, int at, float value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value);
        Files.write(file, bytes);
    }

    private static float get(Path file, int at) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat(at);
    }

    /** Signs the store as a forger would, and expects one problem that checksums do not show. */
    private static void assertForged(Path dir, String file, long offset, String expectedAndFound) throws IOException {
        CareStores.sign(dir);
        assertEquals(List.of(), problems(dir, VerifyLevel.CHECKSUMS));
        assertEquals(
                List.of(
                        "weights contradict the learning rule: %s: offset %d: expected %s; restore it from a copy, or run engram salvage"
                                .formatted(dir.resolve(file), offset, expectedAndFound)),
                problems(dir, VerifyLevel.WEIGHTS));
    }

    @Test
    void soundStoresOfEveryKindPassEveryLevel() throws IOException {
        for (Path store : CareStores.all(temp)) {
            Map<String, byte[]> before = StoreBytes.of(store);
            for (VerifyLevel level : VerifyLevel.values()) {
                StoreReport report = StoreCare.verify(store, level, SILENT);
                assertEquals(List.of(), Sentences.of(report.problems()), store + " " + level);
                assertEquals(List.of(), Sentences.of(report.notes()), store + " " + level);
                int all = report.neurons().size();
                assertEquals(level == VerifyLevel.STRUCTURE ? 0 : all, report.checked());
            }
            StoreBytes.assertSame(before, StoreBytes.of(store));
        }
    }

    @Test
    void rulesOfAllKindsPassWithPatternsOfAllKinds() {
        int n = 0;
        for (LearningRule rule : List.of(
                LearningRule.PAPER,
                new LearningRule(0.3f, 0.7f, 1.3f, 1),
                new LearningRule(1.7f, 0.001f, 2, 50),
                new LearningRule(0.1f, 0.003f, 1, 7))) {
            for (Geometry geometry : List.of(new Geometry(1, 1), new Geometry(513, 1), new Geometry(16, 32))) {
                for (Layout layout : Layout.values()) {
                    Path store = CareStores.create(temp.resolve("store " + n++), layout, geometry, rule);
                    assertEquals(List.of(), problems(store, VerifyLevel.WEIGHTS));
                }
            }
        }
    }

    @Test
    void theStructureIsTheSizesAndEveryRecordAndNoStripe() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(store);
        List<Integer> told = new ArrayList<>();
        StoreBytes.flip(store.resolve("w.stripes"), 5000);
        assertEquals(
                List.of(),
                Sentences.of(StoreCare.verify(store, VerifyLevel.STRUCTURE, (done, total) -> told.add(done))
                        .problems()));
        assertEquals(List.of(), told);
        assertEquals(1, problems(store, VerifyLevel.CHECKSUMS).size());
        assertEquals(problems(store, VerifyLevel.CHECKSUMS), problems(store, VerifyLevel.WEIGHTS));
        assertEquals(
                problems(store, VerifyLevel.CHECKSUMS),
                Sentences.of(StoreCare.verify(store, SILENT).problems()));
        StoreBytes.restore(store, whole);
        StoreBytes.cut(store.resolve("v.stripes"), 5000);
        assertEquals(
                List.of(
                        "stripe file is cut: %s: expected 17920 bytes for 8 neurons, found 5000; restore it from a copy, or run engram salvage"
                                .formatted(store.resolve("v.stripes"))),
                problems(store, VerifyLevel.STRUCTURE));
        StoreBytes.restore(store, whole);
        for (int at = 0; at < whole.get("journal").length; at += 5) {
            StoreBytes.flip(store.resolve("journal"), at);
            StoreReport report = StoreCare.verify(store, VerifyLevel.STRUCTURE, SILENT);
            assertTrue(report.problems().size() + report.notes().size() > 0, "offset " + at);
            StoreBytes.restore(store, whole);
        }
    }

    @Test
    void aForgedWeightOfATwoValuedPatternIsNamed() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(store);
        float white = Learner.weightOfWhite(CareStores.RULE);
        int stripe = 2240;
        for (int neuron : new int[] {0, 1, 3}) {
            int pixel = 13;
            boolean isWhite = Patterns.random(CareStores.G, neuron).values()[pixel] == 1;
            int at = neuron * stripe + pixel * 4;
            put(store.resolve("w.stripes"), at, isWhite ? 0.25f : -0.25f);
            assertForged(
                    store,
                    "w.stripes",
                    at,
                    isWhite
                            ? "weight %s at pixel 13 of neuron %d, found 0.25".formatted(white, neuron)
                            : "weight 0.0 at pixel 13 of neuron %d, found -0.25".formatted(neuron));
            StoreBytes.restore(store, whole);
            float v = get(store.resolve("v.stripes"), at);
            put(store.resolve("v.stripes"), at, Math.nextUp(v));
            assertForged(
                    store,
                    "v.stripes",
                    at,
                    "weight %s at pixel 13 of neuron %d, found %s".formatted(v, neuron, Math.nextUp(v)));
            StoreBytes.restore(store, whole);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void forgedPaddingIsNamed(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, byte[]> whole = StoreBytes.of(store);
        for (int neuron : new int[] {3, 5}) {
            for (int word : new int[] {551, 555, 559}) {
                int at = neuron * 2240 + word * 4;
                put(store.resolve("w.stripes"), at, 3);
                assertForged(
                        store, "w.stripes", at, "weight 0.0 in the padding of neuron %d, found 3.0".formatted(neuron));
                StoreBytes.restore(store, whole);
            }
        }
    }

    @Test
    void aForgedWeightOfARealValuedPatternIsNamed() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(store);
        int at = 5 * 2240 + 40;
        float v = get(store.resolve("v.stripes"), at);
        put(store.resolve("v.stripes"), at, 7);
        assertForged(store, "v.stripes", at, "weight %s at pixel 10 of neuron 5, found 7.0".formatted(v));
        StoreBytes.restore(store, whole);
        byte[] sketch = whole.get("sketch.bits").clone();
        sketch[5 * 64 + 2] = 4;
        Files.write(store.resolve("sketch.bits"), sketch);
        assertForged(store, "sketch.bits", 5 * 64 + 2, "byte 00 in the bits of neuron 5, found 04");
        StoreBytes.restore(store, whole);
    }

    @Test
    void aForgedWeightThatIsNoNumberIsNamed() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.TIED);
        int at = 5 * 2240 + 40;
        long record = 496;
        float gain = get(store.resolve("journal"), (int) record + 40);
        put(store.resolve("w.stripes"), at, Float.NaN);
        CareStores.sign(store);
        String contradiction =
                "weights contradict the learning rule: %s: offset %d: expected %s; restore it from a copy, or run engram salvage";
        assertEquals(
                List.of(
                        contradiction.formatted(
                                store.resolve("journal"), record, "gain NaN of neuron 5, found " + gain),
                        contradiction.formatted(
                                store.resolve("w.stripes"), at, "a finite weight at pixel 10 of neuron 5, found NaN")),
                problems(store, VerifyLevel.WEIGHTS));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void forgedBitsAreNamed(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        Map<String, byte[]> whole = StoreBytes.of(store);
        // 276 pixels are in block 0 and 275 in block 1: bit 275 of the planes is none.
        for (int bit : layout == Layout.PACKED ? new int[] {275, 511} : new int[] {0, 274, 275, 511}) {
            byte[] planes = whole.get("plane.bits").clone();
            int at = 3 * 64 + bit / 8;
            byte before = planes[at];
            planes[at] ^= (byte) (1 << bit % 8);
            Files.write(store.resolve("plane.bits"), planes);
            assertForged(
                    store,
                    "plane.bits",
                    at,
                    "byte %02x in the bits of neuron 3, found %02x".formatted(before, planes[at]));
            StoreBytes.restore(store, whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aForgedGainIsNamed(Layout layout) throws IOException {
        Path store = CareStores.create(temp.resolve("store"), layout);
        float gain = get(store.resolve("journal"), 40);
        put(store.resolve("journal"), 40, gain * 2);
        CareStores.sign(store);
        assertEquals(List.of(), problems(store, VerifyLevel.CHECKSUMS));
        List<String> problems = problems(store, VerifyLevel.WEIGHTS);
        assertEquals(
                "weights contradict the learning rule: %s: offset 0: expected gain %s of neuron 0, found %s; restore it from a copy, or run engram salvage"
                        .formatted(store.resolve("journal"), gain, gain * 2),
                problems.get(0));
        assertEquals(layout == Layout.FULL ? 2 : 1, problems.size(), "and v where there is one");
    }

    @Test
    void weightsThatTheRuleDivergesOnAreNamed() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.TIED);
        put(store.resolve("w.stripes"), 5 * 2240, 1000);
        CareStores.sign(store);
        List<String> problems = problems(store, VerifyLevel.WEIGHTS);
        assertEquals(1, problems.size());
        assertTrue(
                problems.get(0)
                        .contains(
                                "expected weights of neuron 5 that the learning rule settles on, found weights that do not settle (learning rule diverges on this pattern"),
                problems.get(0));
    }
}
