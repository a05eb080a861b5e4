package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.NaiveMaskedRecall;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recall where some pixels are unknown, of what is stored and of what is shown. */
class MaskedRecallTest {

    private static final int CUES = Campaign.EXHAUSTIVE ? 20 : 10;
    private static final RecallOptions ALL = RecallOptions.DEFAULT.withCandidates(Integer.MAX_VALUE);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyAnswerIsThatOfALoopOverPixels(Layout layout) {
        for (Geometry geometry : List.of(new Geometry(5, 3), new Geometry(32, 16), new Geometry(33, 33))) {
            compare(layout, geometry, temp.resolve(layout + " " + geometry));
        }
    }

    private static void compare(Layout layout, Geometry geometry, Path dir) {
        PatternStore.create(dir, options(layout, geometry)).close();
        List<Pattern> patterns = new ArrayList<>();
        // Chunks as small as they may be, so that the neurons cross from one to the next.
        try (PatternStore store = new PatternStore(OpenStore.open(
                        dir,
                        Access.writer(Durability.PROCESS_SAFE, java.time.Clock.systemUTC())
                                .withChunkBytes(1)));
                ExecutorService helpers = Executors.newFixedThreadPool(2)) {
            int neurons = 1100;
            for (int i = 0; i < neurons; i++) {
                patterns.add(stored(geometry, i));
                store.memorize("n" + i, patterns.get(i));
            }
            List<Integer> live = new ArrayList<>();
            for (int i = 0; i < neurons; i++) {
                if (i % 7 == 3) {
                    store.forget("n" + i);
                } else {
                    live.add(i);
                }
            }
            List<Cue> cues = new ArrayList<>();
            List<NaiveMaskedRecall> expected = new ArrayList<>();
            for (int c = 0; c < CUES; c++) {
                double share = List.of(1.0, 0.6, 0.1, 0.02, 0.0).get(c % 5);
                Mask visible = Patterns.mask(geometry, share, 1000 + c);
                Pattern shown = Patterns.flipped(patterns.get(50 * c), c % 4 * 0.08, c)
                        .withKnown(Patterns.mask(geometry, 0.9, c));
                cues.add(Cue.bipolar(shown, visible));
                expected.add(new NaiveMaskedRecall(patterns, live, shown, visible));
            }
            List<Recall> batch = store.recallAll(cues, ALL);
            assertEquals(batch, store.recallAll(cues, ALL.inParallel(helpers, 3)));
            for (int c = 0; c < cues.size(); c++) {
                Recall recall = store.recall(cues.get(c), ALL);
                assertEquals(batch.get(c), recall);
                assertEquals(recall, store.recall(cues.get(c), ALL.inParallel(helpers, 3)));
                assertEquals(
                        recall.candidates().subList(0, 3),
                        store.recall(cues.get(c), RecallOptions.DEFAULT.withCandidates(3))
                                .candidates());
                check(expected.get(c), recall, store.network().responses(cues.get(c)));
                checkWithin(store, cues.get(c), recall, expected.get(c));
            }
        }
    }

    /** A radius names those of all that compete and are within it, and judges the winner as ever. */
    private static void checkWithin(PatternStore store, Cue cue, Recall whole, NaiveMaskedRecall expected) {
        Set<Integer> competing = expected.ranked().stream()
                .filter(expected::competes)
                .map(NaiveMaskedRecall.Scored::neuron)
                .collect(Collectors.toSet());
        Candidate edge = whole.candidates().get(whole.candidates().size() / 3);
        for (RecallOptions near : List.of(
                RecallOptions.DEFAULT.withinAgreement(edge.agreement()),
                RecallOptions.DEFAULT.withinDeficit(edge.deficit()),
                RecallOptions.DEFAULT.withinDeficit(edge.deficit()).withinAgreement(edge.agreement()),
                RecallOptions.DEFAULT.withinDeficit(edge.deficit()).withCandidates(5),
                RecallOptions.DEFAULT.withinAgreement(1))) {
            double most = near.mostDeficit().orElse(Double.POSITIVE_INFINITY);
            double least = near.leastAgreement().orElse(0);
            Recall found = store.recall(cue, near);
            assertEquals(
                    whole.candidates().stream()
                            .filter(candidate -> competing.contains(candidate.neuron()))
                            .filter(candidate -> candidate.deficit() <= most && candidate.agreement() >= least)
                            .limit(near.request().candidates())
                            .toList(),
                    found.candidates());
            boolean won = found.neuron() == whole.neuron();
            assertEquals(
                    won ? whole.judgement().criteria() : List.of(),
                    found.judgement().criteria());
            assertEquals(won ? whole.contrast() : Double.NaN, found.contrast());
        }
    }

