package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.CompactionReport;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.store.Progress;
import org.engram.store.Recall;
import org.engram.store.StoreCare;
import org.engram.store.StoreDifference;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compact store has the live neurons and nothing else, and means the same. */
class CompactTest {

    private static final Progress SILENT = CareStores.SILENT;

    @TempDir
    Path temp;

    private Path target() {
        return temp.resolve("compact");
    }

    /** Null for the layout of the store itself. */
    private static CompactionReport compact(Path store, Path target, Layout layout) {
        return layout == null
                ? StoreCare.compact(store, target, SILENT)
                : StoreCare.compact(store, target, layout, SILENT);
    }

    private void assertRefused(Class<? extends EngramException> type, String message, Path store, Layout layout) {
        assertEquals(
                message,
                assertThrows(type, () -> compact(store, target(), layout)).getMessage());
        assertTrue(Files.notExists(target()));
        assertTrue(Files.notExists(temp.resolve("compact.tmp")));
    }

    private static boolean holds(Path store, Layout layout) {
        return layout != Layout.PACKED
                || StoreCare.inspect(store).neurons().stream()
                        .allMatch(neuron -> neuron.retired() || neuron.twoValued());
    }

    private static List<String> keysTimesAndKinds(List<Neuron> neurons) {
        return neurons.stream()
                .map(neuron -> neuron.key() + neuron.memorized() + neuron.twoValued())
                .toList();
    }

    @Test
    void everyStoreMeansTheSameInEveryLayoutThatCanHoldIt() throws IOException {
        int n = 0;
        for (Path store : CareStores.all(temp)) {
            Map<String, byte[]> before = StoreBytes.of(store);
            StoreReport old = StoreCare.inspect(store);
            for (Layout layout : new Layout[] {null, Layout.FULL, Layout.TIED, Layout.PACKED}) {
                if (!holds(store, layout == null ? old.layout() : layout)) {
                    continue;
                }
                Path compact = temp.resolve("compact " + n++);
                CompactionReport done = compact(store, compact, layout);
                StoreReport now = StoreCare.verify(compact, VerifyLevel.WEIGHTS, SILENT);
                assertEquals(List.of(), Sentences.of(now.problems()), store + " " + layout);
                assertEquals(List.of(), Sentences.of(now.notes()));
                assertEquals("1", now.format());
                assertEquals(layout == null ? old.layout() : layout, now.layout());
                assertNotEquals(old.uuid(), now.uuid());
                assertEquals(old.geometry(), now.geometry());
                assertEquals(old.rule(), now.rule());
                assertEquals(old.criteria(), now.criteria());
                assertEquals(0, now.retired());
                assertEquals(
                        keysTimesAndKinds(old.neurons().stream()
                                .filter(one -> !one.retired())
                                .toList()),
                        keysTimesAndKinds(now.neurons()));
                assertEquals(new CompactionReport(old.live(), old.retired(), old.bytes(), now.bytes()), done);
                StoreDifference difference = StoreCare.diff(store, compact, SILENT);
                assertTrue(difference.isEmpty(), difference.toString());
                assertEquals(old.live(), difference.same());
                assertSameV(store, compact);
            }
            StoreBytes.assertSame(before, StoreBytes.of(store));
        }
    }

