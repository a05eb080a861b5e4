package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Judgement.Rival;
import org.engram.store.fixture.NaiveRecall;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recall says of its verdict: the same whichever way it was found, and as the definition has it. */
class JudgementTest {

    private static final Geometry G = new Geometry(19, 11);
    private static final Criteria CRITERIA = new Criteria(0.3f, 0.45f, 0.3f, 0.9f);
    private static final int CUES = 100;
    private static final int[] NAMED = {1, 2, 6, 50};

    @TempDir
    Path temp;

    private record Shown(Pattern picture, Mask visible, Coding coding) {
        Cue cue() {
            return Cue.of(picture, visible, coding);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, false",
        "2, false",
        "7, false",
        "8, false",
        "9, false",
        "20, false",
        "300, false",
        "1, true",
        "7, true",
        "8, true",
        "20, true"
    })
    void everyWayToRecallGivesTheJudgementOfTheDefinition(int live, boolean realValuedToo) {
        Random random = new Random(31L * live + (realValuedToo ? 1 : 0));
        List<Pattern> patterns = patterns(live, realValuedToo, random);
        List<Shown> shown = cues(patterns, realValuedToo, random);
        NaiveRecall naive = new NaiveRecall();
        for (Pattern pattern : patterns) {
            naive.memorize(pattern);
        }
        naive.forget(patterns.size() - 1);
        List<List<Recall>> found = answers(patterns, shown, realValuedToo);
        for (int i = 0; i < NAMED.length; i++) {
            for (int j = 0; j < shown.size(); j++) {
                Shown one = shown.get(j);
                assertJudged(
                        realValuedToo,
                        naive.recall(one.picture, one.visible, one.coding, NAMED[i], CRITERIA),
                        found.get(i).get(j),
                        "cue %d, %d named".formatted(j, NAMED[i]));
            }
        }
    }