    private static void check(NaiveMaskedRecall expected, Recall recall, float[] responses) {
        assertEquals(
                expected.ranked().stream().map(NaiveMaskedRecall.Scored::neuron).toList(),
                recall.candidates().stream().map(Candidate::neuron).toList());
        assertEquals(
                expected.agreements(),
                recall.candidates().stream().map(Candidate::agreement).toList());
        for (Candidate candidate : recall.candidates()) {
            assertEquals(responses[candidate.neuron()], candidate.q());
        }
        assertEquals(expected.contrast(), recall.contrast(), 1e-12);
        assertEquals(expected.hasTwin(), recall.judgement().hasTwin());
        boolean competes = expected.competes(expected.ranked().get(0));
        assertEquals(competes, !recall.judgement().criteria().isEmpty());
    }

    /** Some are known whole, some in part, some hardly or not at all; some are the same as another. */
    private static Pattern stored(Geometry geometry, int i) {
        Pattern whole = Patterns.random(geometry, i % 11 == 10 ? i - 1 : i);
        double share = List.of(0.8, 1.0, 0.3, 0.05, 0.0, 0.9).get(i % 6);
        return share == 1 ? whole : whole.withKnown(Patterns.mask(geometry, share, -i));
    }

    private static StoreOptions options(Layout layout, Geometry geometry) {
        return StoreOptions.DEFAULT.withLayout(layout).withGeometry(geometry).withMasks();
    }

    @Test
    void anUnknownPixelNeverVotes() {
        Geometry geometry = new Geometry(40, 40);
        Mask half = Mask.rectangle(geometry, 0, 0, 20, 40);
        try (PatternStore store = PatternStore.create(temp.resolve("s"), options(Layout.PACKED, geometry))) {
            for (int i = 0; i < 20; i++) {
                store.memorize("n" + i, Patterns.random(geometry, i).withKnown(half));
            }
            Recall whole = store.recall(Cue.bipolar(Patterns.random(geometry, 5)));
            assertEquals("n5", whole.recognised().orElseThrow().key());
            assertEquals(1, whole.agreement());
            assertEquals(1, whole.contrast());
            // All that is shown is what no neuron knows.
            Recall other =
                    store.recall(Cue.bipolar(Patterns.random(geometry, 5), Mask.rectangle(geometry, 20, 0, 20, 40)));
            assertEquals(Verdict.UNKNOWN, other.verdict());
            assertEquals(0, other.agreement());
        }
    }

    @Test
    void whoKnowsTooLittleOfACueIsNotRecognised() {
        Geometry geometry = new Geometry(40, 40);
        try (PatternStore store = PatternStore.create(temp.resolve("s"), options(Layout.PACKED, geometry))) {
            Pattern shown = Patterns.random(geometry, 1);
            store.memorize("corner", shown.withKnown(Mask.rectangle(geometry, 0, 0, 11, 11)));
            assertEquals(Verdict.UNKNOWN, store.recall(Cue.bipolar(shown)).verdict());
            assertEquals(1, store.recall(Cue.bipolar(shown)).agreement());
            store.memorize("enough", shown.withKnown(Mask.rectangle(geometry, 0, 0, 16, 8)));
            assertEquals(
                    "enough",
                    store.recall(Cue.bipolar(shown)).recognised().orElseThrow().key());
        }
    }

