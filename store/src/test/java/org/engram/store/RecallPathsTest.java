package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.engram.store.fixture.NaiveRecall;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way to recall gives the same answer, to the last digit: by sketches, planes or stripes, alone, in a batch or by
 * several threads, from every layout; and the answer is that of the definition, in double precision.
 */
class RecallPathsTest {

    private static final Geometry TINY = new Geometry(7, 5);

    @TempDir
    Path temp;

    /** Sets of patterns that tempt a filter to leave out what it must not. */
    enum Kind {
        STRANGERS,
        RELATIVES,
        ALL_EQUAL,
        ONE_PIXEL_APART;

        Pattern pattern(Geometry geometry, int i) {
            Pattern first = Patterns.random(geometry, 7);
            return switch (this) {
                case STRANGERS -> Patterns.random(geometry, i);
                case RELATIVES -> Patterns.flipped(Patterns.random(geometry, i / 5), i % 5 * 0.02, i);
                case ALL_EQUAL -> first;
                case ONE_PIXEL_APART -> i == 0 ? first : Patterns.flippedAt(first, i % geometry.pixels());
            };
        }
    }

    private static Access smallChunks() {
        return Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1);
    }

    private PatternStore create(String name, StoreOptions options) {
        Path dir = temp.resolve(name);
        PatternStore.create(dir, options).close();
        return Doors.open(dir, smallChunks());
    }

    private static List<Cue> cues(Geometry g, List<Pattern> stored, int count, Random random) {
        List<Cue> cues = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pattern shown = i % 6 == 5
                    ? Patterns.random(g, 1_000_000 + random.nextInt())
                    : Patterns.flipped(
                            stored.get(random.nextInt(stored.size())),
                            new double[] {0, 0, 0.01, 0.1, 0.3}[random.nextInt(5)],
                            random.nextLong());
            Mask mask = switch (random.nextInt(6)) {
                case 0, 1 -> Mask.all(g);
                case 2 -> Mask.lowerRight(g, 1 + random.nextInt(Math.min(g.width(), g.height())));
                case 3 -> Patterns.mask(g, 0, 0);
                case 4 -> Mask.rectangle(g, random.nextInt(g.width()), random.nextInt(g.height()), 1, 1);
                default -> Patterns.mask(g, random.nextDouble(), random.nextLong());
            };
            cues.add(Cue.of(shown, mask, random.nextInt(3) == 0 ? Coding.UNIPOLAR : Coding.BIPOLAR));
        }
        return cues;
    }

    @ParameterizedTest
    @CsvSource({
        "STRANGERS, 1, 20x20",
        "STRANGERS, 2, 20x20",
        "STRANGERS, 300, 28x28",
        "STRANGERS, 1023, 7x5",
        "STRANGERS, 1024, 7x5",
        "STRANGERS, 1025, 7x5",
        "STRANGERS, 3000, 28x28",
        "STRANGERS, 2049, 40x30",
        "RELATIVES, 900, 28x28",
        "RELATIVES, 2100, 40x30",
        "RELATIVES, 90, 116x116",
        "ALL_EQUAL, 1500, 28x28",
        "ALL_EQUAL, 40, 116x116",
        "ONE_PIXEL_APART, 1500, 28x28",
        "ONE_PIXEL_APART, 90, 116x116",
        "STRANGERS, 60, 16x32",
        "RELATIVES, 60, 27x19",
        "RELATIVES, 300, 512x1",
        "RELATIVES, 300, 513x1"
    })
    void everyPathAndLayoutGivesTheSameAnswer(Kind kind, int count, String size) {
        String[] sides = size.split("x", -1);
        Geometry g = new Geometry(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            patterns.add(kind.pattern(g, i));
        }
        Random random = new Random(count);
        List<Cue> cues = cues(g, patterns, 40, random);
        List<List<Recall>> answers = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            try (PatternStore store =
                    create(layout.name(), StoreOptions.DEFAULT.withGeometry(g).withLayout(layout))) {
                for (int i = 0; i < count; i++) {
                    store.memorize("k" + i, patterns.get(i));
                }
                for (int i = 3; i < count - 5; i += 1 + count / 7) {
                    store.forget("k" + i);
                }
                for (int k : new int[] {1, 2, 5, 70}) {
                    answers.add(assertPathsAgree(store, cues, RecallOptions.DEFAULT.withCandidates(k)));
                }
            }
        }
        assertEquals(answers.subList(0, 4), answers.subList(4, 8), "TIED");
        assertEquals(answers.subList(0, 4), answers.subList(8, 12), "PACKED");
    }

    /** Returns the answers, once all ways to get them agree. */
    private static List<Recall> assertPathsAgree(PatternStore store, List<Cue> cues, RecallOptions options) {
        List<Recall> expected = new ArrayList<>();
        for (Cue cue : cues) {
            Recall stripes = store.recall(cue, options.withPath(RecallPath.STRIPES));
            assertEquals(stripes, store.recall(cue, options), "sketches");
            assertEquals(stripes, store.recall(cue, options.withPath(RecallPath.PLANES)), "planes");
            assertTrue(Arrays.equals(
                    store.network().responses(cue, options.withPath(RecallPath.STRIPES)),
                    store.network().responses(cue, options)));
            expected.add(stripes);
        }
        for (RecallPath path : RecallPath.values()) {
            assertEquals(expected, store.recallAll(cues, options.withPath(path)), "batch by " + path);
        }
        return expected;
    }

    @ParameterizedTest
    @CsvSource({"STRANGERS, 400, FULL", "RELATIVES, 1100, PACKED", "ONE_PIXEL_APART, 300, TIED", "ALL_EQUAL, 30, PACKED"
    })
    void theAnswerIsThatOfTheDefinition(Kind kind, int count, Layout layout) {
        Geometry g = kind == Kind.STRANGERS ? TINY : new Geometry(28, 28);
        NaiveRecall naive = new NaiveRecall();
        List<Pattern> patterns = new ArrayList<>();
        Criteria criteria = new Criteria(0.3f, 0.5f, 0.35f, 0.95f);
        try (PatternStore store =
                create("store", StoreOptions.DEFAULT.withGeometry(g).withLayout(layout))) {
            for (int i = 0; i < count; i++) {
                patterns.add(kind.pattern(g, i));
                store.memorize("k" + i, patterns.get(i));
                naive.memorize(patterns.get(i));
            }
            store.forget("k5");
            naive.forget(5);
            Random random = new Random(count);
            for (int trial = 0; trial < 60; trial++) {
                Pattern shown = trial % 4 == 0
                        ? Patterns.random(g, -trial)
                        : Patterns.flipped(
                                patterns.get(random.nextInt(count)), random.nextInt(3) * 0.05, random.nextLong());
                Mask mask = trial % 3 == 0 ? Patterns.mask(g, random.nextDouble(), trial) : Mask.all(g);
                Coding coding = trial % 5 == 0 ? Coding.UNIPOLAR : Coding.BIPOLAR;
                NaiveRecall.Answer expected = naive.recall(shown, mask, coding, 7, criteria);
                for (RecallPath path : RecallPath.values()) {
                    Recall found = store.recall(
                            Cue.of(shown, mask, coding),
                            RecallOptions.DEFAULT
                                    .withCandidates(7)
                                    .withCriteria(criteria)
                                    .withPath(path));
                    assertEquals(
                            expected.neurons(),
                            found.candidates().stream().map(Candidate::neuron).toList());
                    assertEquals(expected.q(), found.winner().q());
                    assertEquals(expected.verdict(), found.verdict());
                    assertEquals(expected.contrast(), found.contrast(), 1e-12);
                    assertEquals(expected.agreement(), found.agreement(), 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1 1", "0.3 1 1", "0.004 1.5 3", "1 0.7 1", "0.0001 1 40"})
    void anyRuleAndAnyMixtureGivesTheSameAnswerFromFullAndTiedStores(String constants) {
        String[] rule = constants.split(" ", -1);
        LearningRule learning =
                new LearningRule(0.9f, Float.parseFloat(rule[0]), Float.parseFloat(rule[1]), Integer.parseInt(rule[2]));
        Geometry g = new Geometry(28, 28);
        Random random = new Random(5);
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            patterns.add(
                    i % 9 == 4
                            ? Patterns.realValued(g, i)
                            : Patterns.flipped(Patterns.random(g, i / 3), i % 3 * 0.05, i));
        }
        List<Cue> cues = cues(g, patterns, 60, random);
        List<List<Recall>> answers = new ArrayList<>();
        List<List<List<Integer>>> stripes = new ArrayList<>();
        for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
            StoreOptions options =
                    StoreOptions.DEFAULT.withGeometry(g).withLayout(layout).withRule(learning);
            try (PatternStore store = create(layout.name(), options)) {
                for (int i = 0; i < patterns.size(); i++) {
                    store.memorize("k" + i, patterns.get(i));
                }
                store.forget("k4");
                store.forget("k50");
                answers.add(assertPathsAgree(store, cues, RecallOptions.DEFAULT.withCandidates(4)));
                stripes.add(store.neurons().stream()
                        .map(neuron -> List.of(
                                hash(store.network().wStripe(neuron.neuron())),
                                hash(store.network().vStripe(neuron.neuron()))))
                        .toList());
            }
        }
        assertEquals(answers.get(0), answers.get(1));
        assertEquals(stripes.get(0), stripes.get(1));
    }

    private static int hash(MemorySegment stripe) {
        return Arrays.hashCode(stripe.toArray(LittleEndian.FLOAT));
    }

    @Test
    void severalThreadsGiveTheAnswerOfOne() {
        List<Pattern> patterns = new ArrayList<>();
        ExecutorService helpers = Executors.newFixedThreadPool(3);
        try (PatternStore store = create("store", StoreOptions.DEFAULT.withGeometry(TINY))) {
            for (int i = 0; i < 5000; i++) {
                patterns.add(Patterns.random(TINY, i));
                store.memorize("k" + i, patterns.get(i));
            }
            List<Cue> cues = cues(TINY, patterns, 70, new Random(1));
            for (RecallPath path : RecallPath.values()) {
                RecallOptions alone = RecallOptions.DEFAULT.withCandidates(3).withPath(path);
                RecallOptions shared = alone.inParallel(helpers, 4);
                for (Cue cue : cues) {
                    assertEquals(store.recall(cue, alone), store.recall(cue, shared));
                    assertTrue(Arrays.equals(
                            store.network().responses(cue, alone),
                            store.network().responses(cue, shared)));
                }
                assertEquals(store.recallAll(cues, alone), store.recallAll(cues, shared));
                assertEquals(
                        store.recallAll(cues, alone),
                        store.recallAll(
                                cues,
                                alone.inParallel(
                                        task -> {
                                            throw new RejectedExecutionException("no thread to spare");
                                        },
                                        4)));
            }
        } finally {
            helpers.shutdownNow();
        }
    }

    @Test
    void theLargestPicturesAreRankedByDeficitWhereFloatsCannotTell() {
        Geometry g = new Geometry(Geometry.MAX_SIDE, Geometry.MAX_SIDE);
        LearningRule rule = new LearningRule(1, 1.1f, 1, 1);
        int pixels = g.pixels();
        try (PatternStore store = create(
                "store",
                StoreOptions.DEFAULT.withGeometry(g).withLayout(Layout.PACKED).withRule(rule))) {
            store.memorize("far", whiteBut(g, 4_000_000, pixels - 1));
            store.memorize("near", whiteBut(g, 7));
            store.memorize("black", Pattern.twoValued(g, new BitSet()));
            Cue cue = Cue.bipolar(whiteBut(g));
            for (RecallPath path : List.of(RecallPath.AUTO, RecallPath.PLANES)) {
                RecallOptions options = RecallOptions.DEFAULT.withCandidates(3).withPath(path);
                Recall recall = store.recall(cue, options);
                assertEquals(List.of(recall, recall), store.recallAll(List.of(cue, cue), options));
                List<Candidate> candidates = recall.candidates();
                assertEquals(
                        List.of("near", "far", "black"),
                        candidates.stream().map(Candidate::key).toList());
                assertEquals(candidates.get(0).q(), candidates.get(1).q(), "floats cannot tell");
                assertEquals(1 - 1.0 / pixels, candidates.get(0).agreement());
                assertEquals(1 - 2.0 / pixels, candidates.get(1).agreement());
                assertEquals(1 / (3 * (1 - 2.0 / pixels)), recall.contrast());
            }
        }
    }

    private static Pattern whiteBut(Geometry geometry, int... black) {
        BitSet white = new BitSet();
        white.set(0, geometry.pixels());
        for (int pixel : black) {
            white.clear(pixel);
        }
        return Pattern.twoValued(geometry, white);
    }

    @Test
    void picturesOfMoreThanFourMillionPixelsAreAnsweredAlikeByEveryPath() {
        Geometry g = new Geometry(1025, Geometry.MAX_SIDE);
        List<Pattern> patterns = new ArrayList<>();
        try (PatternStore store =
                create("store", StoreOptions.DEFAULT.withGeometry(g).withLayout(Layout.PACKED))) {
            for (int i = 0; i < 4; i++) {
                patterns.add(
                        i % 2 == 0 ? Patterns.random(g, i) : Patterns.flippedAt(patterns.get(i - 1), 4_000_000 + i));
                store.memorize("k" + i, patterns.get(i));
            }
            store.forget("k1");
            List<Cue> cues = cues(g, patterns, 6, new Random(4));
            assertPathsAgree(store, cues, RecallOptions.DEFAULT.withCandidates(3));
        }
    }

    @Test
    void aCueOfGreyValuesIsAnsweredAlikeByEveryPathAndLayout() {
        Geometry g = new Geometry(28, 28);
        List<Recall> answers = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            try (PatternStore store =
                    create(layout.name(), StoreOptions.DEFAULT.withGeometry(g).withLayout(layout))) {
                for (int i = 0; i < 40; i++) {
                    store.memorize("k" + i, Patterns.random(g, i));
                }
                Cue grey = Cue.bipolar(Patterns.realValued(g, 3), Mask.lowerRight(g, 20));
                for (RecallPath path : RecallPath.values()) {
                    RecallOptions options =
                            RecallOptions.DEFAULT.withCandidates(9).withPath(path);
                    answers.add(store.recall(grey, options));
                    assertEquals(
                            List.of(answers.get(0), answers.get(0)), store.recallAll(List.of(grey, grey), options));
                }
            }
        }
        assertEquals(1, answers.stream().distinct().count());
    }

    @Test
    void aStoreOfNothingButGreyPatternsAnswersATwoValuedCue() {
        try (PatternStore store = create("store", StoreOptions.DEFAULT.withGeometry(TINY))) {
            store.memorize("gone", Patterns.random(TINY, 0));
            store.memorize("grey", Patterns.realValued(TINY, 1));
            store.memorize("soft", Patterns.realValued(TINY, 2));
            store.forget("gone");
            List<Cue> cues = List.of(Cue.bipolar(Patterns.random(TINY, 3)), Cue.unipolar(Patterns.random(TINY, 4)));
            List<Recall> answers = assertPathsAgree(store, cues, RecallOptions.DEFAULT.withCandidates(3));
            answers.forEach(recall -> assertEquals(2, recall.candidates().size()));
        }
    }

    @Test
    void anEmptyStoreAnswersNothingWhicheverWayItIsAsked() {
        for (Layout layout : Layout.values()) {
            try (PatternStore store = create(
                    layout.name(), StoreOptions.DEFAULT.withGeometry(TINY).withLayout(layout))) {
                Cue cue = Cue.bipolar(Patterns.random(TINY, 1));
                for (int round = 0; round < 2; round++) {
                    for (RecallPath path : RecallPath.values()) {
                        RecallOptions options = RecallOptions.DEFAULT.withPath(path);
                        assertEquals(-1, store.recall(cue, options).neuron());
                        assertEquals(
                                -1,
                                store.recallAll(List.of(cue), options).get(0).neuron());
                        assertEquals(List.of(), store.recallAll(List.of(), options));
                    }
                    store.memorize("gone" + round, Patterns.random(TINY, round));
                    store.forget("gone" + round);
                }
            }
        }
    }
}