    private static void assertSameV(Path store, Path compact) {
        try (PatternStore one = PatternStore.openReadOnly(store);
                PatternStore other = PatternStore.openReadOnly(compact)) {
            List<Neuron> neurons = other.neurons();
            for (Neuron old : one.neurons()) {
                int now = neurons.stream()
                        .filter(neuron -> neuron.key().equals(old.key()))
                        .findFirst()
                        .orElseThrow()
                        .neuron();
                assertArrayEquals(
                        one.network().vStripe(old.neuron()).toArray(ValueLayout.JAVA_BYTE),
                        other.network().vStripe(now).toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    @Test
    void compactingTwiceGivesTheSameFilesButForTheIdentity() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        StoreCare.compact(store, target(), SILENT);
        StoreCare.compact(target(), temp.resolve("again"), SILENT);
        for (Part part : Part.of(Layout.FULL)) {
            assertArrayEquals(
                    Files.readAllBytes(target().resolve(part.fileName)),
                    Files.readAllBytes(temp.resolve("again").resolve(part.fileName)));
        }
        assertEquals(
                List.of("header", "journal", "plane.bits", "sketch.bits", "v.stripes", "w.stripes"),
                List.copyOf(StoreBytes.of(target()).keySet()));
    }

    @Test
    void aCompactStoreGrowsOn() {
        Path store = CareStores.create(temp.resolve("store"), Layout.TIED);
        List<String> told = new ArrayList<>();
        Instant before = Instant.now();
        StoreCare.compact(store, target(), Layout.FULL, (done, total) -> told.add(done + "/" + total));
        assertEquals(List.of("1/5", "2/5", "3/5", "4/5", "5/5"), told);
        assertTrue(!StoreCare.inspect(target()).created().isBefore(before.minusMillis(1)));
        try (PatternStore compact = PatternStore.open(target())) {
            assertEquals("", Sentences.of(compact.recovery()));
            assertEquals(5, compact.memorize("new", Patterns.random(CareStores.G, 40)));
            assertEquals(6, compact.replace("k0", Patterns.random(CareStores.G, 41)));
            Recall recall = compact.recall(Cue.bipolar(Patterns.random(CareStores.G, 4)));
            assertEquals("k2", recall.key());
        }
        assertEquals(List.of(), CareStores.weightProblems(target()));
    }

    @Test
    void packedIsRefusedWhileALiveNeuronIsNotTwoValued() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        assertRefused(
                EngramException.InvalidPattern.class,
                "pattern does not fit a PACKED store: %s: expected black and white patterns only, found neuron 6 under \"soft\"; choose another layout"
                        .formatted(store),
                store,
                Layout.PACKED);
        try (PatternStore open = PatternStore.open(store)) {
            open.forget("soft");
        }
        StoreCare.compact(store, target(), Layout.PACKED, SILENT);
        assertTrue(StoreCare.diff(store, target(), SILENT).isEmpty());
    }

    @Test
    void damageAndForgeryOfLiveNeuronsAreNamedAndThoseOfRetiredOnesAreDropped() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> whole = StoreBytes.of(store);
        Path w = store.resolve("w.stripes");
        StoreBytes.flip(w, 3 * 2240 + 8);
        EngramException e =
                assertThrows(EngramException.Corrupt.class, () -> StoreCare.compact(store, target(), SILENT));
        assertTrue(
                e.getMessage()
                        .matches(
                                "store cannot be compacted: \\Q%s\\E: offset 6720: expected CRC32C [0-9a-f]{8} for neuron 3, found [0-9a-f]{8}; run engram salvage"
                                        .formatted(w)),
                e.getMessage());
        StoreBytes.restore(store, whole);
        byte[] planes = whole.get("plane.bits").clone();
        planes[3 * 64 + 63] = 8;
        Files.write(store.resolve("plane.bits"), planes);
        CareStores.sign(store);
        assertRefused(
                EngramException.Corrupt.class,
                "weights contradict the learning rule: %s: offset 255: expected byte 00 in the bits of neuron 3, found 08; run engram salvage"
                        .formatted(store.resolve("plane.bits")),
                store,
                null);
        StoreBytes.restore(store, whole);
        StoreBytes.flip(w, 2240 + 8);
        StoreCare.compact(store, target(), SILENT);
        assertTrue(StoreCare.diff(store, target(), SILENT).isEmpty(), "neuron 1 was forgotten");
    }

    @Test
    void aTargetInTheWayIsRefused() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path full = Files.createDirectory(temp.resolve("full"));
        Files.writeString(full.resolve("a"), "text");
        EngramException e =
                assertThrows(EngramException.AlreadyExists.class, () -> StoreCare.compact(store, full, SILENT));
        assertEquals(
                "cannot create a store: %s: expected an empty directory or none, found a in it; choose another path"
                        .formatted(full),
                e.getMessage());
    }
}