    @Test
    void patternsThatDifferOnlyWhereOneIsUnknownAreAmbiguous() {
        Geometry geometry = new Geometry(40, 40);
        try (PatternStore store = PatternStore.create(temp.resolve("s"), options(Layout.TIED, geometry))) {
            for (int i = 0; i < 20; i++) {
                store.memorize("n" + i, Patterns.random(geometry, i));
            }
            store.memorize(
                    "part of n7", Patterns.random(geometry, 7).withKnown(Mask.rectangle(geometry, 0, 0, 20, 40)));
            Recall recall = store.recall(Cue.bipolar(Patterns.random(geometry, 7)), ALL);
            assertEquals(Verdict.AMBIGUOUS, recall.verdict());
            assertEquals(
                    List.of(20),
                    recall.judgement().twins().stream()
                            .map(Judgement.Rival::neuron)
                            .toList());
        }
    }

    @Test
    void realValuedCuesAreRefusedInOneLine() {
        Geometry geometry = Patterns.SMALL;
        try (PatternStore store = PatternStore.create(temp.resolve("s"), options(Layout.FULL, geometry))) {
            store.memorize("a", Patterns.random(geometry, 1));
            EngramException refused = assertThrows(
                    EngramException.InvalidPattern.class,
                    () -> store.recall(Cue.bipolar(Patterns.realValued(geometry, 1))));
            assertEquals(
                    "cue does not fit a store with masks: expected a black and white cue, found a real-valued one; "
                            + "make it black and white",
                    refused.getMessage());
        }
    }

    /** Codes of 2,048 bits. Eyelids and glints hide parts, another part each time, and the head is tilted. */
    @Test
    void fiftyEyesOfFiftyThousandAreRightAndNoStrangerIs() {
        Geometry geometry = new Geometry(128, 16);
        List<String> expected = new ArrayList<>();
        List<List<Cue>> questions = new ArrayList<>();
        try (PatternStore store = PatternStore.create(temp.resolve("eyes"), options(Layout.PACKED, geometry))) {
            SplittableRandom random = new SplittableRandom(1);
            List<BitSet> eyes = new ArrayList<>();
            Map<String, Pattern> stored = new LinkedHashMap<>();
            for (int i = 0; i < 50_000; i++) {
                BitSet code = code(random);
                stored.put("eye " + i, Pattern.twoValued(geometry, code).withKnown(Mask.of(geometry, lit(random))));
                if (i % 1000 == 7) {
                    eyes.add(code);
                }
            }
            store.memorizeAll(stored.entrySet());
            for (int i = 0; i < 100; i++) {
                boolean known = i < 50;
                BitSet code = known ? (BitSet) eyes.get(i).clone() : code(random);
                for (int j = 0; j < 2048; j++) {
                    code.set(j, code.get(j) ^ random.nextDouble() < 0.2);
                }
                expected.add(known ? "eye " + (1000 * i + 7) : "nobody");
                BitSet lit = lit(random);
                int tilt = random.nextInt(8);
                questions.add(IntStream.range(0, 8)
                        .mapToObj(turn -> Cue.bipolar(
                                Pattern.twoValued(geometry, turned(code, turn - tilt)),
                                Mask.of(geometry, turned(lit, turn - tilt))))
                        .toList());
            }
            List<Recall> batch =
                    store.recallAll(questions.stream().flatMap(List::stream).toList());
            for (int i = 40; i < 60; i++) {
                BestOf found = store.recallBestOf(questions.get(i), RecallOptions.DEFAULT);
                assertEquals(
                        expected.get(i),
                        found.recall().recognised().map(Candidate::key).orElse("nobody"));
                assertEquals(
                        batch.get(8 * i + found.cue()).winner(), found.recall().winner());
            }
            for (int i = 0; i < 100; i++) {
                List<Recall> turns = batch.subList(8 * i, 8 * i + 8);
                assertEquals(expected.get(i), best(turns), "question " + i);
                if (Campaign.EXHAUSTIVE || i % 10 == 9) {
                    assertEquals(
                            turns, questions.get(i).stream().map(store::recall).toList());
                }
            }
        }
    }

