package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recall within a radius names all that are so near, and nothing else. */
class RadiusTest {

    private static final Geometry G = new Geometry(28, 28);
    private static final RecallOptions ALL = RecallOptions.DEFAULT.withCandidates(Integer.MAX_VALUE);

    @TempDir
    Path temp;

    private PatternStore create(StoreOptions options) {
        Path dir = temp.resolve("store");
        PatternStore.create(dir, options.withGeometry(G)).close();
        return Doors.open(
                dir, Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1));
    }

    private static List<Pattern> patterns(String kind, int count) {
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean real = kind.equals("GREY") || (kind.equals("MIXED") && i % 5 == 2);
            patterns.add(
                    real
                            ? Patterns.realValued(G, i / 2)
                            : Patterns.flipped(Patterns.random(G, i / 10), i % 10 * 0.02, i));
        }
        return patterns;
    }

    @ParameterizedTest
    @CsvSource({
        "BITS, 1300, FULL, 1 1 1",
        "BITS, 1300, PACKED, 1 1 1",
        "BITS, 90, TIED, 0.3 1 1",
        "MIXED, 300, FULL, 1 1 1",
        "MIXED, 300, TIED, 0.3 1 1",
        "MIXED, 200, FULL, 0.004 1.5 3",
        "BITS, 200, TIED, 0.004 1.5 3",
        "GREY, 200, FULL, 1 1 1",
    })
    void itNamesThoseThatARecallOfAllFindsWithinIt(String kind, int count, Layout layout, String constants) {
        String[] rule = constants.split(" ", -1);
        StoreOptions options = StoreOptions.DEFAULT
                .withLayout(layout)
                .withRule(new LearningRule(
                        0.9f, Float.parseFloat(rule[0]), Float.parseFloat(rule[1]), Integer.parseInt(rule[2])));
        Random random = new Random(count);
        List<Pattern> patterns = patterns(kind, count);
        ExecutorService helpers = Executors.newFixedThreadPool(2);
        int named = 0;
        try (PatternStore store = create(options)) {
            for (int i = 0; i < count; i++) {
                store.memorize("k" + i, patterns.get(i));
            }
            for (int i = 3; i < count; i += 7) {
                store.forget("k" + i);
            }
            for (int trial = 0; trial < 24; trial++) {
                Pattern near = patterns.get(random.nextInt(count));
                Pattern shown = trial % 6 == 5 ? Patterns.realValued(G, random.nextInt(20)) : near;
                Mask mask = trial % 4 == 3 ? Patterns.mask(G, random.nextDouble(), trial) : Mask.all(G);
                Cue cue = Cue.of(shown, mask, trial % 3 == 2 ? Coding.UNIPOLAR : Coding.BIPOLAR);
                RecallOptions base = trial % 5 == 4
                        ? RecallOptions.DEFAULT.among(neuron -> neuron % 3 != 1)
                        : trial % 5 == 3
                                ? RecallOptions.DEFAULT.among(neuron -> neuron % 50 == 1)
                                : RecallOptions.DEFAULT;
                Recall whole = store.recall(cue, base.withCandidates(Integer.MAX_VALUE));
                double deficit = whole.candidates()
                        .get(random.nextInt(whole.candidates().size()))
                        .deficit();
                double agreement = whole.candidates()
                        .get(random.nextInt(whole.candidates().size()))
                        .agreement();
                for (RecallOptions asked : List.of(
                        base.withinDeficit(deficit),
                        base.withinDeficit(0),
                        base.withinDeficit(Double.POSITIVE_INFINITY),
                        base.withinAgreement(agreement),
                        base.withinAgreement(1),
                        base.withinAgreement(agreement).withinDeficit(deficit),
                        base.withinDeficit(deficit).withCandidates(3))) {
                    double most = asked.mostDeficit().orElse(Double.POSITIVE_INFINITY);
                    double least = asked.leastAgreement().orElse(0);
                    List<Candidate> expected = whole.candidates().stream()
                            .filter(candidate -> candidate.deficit() <= most && candidate.agreement() >= least)
                            .limit(asked.request().candidates())
                            .toList();
                    named += expected.size();
                    for (RecallPath path : RecallPath.values()) {
                        Recall found = store.recall(cue, asked.withPath(path));
                        assertEquals(expected, found.candidates(), trial + " by " + path);
                        assertJudged(whole, found);
                        assertEquals(List.of(found, found), store.recallAll(List.of(cue, cue), asked.withPath(path)));
                    }
                    Recall shared = store.recall(cue, asked.inParallel(helpers, 3));
                    assertEquals(store.recall(cue, asked), shared);
                }
            }
        } finally {
            helpers.shutdownNow();
        }
        assertTrue(named > 300, "found only " + named);
    }

    /** The winner is judged as ever; without it nothing is claimed. */
    private static void assertJudged(Recall whole, Recall found) {
        if (found.candidates().isEmpty() || found.neuron() != whole.neuron()) {
            assertEquals(Judgement.NONE, found.judgement());
            assertEquals(Verdict.UNKNOWN, found.verdict());
            return;
        }
        assertEquals(whole.judgement().criteria(), found.judgement().criteria());
        assertEquals(whole.contrast(), found.contrast());
        assertEquals(whole.judgement().hasTwin(), found.judgement().hasTwin());
        List<Integer> neurons =
                found.candidates().stream().skip(1).map(Candidate::neuron).toList();
        assertEquals(
                whole.judgement().rivals().stream()
                        .filter(rival -> neurons.contains(rival.neuron()))
                        .toList(),
                found.judgement().rivals());
    }

    @Test
    void aDeficitIsTheNumberOfPixelsThatDiffer() {
        List<Pattern> patterns = patterns("BITS", 200);
        try (PatternStore store = create(StoreOptions.DEFAULT)) {
            for (int i = 0; i < patterns.size(); i++) {
                store.memorize("k" + i, patterns.get(i));
            }
            for (int shown = 0; shown < 200; shown += 20) {
                float[] cue = patterns.get(shown).values();
                int[] deficits = patterns.stream()
                        .mapToInt(pattern -> differing(pattern.values(), cue))
                        .toArray();
                List<Integer> expected = IntStream.range(0, 200)
                        .filter(i -> deficits[i] <= 60)
                        .boxed()
                        .sorted(Comparator.comparingInt((Integer i) -> deficits[i])
                                .thenComparing(i -> i))
                        .toList();
                List<Candidate> found = store.recall(
                                Cue.bipolar(patterns.get(shown)), RecallOptions.DEFAULT.withinDeficit(60))
                        .candidates();
                assertEquals(expected, found.stream().map(Candidate::neuron).toList());
                found.forEach(candidate -> assertEquals(deficits[candidate.neuron()], candidate.deficit()));
            }
        }
    }

    private static int differing(float[] one, float[] other) {
        int differing = 0;
        for (int j = 0; j < one.length; j++) {
            differing += one[j] == other[j] ? 0 : 1;
        }
        return differing;
    }

    @Test
    void tenThousandTiesAtTheEdgeAreAllNamed() {
        try (PatternStore store = create(StoreOptions.DEFAULT.withLayout(Layout.PACKED))) {
            Pattern shown = Patterns.random(G, 1);
            Pattern edge = Patterns.flippedAt(shown, 5);
            for (int i = 0; i < 10_000; i++) {
                store.memorize("k" + i, edge);
            }
            Cue cue = Cue.bipolar(shown);
            assertEquals(
                    10_000,
                    store.recall(cue, RecallOptions.DEFAULT.withinDeficit(1))
                            .candidates()
                            .size());
            assertEquals(
                    0,
                    store.recall(cue, RecallOptions.DEFAULT.withinDeficit(0.99))
                            .candidates()
                            .size());
            assertEquals(
                    7,
                    store.recall(cue, RecallOptions.DEFAULT.withCandidates(7).withinDeficit(1))
                            .candidates()
                            .size());
            assertEquals(10_000, store.recall(cue, ALL).candidates().size());
            assertEquals(
                    Verdict.AMBIGUOUS,
                    store.recall(cue, RecallOptions.DEFAULT.withinDeficit(1)).verdict());
        }
    }

    @Test
    void whereNothingIsWithinItNothingIsRecognised() {
        try (PatternStore store = create(StoreOptions.DEFAULT)) {
            RecallOptions near = RecallOptions.DEFAULT.withinDeficit(3);
            Cue cue = Cue.bipolar(Patterns.flipped(Patterns.random(G, 4), 0.05, 1));
            assertEquals(List.of(), store.recall(cue, near).candidates());
            for (int i = 0; i < 20; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            assertEquals(Verdict.RECOGNISED, store.recall(cue).verdict());
            Recall found = store.recall(cue, near);
            assertFalse(found.recognised().isPresent());
            assertEquals(List.of(), found.candidates());
            assertEquals(Verdict.UNKNOWN, found.verdict());
        }
    }

    @Test
    void aRadiusThatIsNoneIsRefused() {
        RecallOptions options = RecallOptions.DEFAULT;
        assertEquals(
                "deficit out of range: expected at least 0, found -1.0",
                assertThrows(IllegalArgumentException.class, () -> options.withinDeficit(-1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> options.withinDeficit(Double.NaN));
        assertEquals(
                "agreement out of range: expected 0 to 1, found 1.5",
                assertThrows(IllegalArgumentException.class, () -> options.withinAgreement(1.5))
                        .getMessage());
    }
}