    /** Strangers, relatives, twins, and a neuron too many that is to be forgotten. */
    private static List<Pattern> patterns(int live, boolean realValuedToo, Random random) {
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i <= live; i++) {
            Pattern before = patterns.isEmpty() ? null : patterns.get(random.nextInt(i));
            int kind = before == null ? 0 : random.nextInt(realValuedToo ? 6 : 4);
            patterns.add(
                    switch (kind) {
                        case 1 -> Patterns.flipped(before, 0.05, random.nextLong());
                        case 2 -> Patterns.flippedAt(before, random.nextInt(G.pixels()));
                        case 3 -> before;
                        case 4 -> Patterns.realValued(G, random.nextLong());
                        case 5 -> Patterns.blended(before, Patterns.realValued(G, random.nextLong()), 0.2);
                        default -> Patterns.random(G, random.nextLong());
                    });
        }
        return patterns;
    }

    private static List<Shown> cues(List<Pattern> patterns, boolean realValuedToo, Random random) {
        List<Shown> cues = new ArrayList<>();
        for (int i = 0; i < CUES; i++) {
            Pattern picture = switch (random.nextInt(realValuedToo ? 7 : 5)) {
                case 0 -> Patterns.random(G, random.nextLong());
                case 1 -> patterns.get(random.nextInt(patterns.size()));
                case 5 -> Patterns.realValued(G, random.nextLong());
                case 6 ->
                    Patterns.blended(
                            patterns.get(random.nextInt(patterns.size())),
                            Patterns.realValued(G, random.nextLong()),
                            random.nextInt(6) * 0.15);
                default ->
                    Patterns.flipped(
                            patterns.get(random.nextInt(patterns.size())), random.nextInt(6) * 0.08, random.nextLong());
            };
            Mask visible = switch (random.nextInt(5)) {
                case 0 -> Patterns.mask(G, random.nextDouble(), random.nextLong());
                case 1 -> Mask.lowerRight(G, 1 + random.nextInt(G.height()));
                case 2 -> Mask.rectangle(G, random.nextInt(G.width()), random.nextInt(G.height()), 1, 1);
                default -> Mask.all(G);
            };
            cues.add(new Shown(
                    picture,
                    i == 0 ? Patterns.mask(G, 0, 0) : visible,
                    random.nextInt(3) == 0 ? Coding.UNIPOLAR : Coding.BIPOLAR));
        }
        return cues;
    }

    /** The answers for each number of named neurons, once every layout gives the same. */
    private List<List<Recall>> answers(List<Pattern> patterns, List<Shown> shown, boolean realValuedToo) {
        List<Cue> cues = shown.stream().map(Shown::cue).toList();
        List<List<Recall>> answers = null;
        ExecutorService helpers = Executors.newFixedThreadPool(2);
        try {
            for (Layout layout : Layout.values()) {
                if (layout == Layout.PACKED && realValuedToo) {
                    continue;
                }
                try (PatternStore store = storeOf(patterns, layout)) {
                    List<List<Recall>> found = new ArrayList<>();
                    for (int k : NAMED) {
                        found.add(answers(store, cues, k, helpers));
                    }
                    assertEquals(answers == null ? found : answers, found, layout.name());
                    answers = found;
                }
            }
        } finally {
            helpers.shutdownNow();
        }
        return answers;
    }

    /** The last of the patterns is forgotten. */
    private PatternStore storeOf(List<Pattern> patterns, Layout layout) {
        Path path = temp.resolve(layout.name());
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(G).withLayout(layout).withCriteria(CRITERIA);
        PatternStore.create(path, options).close();
        PatternStore store = Doors.open(
                path, Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1));
        for (int i = 0; i < patterns.size(); i++) {
            store.memorize("k" + i, patterns.get(i));
        }
        store.forget("k" + (patterns.size() - 1));
        return store;
    }

    /** The answers, once every path gives the same, alone, by several threads and in a batch. */
    private static List<Recall> answers(PatternStore store, List<Cue> cues, int k, ExecutorService helpers) {
        List<Recall> answers = null;
        for (RecallPath path : RecallPath.values()) {
            RecallOptions alone = RecallOptions.DEFAULT.withCandidates(k).withPath(path);
            RecallOptions shared = alone.inParallel(helpers, 3);
            List<Recall> found =
                    cues.stream().map(cue -> store.recall(cue, alone)).toList();
            assertEquals(answers == null ? found : answers, found, path.name());
            assertEquals(
                    found, cues.stream().map(cue -> store.recall(cue, shared)).toList(), path.name());
            assertEquals(found, store.recallAll(cues, alone), path.name());
            assertEquals(found, store.recallAll(cues, shared), path.name());
            answers = found;
        }
        return answers;
    }

    /** Sums of real values are rounded to floats. All others are numbers of pixels, and exact. */
    private static void assertNear(double expected, double found, boolean real, String what) {
        if (real && !Double.isNaN(expected)) {
            assertEquals(expected, found, 2e-5, what);
        } else {
            assertEquals(expected, found, what);
        }
    }

    private static void assertJudged(boolean real, NaiveRecall.Answer expected, Recall found, String what) {
        Judgement judgement = found.judgement();
        assertEquals(
                expected.neurons(),
                found.candidates().stream().map(Candidate::neuron).toList(),
                what);
        assertEquals(expected.verdict(), judgement.verdict(), what);
        assertEquals(expected.verdict(), found.verdict(), what);
        assertNear(expected.contrast(), judgement.contrast(), real, what);
        assertEquals(judgement.contrast(), found.contrast(), what);
        assertNear(expected.agreement(), found.agreement(), real, what);
        assertEquals(expected.twin(), judgement.hasTwin(), what);
        assertEquals(
                expected.verdict() == Verdict.RECOGNISED ? Optional.of(found.winner()) : Optional.empty(),
                found.recognised(),
                what);
        assertEquals(expected.asked().size(), judgement.criteria().size(), what);
        for (int i = 0; i < expected.asked().size(); i++) {
            NaiveRecall.Asked asked = expected.asked().get(i);
            Criterion criterion = judgement.criteria().get(i);
            assertEquals(asked.measure(), criterion.measure().name(), what);
            assertEquals(asked.bar(), criterion.bar(), what);
            assertEquals(asked.met(), criterion.isMet(), what);
            assertNear(asked.value(), criterion.value(), real || asked.measure().equals("THRESHOLD"), what);
        }
        List<Rival> rivals = judgement.rivals();
        assertEquals(expected.rivals().size(), rivals.size(), what);
        for (int i = 0; i < rivals.size(); i++) {
            NaiveRecall.Rival rival = expected.rivals().get(i);
            assertEquals(rival.neuron(), rivals.get(i).neuron(), what);
            assertNear(rival.contrast(), rivals.get(i).contrast(), real, what);
            assertNear(rival.distance(), rivals.get(i).distance(), real, what);
            assertEquals(rival.twin(), rivals.get(i).isTwin(), what);
        }
        assertEquals(rivals.stream().filter(Rival::isTwin).toList(), judgement.twins(), what);
    }

    @Test
    void theDefaultAsksForMoreContrastAmongFewAndOfASmallPart() {
        float[] whole = {0.66f, 0.65f, 0.62f, 0.57f, 0.54f, 0.5f, 0.5f};
        long[] live = {8, 9, 16, 32, 64, 128, 1_000_000};
        for (int i = 0; i < live.length; i++) {
            assertEquals(whole[i], Criteria.DEFAULT.among(live[i], 1).contrast());
            assertEquals(whole[i], Criteria.DEFAULT.among(16 * live[i], 0.25).contrast());
        }
        assertEquals(0.61f, Criteria.DEFAULT.among(298, 0.25).contrast());
        assertEquals(0.87f, Criteria.DEFAULT.among(8, 0.25).contrast());
        assertEquals(0.9f, Criteria.DEFAULT.among(8, 0.01).contrast());
        assertEquals(0.9f, Criteria.DEFAULT.among(8, 0).contrast());
        Criteria chosen = new Criteria(0.7f, 0.51f, 0.35f, 0.95f);
        assertEquals(chosen, chosen.among(8, 0.25));
    }

    @Test
    void otherCriteriaJudgeAsARecallUnderThemDoes() {
        Random random = new Random(4);
        List<Pattern> patterns = patterns(30, false, random);
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        try (PatternStore store = PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G))) {
            for (int i = 0; i < patterns.size(); i++) {
                store.memorize("k" + i, patterns.get(i));
            }
            for (Shown shown : cues(patterns, false, random)) {
                Criteria others =
                        new Criteria(random.nextFloat(), random.nextFloat(), random.nextFloat(), random.nextFloat());
                Judgement expected = store.recall(shown.cue(), RecallOptions.DEFAULT.withCriteria(others))
                        .judgement();
                assertEquals(expected, store.recall(shown.cue()).judgement().under(others));
                seen.merge(expected.verdict(), 1, Integer::sum);
            }
        }
        assertEquals(Verdict.values().length, seen.size(), seen::toString);
    }

    @Test
    void aValueMeetsItsBarAtTheBarAndNeverWhenItIsNotFinite() {
        for (Measure measure : Measure.values()) {
            boolean isMost = measure == Measure.DISAGREEMENT;
            assertTrue(new Criterion(measure, 0.5, 0.5f).isMet());
            assertEquals(isMost, new Criterion(measure, Math.nextDown(0.5), 0.5f).isMet());
            assertEquals(!isMost, new Criterion(measure, Math.nextUp(0.5), 0.5f).isMet());
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertFalse(new Criterion(measure, value, 0.5f).isMet(), measure + " of " + value);
            }
        }
    }

    @Test
    void aCueHalfwayBetweenTwoOfFewPatternsIsAmbiguous() {
        try (PatternStore store = PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G))) {
            BitSet white = new BitSet();
            store.memorize("black", Pattern.twoValued(G, white));
            white.set(0, 2);
            store.memorize("white", Pattern.twoValued(G, white));
            white.clear(1);
            Recall halfway = store.recall(Cue.bipolar(Pattern.twoValued(G, white)));
            assertEquals(Verdict.AMBIGUOUS, halfway.verdict());
            assertTrue(halfway.judgement().hasTwin());
            assertEquals(0, halfway.judgement().contrast());
            white.set(1);
            assertEquals(
                    Verdict.RECOGNISED,
                    store.recall(Cue.bipolar(Pattern.twoValued(G, white))).verdict());
        }
    }

    @Test
    void aResponseBeyondTheRangeOfAFloatIsUnknown() {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withRule(new LearningRule(1, 1, 1e38f, 1));
        try (PatternStore store = PatternStore.create(temp.resolve("store"), options)) {
            for (int i = 0; i < 9; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            for (RecallPath path : RecallPath.values()) {
                Recall recall = store.recall(Cue.bipolar(Patterns.random(G, 4)), RecallOptions.DEFAULT.withPath(path));
                assertEquals(
                        List.of(new Criterion(Measure.THRESHOLD, Double.POSITIVE_INFINITY, 0.7f)),
                        recall.judgement().criteria());
                assertEquals(Verdict.UNKNOWN, recall.verdict());
                assertEquals(Optional.empty(), recall.recognised());
            }
        }
    }
}