    @Test
    void aPatternThatIsStoredInTwoTurnsIsNotTakenForOneOfThem() {
        Geometry geometry = new Geometry(128, 16);
        SplittableRandom random = new SplittableRandom(2);
        try (PatternStore store = PatternStore.create(temp.resolve("turns"), options(Layout.PACKED, geometry))) {
            BitSet code = code(random);
            for (int i = 0; i < 30; i++) {
                store.memorize("eye " + i, Pattern.twoValued(geometry, code(random)));
            }
            Mask lit = Mask.of(geometry, lit(random));
            store.memorize("straight", Pattern.twoValued(geometry, code).withKnown(lit));
            List<Cue> turns = IntStream.range(0, 8)
                    .mapToObj(turn -> Cue.bipolar(Pattern.twoValued(geometry, turned(code, turn))))
                    .toList();
            BestOf alone = store.recallBestOf(turns, RecallOptions.DEFAULT);
            assertEquals("straight", alone.recall().recognised().orElseThrow().key());
            assertEquals(0, alone.cue());
            store.memorize(
                    "turned", Pattern.twoValued(geometry, turned(code, 5)).withKnown(lit));
            assertEquals(
                    Verdict.AMBIGUOUS,
                    store.recallBestOf(turns, RecallOptions.DEFAULT).recall().verdict());
        }
    }

    @Test
    void whoKnowsNextToNothingOfATurnIsNoRivalUnderIt() {
        Geometry geometry = new Geometry(128, 16);
        BitSet code = code(new SplittableRandom(2));
        try (PatternStore store = PatternStore.create(temp.resolve("turns"), options(Layout.PACKED, geometry))) {
            store.memorize("straight", Pattern.twoValued(geometry, code));
            store.memorize(
                    "corner",
                    Pattern.twoValued(geometry, turned(code, 5)).withKnown(Mask.rectangle(geometry, 0, 0, 9, 9)));
            List<Cue> turns = IntStream.range(0, 8)
                    .mapToObj(turn -> Cue.bipolar(Pattern.twoValued(geometry, turned(code, turn))))
                    .toList();
            assertEquals(
                    "straight",
                    store.recallBestOf(turns, RecallOptions.DEFAULT)
                            .recall()
                            .recognised()
                            .orElseThrow()
                            .key());
        }
    }

    private static String best(List<Recall> turns) {
        List<String> known = turns.stream()
                .flatMap(turn -> turn.recognised().stream())
                .map(Candidate::key)
                .toList();
        assertTrue(known.size() < 2, "several turns know an eye: " + known);
        return known.isEmpty() ? "nobody" : known.get(0);
    }

    private static BitSet code(SplittableRandom random) {
        return BitSet.valueOf(random.longs(32).toArray());
    }

    /** A stripe over the whole height is hidden, a quarter of all, and single bits besides. */
    private static BitSet lit(SplittableRandom random) {
        BitSet lit = new BitSet(2048);
        int from = random.nextInt(128);
        for (int j = 0; j < 2048; j++) {
            int column = (j % 128 - from + 128) % 128;
            lit.set(j, column >= 32 && random.nextDouble() < 0.9);
        }
        return lit;
    }

    private static BitSet turned(BitSet bits, int columns) {
        BitSet turned = new BitSet(2048);
        bits.stream().forEach(j -> turned.set(j / 128 * 128 + Math.floorMod(j % 128 + columns, 128)));
        return turned;
    }

    @Test
    void aTemplateThatKnowsNextToNothingIsSimilarToNothing() {
        Geometry geometry = new Geometry(128, 16);
        try (PatternStore store = PatternStore.create(temp.resolve("store"), options(Layout.PACKED, geometry))) {
            store.memorize("blank", Patterns.random(geometry, 1).withKnown(Mask.of(geometry, new BitSet())));
            Pattern hardly = Patterns.random(geometry, 2).withKnown(Mask.rectangle(geometry, 0, 0, 16, 1));
            store.memorize("hardly", hardly);
            for (RecallOptions near :
                    List.of(RecallOptions.DEFAULT.withinDeficit(10), RecallOptions.DEFAULT.withinAgreement(0.9))) {
                String key = "new " + store.size();
                assertTrue(store.insertUnlessSimilar(key, Patterns.random(geometry, store.size()), near)
                        .isInserted());
                assertEquals(
                        List.of(),
                        store.recall(Cue.bipolar(hardly), near).candidates().stream()
                                .filter(candidate -> candidate.key().equals("blank"))
                                .toList());
            }
        }
    }
}
