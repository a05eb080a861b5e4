package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the three layouts have in common, which is all but their files; and what those files hold. */
class LayoutTest {

    /** 551 pixels in 2 blocks. */
    private static final Geometry G = new Geometry(19, 29);

    @TempDir
    Path temp;

    private PatternStore create(Layout layout, Geometry geometry, LearningRule rule) {
        return PatternStore.create(
                temp.resolve(layout.name()),
                StoreOptions.DEFAULT.withLayout(layout).withGeometry(geometry).withRule(rule));
    }

    private Map<String, Long> sizes(Layout layout) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        StoreBytes.of(temp.resolve(layout.name())).forEach((name, bytes) -> sizes.put(name, (long) bytes.length));
        sizes.remove("header");
        sizes.remove("journal");
        sizes.remove("lock");
        return sizes;
    }

    @Test
    void everyLayoutHasItsFilesAndNoOthersEachOfTheLengthOfItsNeurons() throws IOException {
        for (Layout layout : Layout.values()) {
            create(layout, G, LearningRule.PAPER).close();
        }
        assertEquals(Map.of("w.stripes", 0L, "v.stripes", 0L, "sketch.bits", 0L, "plane.bits", 0L), sizes(Layout.FULL));
        for (Layout layout : Layout.values()) {
            try (PatternStore store = PatternStore.open(temp.resolve(layout.name()))) {
                assertEquals(layout, store.layout());
                for (int i = 0; i < 7; i++) {
                    store.memorize("k" + i, Patterns.random(G, i));
                }
                store.forget("k3");
                store.replace("k4", Patterns.random(G, 8));
            }
        }
        long floats = 8 * 2240;
        assertEquals(
                Map.of("w.stripes", floats, "v.stripes", floats, "sketch.bits", 8 * 64L, "plane.bits", 8 * 64L),
                sizes(Layout.FULL));
        assertEquals(Map.of("w.stripes", floats, "sketch.bits", 8 * 64L, "plane.bits", 8 * 64L), sizes(Layout.TIED));
        assertEquals(Map.of("sketch.bits", 8 * 64L, "plane.bits", 8 * 64L), sizes(Layout.PACKED));
    }

    @Test
    void theSizeOfANeuronIsWhatTheFilesGrowBy() throws IOException {
        assertEquals(109_376, Part.bytesPerNeuron(Layout.FULL, Geometry.PAPER));
        assertEquals(55_552, Part.bytesPerNeuron(Layout.TIED, Geometry.PAPER));
        assertEquals(1_728, Part.bytesPerNeuron(Layout.PACKED, Geometry.PAPER));
        assertEquals(192, Part.bytesPerNeuron(Layout.FULL, new Geometry(1, 1)));
        assertEquals(64, Part.bytesPerNeuron(Layout.PACKED, new Geometry(1, 1)));
        for (Layout layout : Layout.values()) {
            try (PatternStore store = create(layout, Geometry.PAPER, LearningRule.PAPER)) {
                store.memorize("k", Patterns.random(Geometry.PAPER, 1));
            }
            assertEquals(
                    Part.bytesPerNeuron(layout, Geometry.PAPER),
                    sizes(layout).values().stream().mapToLong(Long::longValue).sum());
            assertEquals(
                    Part.bytesPerNeuron(layout, Geometry.PAPER),
                    StoreCare.inspect(temp.resolve(layout.name())).bytesPerNeuron());
        }
    }

    /** The bits by their definition: pixel j is bit j / B of block (j + s) mod B, bit n of a block in its byte n / 8. */
    @ParameterizedTest
    @MethodSource("geometries")
    void theFilesOfBitsHoldEveryPixelWhereTheFormatSays(Geometry geometry) throws IOException {
        List<Pattern> patterns = List.of(
                Patterns.random(geometry, 1),
                Patterns.all(geometry, 1),
                Patterns.all(geometry, 0),
                Patterns.all(geometry, 0.25f),
                Patterns.random(geometry, 2));
        int blocks = Math.ceilDiv(geometry.pixels(), 512);
        int divisor = gcd(blocks, geometry.width());
        byte[] sketch = new byte[patterns.size() * 64];
        byte[] planes = new byte[patterns.size() * 64 * (blocks - 1)];
        for (int i = 0; i < patterns.size(); i++) {
            for (int j = 0; j < geometry.pixels(); j++) {
                if (patterns.get(i).isTwoValued() && patterns.get(i).values()[j] == 1) {
                    int bit = j / blocks;
                    int shift = 4493 * (bit * divisor / geometry.width()) % divisor;
                    int block = (j + shift) % blocks;
                    byte[] file = block == 0 ? sketch : planes;
                    int at = block == 0 ? i * 64 : (i * (blocks - 1) + block - 1) * 64;
                    file[at + bit / 8] |= (byte) (1 << bit % 8);
                }
            }
        }
        for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
            try (PatternStore store = create(layout, geometry, LearningRule.PAPER)) {
                for (int i = 0; i < patterns.size(); i++) {
                    store.memorize("k" + i, patterns.get(i));
                }
            }
            Path dir = temp.resolve(layout.name());
            assertArrayEquals(sketch, Files.readAllBytes(dir.resolve("sketch.bits")));
            assertArrayEquals(planes, Files.readAllBytes(dir.resolve("plane.bits")));
        }
    }

    static List<Geometry> geometries() {
        return List.of(
                new Geometry(1, 1),
                new Geometry(5, 7),
                new Geometry(512, 1),
                new Geometry(513, 1),
                new Geometry(16, 32),
                G,
                new Geometry(30, 40),
                new Geometry(32, 32),
                new Geometry(64, 64),
                Geometry.PAPER);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    static List<LearningRule> rules() {
        return List.of(
                LearningRule.PAPER,
                new LearningRule(1, 0.5f, 2, 1),
                new LearningRule(1, 0.3f, 0.7f, 1),
                new LearningRule(0.5f, 0.3f, 0.7f, 1),
                new LearningRule(1, 0.004f, 1, 3),
                new LearningRule(0.3f, 0.003f, 1.5f, 10));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void allLayoutsGiveTheSameNeuronsPatternsAndStripesBitForBit(LearningRule rule) {
        Map<Layout, List<Object>> told = new TreeMap<>();
        for (Layout layout : Layout.values()) {
            try (PatternStore store = create(layout, G, rule)) {
                fill(store, false);
                told.put(layout, tell(store));
            }
            Path dir = temp.resolve(layout.name());
            try (PatternStore store = PatternStore.openReadOnly(dir)) {
                assertEquals(told.get(layout), tell(store), layout + " after reopening");
            }
            assertEquals(
                    List.of(),
                    Sentences.of(StoreCare.verify(dir, (done, total) -> {}).problems()));
        }
        assertEquals(told.get(Layout.FULL), told.get(Layout.TIED));
        assertEquals(told.get(Layout.FULL), told.get(Layout.PACKED));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void realValuedPatternsAreTheSameInFullAndTied(LearningRule rule) {
        Map<Layout, List<Object>> told = new TreeMap<>();
        for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
            try (PatternStore store = create(layout, G, rule)) {
                fill(store, true);
                told.put(layout, tell(store));
                assertEquals(told.get(layout), tell(store));
            }
            try (PatternStore store = PatternStore.open(temp.resolve(layout.name()))) {
                assertEquals(told.get(layout), tell(store), layout + " after reopening");
            }
        }
        assertEquals(told.get(Layout.FULL), told.get(Layout.TIED));
    }

    private static void fill(PatternStore store, boolean realValuedToo) {
        for (int i = 0; i < 12; i++) {
            store.memorize("ギ" + i, Patterns.random(G, i));
        }
        if (realValuedToo) {
            store.memorize("soft", Patterns.realValued(G, 20));
            store.replace("ギ5", Patterns.realValued(G, 21));
        }
        store.memorize("black", Patterns.all(G, 0));
        store.forget("ギ1");
        store.replace("ギ2", Patterns.random(G, 22));
        store.memorize("ギ1", Patterns.random(G, 23));
    }

    /** All that a store says of its neurons, each float as its bits. */
    private static List<Object> tell(PatternStore store) {
        List<Object> told = new ArrayList<>();
        for (Neuron neuron : store.neurons()) {
            int i = neuron.neuron();
            told.add(i + " " + neuron.key() + " " + neuron.twoValued());
            told.add(store.pattern(i));
            told.add(bits(store.network().wStripe(i)));
            told.add(bits(store.network().vStripe(i)));
        }
        for (int seed = 0; seed < 12; seed++) {
            told.add(store.recall(
                    Cue.bipolar(Patterns.flipped(Patterns.random(G, seed), 0.05, seed)),
                    RecallOptions.DEFAULT.withCandidates(20)));
        }
        return told;
    }

    private static List<Integer> bits(MemorySegment stripe) {
        assertEquals(2240, stripe.byteSize());
        assertTrue(stripe.isReadOnly());
        List<Integer> bits = new ArrayList<>();
        for (int value : stripe.toArray(ValueLayout.JAVA_INT_UNALIGNED)) {
            bits.add(value);
        }
        assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 0, 0), bits.subList(G.pixels(), 560), "padding");
        return bits;
    }

    /** Chunks hold 1,024 neurons here, so these are in the first, the second and the third. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void patternsOnBothSidesOfAChunkComeBackAndAnswer(Layout layout) {
        create(layout, G, LearningRule.PAPER).close();
        Access smallChunks =
                Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1);
        try (PatternStore store = Doors.open(temp.resolve(layout.name()), smallChunks)) {
            for (int i = 0; i < 2050; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            for (int i : new int[] {0, 1022, 1023, 1024, 1025, 2047, 2048, 2049}) {
                assertEquals(Patterns.random(G, i), store.pattern(i));
                assertEquals(
                        i,
                        store.recall(Cue.bipolar(Patterns.random(G, i), Patterns.mask(G, 0.3, i)))
                                .neuron());
            }
        }
    }

    @Test
    void aPackedStoreRefusesRealValuesAndWritesNothing() throws IOException {
        Path dir = temp.resolve(Layout.PACKED.name());
        try (PatternStore store = create(Layout.PACKED, G, LearningRule.PAPER)) {
            store.memorize("k", Patterns.random(G, 0));
            store.sync();
            Map<String, byte[]> before = StoreBytes.of(dir);
            Pattern grey = Pattern.of(G, withPixel(Patterns.random(G, 1).values(), 2 * 19 + 3, 0.5f));
            for (Runnable change :
                    List.<Runnable>of(() -> store.memorize("grey", grey), () -> store.replace("k", grey))) {
                EngramException e = assertThrows(EngramException.InvalidPattern.class, change::run);
                assertEquals(
                        "pattern does not fit a PACKED store: %s: expected black and white patterns only, found 0.5 at pixel (3, 2); make it black and white, or store it with another layout"
                                .formatted(dir),
                        e.getMessage());
            }
            StoreBytes.assertSame(before, StoreBytes.of(dir));
            assertFalse(store.contains("grey"));
            assertEquals(Patterns.random(G, 0), store.pattern("k"));
            assertEquals(1, store.memorize("next", Patterns.random(G, 2)), "it goes on");
        }
    }

    private static float[] withPixel(float[] values, int pixel, float value) {
        values[pixel] = value;
        return values;
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aPictureThatFitsItsSketchLeavesThePlanesEmpty(Layout layout) throws IOException {
        Geometry small = new Geometry(23, 22);
        assertEquals(1, BitLayout.of(small).blocks());
        try (PatternStore store = create(layout, small, LearningRule.PAPER)) {
            for (int i = 0; i < 5; i++) {
                store.memorize("k" + i, Patterns.random(small, i));
            }
            store.forget("k2");
        }
        assertEquals(5 * 64L, sizes(layout).get("sketch.bits"));
        assertEquals(0L, sizes(layout).get("plane.bits"));
        try (PatternStore store = PatternStore.open(temp.resolve(layout.name()))) {
            for (int i : new int[] {0, 1, 3, 4}) {
                assertEquals(Patterns.random(small, i), store.pattern(i));
                for (RecallPath path : RecallPath.values()) {
                    assertEquals(
                            i,
                            store.recall(
                                            Cue.bipolar(Patterns.flipped(Patterns.random(small, i), 0.1, i)),
                                            RecallOptions.DEFAULT.withPath(path))
                                    .neuron());
                }
            }
        }
        assertTrue(StoreCare.verify(temp.resolve(layout.name()), (done, total) -> {})
                .isSound());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aReaderTakesInWhatAWriterAppends(Layout layout) {
        try (PatternStore writer = create(layout, G, LearningRule.PAPER);
                PatternStore reader = PatternStore.openReadOnly(temp.resolve(layout.name()))) {
            for (int i = 0; i < 20; i++) {
                writer.memorize("k" + i, Patterns.random(G, i));
                assertEquals(1, reader.refresh());
                assertEquals(Patterns.random(G, i), reader.pattern(i));
                assertEquals(
                        i, reader.recall(Cue.bipolar(Patterns.random(G, i))).neuron());
            }
        }
    }
}
