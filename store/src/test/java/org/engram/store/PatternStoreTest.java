package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatternStoreTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void chooseDirectory() {
        dir = temp.resolve("store");
    }

    private PatternStore create() {
        return PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G));
    }

    @Test
    void whatIsMemorizedIsThereByKeyAndByNeuronAlsoAfterReopening() {
        try (PatternStore store = create()) {
            assertEquals(0, store.memorize("a", Patterns.random(G, 0)));
            assertEquals(1, store.memorize("ギ", Patterns.random(G, 1)));
            assertKnows(store);
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertKnows(store);
            assertEquals("", Sentences.of(store.recovery()));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertKnows(store);
            assertTrue(store.isReadOnly());
        }
    }

    private static void assertKnows(PatternStore store) {
        assertTrue(store.contains("a"));
        assertTrue(store.contains("ギ"));
        assertFalse(store.contains("b"));
        assertEquals(Patterns.random(G, 0), store.pattern("a"));
        assertEquals(Patterns.random(G, 1), store.pattern("ギ"));
        assertEquals(Patterns.random(G, 1), store.pattern(1));
        assertEquals(
                List.of("a", "ギ"), store.neurons().stream().map(Neuron::key).toList());
        assertEquals(2, store.size());
    }

    @Test
    void anEmptyStoreKnowsNothingAndSaysSo() {
        try (PatternStore store = create()) {
            Recall recall = store.recall(Cue.bipolar(Patterns.random(G, 0)));
            assertEquals(Verdict.UNKNOWN, recall.verdict());
            assertEquals(-1, recall.neuron());
            assertEquals("", recall.key());
            assertEquals(List.of(), recall.candidates());
            assertEquals(0, store.network().responses(Cue.bipolar(Patterns.random(G, 0))).length);
            assertEquals(List.of(), store.neurons());
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(0, store.size());
        }
    }

    @Test
    void forgottenNeuronsNeverAnswerAndTheirKeyMayBeUsedAgain() {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            store.memorize("b", Patterns.random(G, 1));
            assertEquals(0, store.forget("a"));
            assertForgotten(store);
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertForgotten(store);
            assertEquals(2, store.memorize("a", Patterns.random(G, 2)));
            assertEquals(Patterns.random(G, 2), store.pattern("a"));
        }
    }

    private static void assertForgotten(PatternStore store) {
        assertFalse(store.contains("a"));
        Recall recall = store.recall(Cue.bipolar(Patterns.random(G, 0)), RecallOptions.DEFAULT.withCandidates(10));
        assertEquals(
                List.of("b"), recall.candidates().stream().map(Candidate::key).toList());
        assertTrue(Float.isNaN(store.network().responses(Cue.bipolar(Patterns.random(G, 0)))[0]));
        assertEquals(List.of("b"), store.neurons().stream().map(Neuron::key).toList());
        EngramException e = assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(0));
        assertTrue(e.getMessage().endsWith("found neuron 0, which was forgotten or replaced"), e.getMessage());
    }

    @Test
    void replacingAppendsANeuronAndRetiresTheOldOneInOneStep() {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            assertEquals(1, store.replace("a", Patterns.random(G, 1)));
            assertEquals(Patterns.random(G, 1), store.pattern("a"));
            assertEquals(1, store.size());
            assertThrows(EngramException.UnknownNeuron.class, () -> store.pattern(0));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(Patterns.random(G, 1), store.pattern("a"));
            assertEquals(1, store.recall(Cue.bipolar(Patterns.random(G, 0))).neuron());
        }
    }

    @Test
    void aKeyInUseIsRefusedAndNothingIsWritten() throws IOException {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            long before = Files.size(dir.resolve("journal"));
            EngramException e =
                    assertThrows(EngramException.DuplicateKey.class, () -> store.memorize("a", Patterns.random(G, 1)));
            assertEquals("key is in use: \"a\" names neuron 0; choose another key, or replace it", e.getMessage());
            assertEquals(before, Files.size(dir.resolve("journal")));
            assertEquals(Patterns.random(G, 0), store.pattern("a"));
        }
    }

    @Test
    void theStripeFilesHoldExactlyThePixelsAndNothingElse() throws IOException {
        Geometry g = Geometry.PAPER;
        try (PatternStore store = PatternStore.create(dir)) {
            for (int i = 0; i < 5; i++) {
                store.memorize("k" + i, Patterns.random(g, i));
            }
            store.forget("k2");
        }
        for (String name : List.of("w.stripes", "v.stripes")) {
            byte[] bytes = Files.readAllBytes(dir.resolve(name));
            assertEquals(5 * 53_824, bytes.length);
            float[] floats = new float[5 * g.pixels()];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(floats);
            for (int i = 0; i < 5; i++) {
                float[] stripe = java.util.Arrays.copyOfRange(floats, i * g.pixels(), (i + 1) * g.pixels());
                assertArrayEquals(Patterns.random(g, i).values(), stripe, name + " of neuron " + i);
            }
        }
    }

    @Test
    void stripesOfAnyGeometryAreRoundedUpTo64Bytes() throws IOException {
        Geometry odd = new Geometry(5, 7);
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(odd))) {
            store.memorize("a", Patterns.random(odd, 0));
            store.memorize("b", Patterns.random(odd, 1));
            assertEquals(192, store.network().wStripe(1).byteSize());
            assertEquals(Patterns.random(odd, 1), store.pattern("b"));
            assertEquals(1, store.recall(Cue.bipolar(Patterns.random(odd, 1))).neuron());
        }
        assertEquals(2 * 192, Files.size(dir.resolve("v.stripes")));
    }

    @Test
    void stripesAreHandedOutWithoutACopyReadOnly() {
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
            MemorySegment v = store.network().vStripe(0);
            assertTrue(v.isReadOnly());
            assertEquals(0, v.address() % 64);
            assertArrayEquals(
                    Patterns.random(G, 0).values(),
                    v.asSlice(0, 4L * G.pixels()).toArray(ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN)));
        }
    }

    @Test
    void aReaderSeesWhatIsCommittedAndAfterARefreshWhatCameSince() {
        try (PatternStore writer = create()) {
            writer.memorize("a", Patterns.random(G, 0));
            try (PatternStore reader = PatternStore.openReadOnly(dir)) {
                writer.memorize("b", Patterns.random(G, 1));
                writer.forget("a");
                assertTrue(reader.contains("a"));
                assertFalse(reader.contains("b"));
                assertEquals(2, reader.refresh());
                assertFalse(reader.contains("a"));
                assertEquals(Patterns.random(G, 1), reader.pattern("b"));
                assertEquals(0, reader.refresh());
                writer.sync();
                assertEquals(1, reader.refresh(), "a SYNC is a record like any other");
                assertEquals(1, reader.size());
            }
            assertEquals(0, writer.refresh());
        }
    }

    @Test
    void recallAndPatternsCrossChunks() {
        Geometry g = new Geometry(64, 64); // 16 KiB a stripe, four to a chunk of 64 KiB
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(g)).close();
        Access access = Access.writer(Durability.PROCESS_SAFE, java.time.Clock.systemUTC())
                .withChunkBytes(1);
        try (PatternStore store = Doors.open(dir, access)) {
            for (int i = 0; i < 13; i++) {
                store.memorize("k" + i, Patterns.random(g, i));
                for (int j = 0; j <= i; j++) {
                    assertEquals(
                            j, store.recall(Cue.bipolar(Patterns.random(g, j))).neuron());
                    assertEquals(Patterns.random(g, j), store.pattern(j));
                }
                assertEquals(i + 1, store.network().responses(Cue.bipolar(Patterns.random(g, 0))).length);
            }
        }
    }

    @Test
    void theLargestAndTheSmallestGeometryWork() {
        for (Geometry g : new Geometry[] {new Geometry(1, 1), new Geometry(4096, 1), new Geometry(4096, 4096)}) {
            Path path = temp.resolve("of " + g);
            try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(g))) {
                store.memorize("white", Patterns.all(g, 1));
                store.memorize("black", Patterns.all(g, 0));
                assertEquals(0, store.recall(Cue.bipolar(Patterns.all(g, 1))).neuron());
                assertEquals(
                        Verdict.RECOGNISED,
                        store.recall(Cue.bipolar(Patterns.all(g, 1))).verdict());
                assertEquals(1, store.recall(Cue.bipolar(Patterns.all(g, 0))).neuron());
            }
            try (PatternStore store = PatternStore.openReadOnly(path)) {
                assertEquals(Patterns.all(g, 0), store.pattern("black"));
            }
        }
    }

    @Test
    void alwaysDurableStoresBehaveTheSame() {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G);
        OpenOptions always = OpenOptions.DEFAULT.withDurability(Durability.ALWAYS);
        try (PatternStore store = PatternStore.openOrCreate(dir, options, always)) {
            store.memorize("a", Patterns.random(G, 0));
            store.sync();
            store.sync();
        }
        try (PatternStore store = PatternStore.open(dir, always)) {
            assertEquals(Patterns.random(G, 0), store.pattern("a"));
        }
    }

    @Test
    void aStoreKeepsItsRuleAndCriteria() {
        LearningRule rule = new LearningRule(0.5f, 0.002f, 1.5f, 4);
        Criteria criteria = new Criteria(0.6f, 0.4f, 0.3f, 0.9f);
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(G).withRule(rule).withCriteria(criteria);
        try (PatternStore store = PatternStore.create(dir, options)) {
            store.memorize("a", Patterns.random(G, 0));
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(rule, store.rule());
            assertEquals(criteria, store.criteria());
            assertEquals(G, store.geometry());
            assertEquals(
                    Patterns.random(G, 0).value(3, 3) * 0.9375f,
                    store.network().displayed(0).value(3, 3));
            assertEquals(Patterns.random(G, 0), store.pattern("a"));
        }
    }

    @Test
    void aReaderKeepsToTheFilesItOpenedWhenAnotherStoreIsPutInTheirPlace() throws IOException {
        Path other = temp.resolve("other");
        try (PatternStore store = create()) {
            store.memorize("a", Patterns.random(G, 0));
        }
        try (PatternStore store = PatternStore.create(other, StoreOptions.DEFAULT.withGeometry(G))) {
            store.memorize("b", Patterns.random(G, 1));
        }
        try (PatternStore reader = PatternStore.openReadOnly(dir)) {
            Files.move(dir, temp.resolve("away"));
            Files.move(other, dir);
            assertEquals(Patterns.random(G, 0), reader.pattern("a"));
            assertEquals("a", reader.recall(Cue.bipolar(Patterns.random(G, 0))).key());
        }
    }

    @Test
    void ofSomeThatCreateAStoreAtOnceOneSucceedsAndLosesNothing() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 100; i++) {
                Path path = temp.resolve("race " + i);
                Callable<Integer> creator = () -> {
                    try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(G))) {
                        return store.memorize("a", Patterns.random(G, 0));
                    } catch (EngramException.AlreadyExists e) {
                        return -1;
                    }
                };
                int sum = 0;
                for (Future<Integer> result : pool.invokeAll(Collections.nCopies(4, creator))) {
                    sum += result.get();
                }
                assertEquals(-3, sum, "one neuron 0 and three refusals");
                try (PatternStore store = PatternStore.openReadOnly(path)) {
                    assertEquals(Patterns.random(G, 0), store.pattern("a"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aKeyHoldsThePatternItWasTaughtAndNoOther(Layout layout) {
        Geometry geometry = new Geometry(3, 2);
        Pattern white = Pattern.of(geometry, 1, 1, 1, 1, 1, 1);
        Pattern other = Pattern.of(geometry, 1, 1, 1, 1, 1, 0);
        Pattern grey = Pattern.of(geometry, 0.3f, 1, 1, 1, 1, -0.7f);
        Pattern greyer = Pattern.of(geometry, 0.3f, 1, 1, 1, 1, -0.6f);
        for (LearningRule rule : List.of(LearningRule.PAPER, new LearningRule(0.3f, 0.01f, 2, 3))) {
            StoreOptions options = StoreOptions.DEFAULT
                    .withGeometry(geometry)
                    .withLayout(layout)
                    .withRule(rule);
            try (PatternStore small = PatternStore.create(temp.resolve("steps" + rule.steps()), options)) {
                small.memorize("white", white);
                small.memorize("gone", white);
                small.forget("gone");
                assertTrue(small.holds("white", white));
                assertFalse(small.holds("white", other));
                assertFalse(small.holds("white", grey));
                assertFalse(small.holds("white", Pattern.of(new Geometry(2, 3), 1, 1, 1, 1, 1, 1)));
                assertFalse(small.holds("gone", white));
                assertFalse(small.holds("never", white));
                if (layout != Layout.PACKED) {
                    small.memorize("grey", grey);
                    assertTrue(small.holds("grey", grey));
                    assertFalse(small.holds("grey", greyer));
                    assertFalse(small.holds("grey", white));
                }
            }
        }
    }
}
