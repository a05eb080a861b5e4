package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.engram.store.fixture.NaiveRecall;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private PatternStore create(Geometry geometry) {
        return PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(geometry));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 40})
    void answersAreThoseOfTheDefinition(int count) {
        NaiveRecall naive = new NaiveRecall();
        Random random = new Random(count);
        List<Pattern> stored = new ArrayList<>();
        try (PatternStore store = create(G)) {
            for (int i = 0; i < count; i++) {
                // relatives, twins and strangers
                Pattern pattern = switch (i % 4) {
                    case 1 -> Patterns.flipped(stored.get(i - 1), 0.1, i);
                    case 2 -> Patterns.flippedAt(stored.get(i - 1), i);
                    case 3 -> random.nextBoolean() ? stored.get(i - 1) : Patterns.random(G, i);
                    default -> Patterns.random(G, i);
                };
                stored.add(pattern);
                store.memorize("k" + i, pattern);
                naive.memorize(pattern);
            }
            if (count > 8) {
                store.forget("k3");
                naive.forget(3);
            }
            for (int trial = 0; trial < 400; trial++) {
                Pattern shown = trial % 5 == 0
                        ? Patterns.random(G, 1000 + trial)
                        : Patterns.flipped(
                                stored.get(random.nextInt(count)), random.nextInt(4) * 0.1, random.nextLong());
                Mask mask = switch (random.nextInt(5)) {
                    case 0 -> Mask.all(G);
                    case 1 -> Mask.lowerRight(G, 1 + random.nextInt(20));
                    case 2 -> Patterns.mask(G, 0, 0);
                    case 3 -> Mask.rectangle(G, random.nextInt(20), random.nextInt(20), 1, 1);
                    default -> Patterns.mask(G, random.nextDouble(), random.nextLong());
                };
                Coding coding = random.nextInt(3) == 0 ? Coding.UNIPOLAR : Coding.BIPOLAR;
                int k = 1 + random.nextInt(6);
                assertAgree(naive, store, shown, mask, coding, k, "trial " + trial);
            }
        }
    }

    private static void assertAgree(
            NaiveRecall naive, PatternStore store, Pattern shown, Mask mask, Coding coding, int k, String trial) {
        Criteria criteria = new Criteria(0.3f, 0.5f, 0.35f, 0.95f);
        NaiveRecall.Answer expected = naive.recall(shown, mask, coding, k, criteria);
        Recall found = store.recall(
                Cue.of(shown, mask, coding),
                RecallOptions.DEFAULT.withCandidates(k).withCriteria(criteria));
        assertEquals(
                expected.neurons(),
                found.candidates().stream().map(Candidate::neuron).toList(),
                trial);
        assertEquals(expected.q(), found.winner().q(), trial);
        assertEquals(expected.q() / G.pixels(), found.normalisedQ(), 1e-12, trial);
        assertEquals(expected.agreement(), found.agreement(), 1e-12, trial);
        assertEquals(expected.verdict(), found.verdict(), trial);
        assertEquals(expected.contrast(), found.contrast(), 1e-12, trial);
    }

    @Test
    void aCleanPartIsRecognisedWithFullContrast() {
        try (PatternStore store = create(G)) {
            for (int i = 0; i < 20; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            Recall recall = store.recall(Cue.bipolar(Patterns.random(G, 7), Mask.lowerRight(G, 8)));
            assertEquals("k7", recall.key());
            assertEquals(Verdict.RECOGNISED, recall.verdict());
            assertTrue(recall.isRecognised());
            assertEquals(1, recall.contrast());
            assertEquals(1, recall.agreement());
        }
    }

    @Test
    void aPatternNeverStoredIsUnknown() {
        try (PatternStore store = create(G)) {
            for (int i = 0; i < 20; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            for (int i = 100; i < 200; i++) {
                Recall recall = store.recall(Cue.bipolar(Patterns.random(G, i)));
                assertEquals(Verdict.UNKNOWN, recall.verdict());
                assertFalse(recall.isRecognised());
            }
        }
    }

    @Test
    void twoNeuronsOfOnePatternAreAmbiguousAndTheLowerOneIsNamed() {
        try (PatternStore store = create(G)) {
            for (int i = 0; i < 10; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            store.memorize("again", Patterns.random(G, 4));
            Recall recall = store.recall(Cue.bipolar(Patterns.random(G, 4)), RecallOptions.DEFAULT.withCandidates(2));
            assertEquals(Verdict.AMBIGUOUS, recall.verdict());
            assertEquals(0, recall.contrast());
            assertEquals(
                    List.of("k4", "again"),
                    recall.candidates().stream().map(Candidate::key).toList());
            store.forget("again");
            assertEquals(
                    Verdict.RECOGNISED,
                    store.recall(Cue.bipolar(Patterns.random(G, 4))).verdict());
        }
    }

    @Test
    void thePapersRuleAsksForTheThresholdAndATieIsAmbiguous() {
        Geometry g = new Geometry(10, 1);
        try (PatternStore store = create(g)) {
            store.memorize("left", Pattern.of(g, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0));
            store.memorize("right", Pattern.of(g, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
            Recall known = store.recall(Cue.unipolar(Pattern.of(g, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0)));
            assertEquals(0.8, known.normalisedQ());
            assertEquals(Verdict.RECOGNISED, known.verdict());
            Recall tied = store.recall(Cue.unipolar(Patterns.all(g, 1)));
            assertEquals(Verdict.AMBIGUOUS, tied.verdict());
            assertEquals("left", tied.key());
            Recall low = store.recall(Cue.unipolar(Pattern.of(g, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0)));
            assertEquals(Verdict.UNKNOWN, low.verdict());
        }
    }

    @Test
    void realValuedPatternsAreRankedByQAndJudgedByTheThreshold() {
        try (PatternStore store = create(G)) {
            store.memorize("soft", Patterns.realValued(G, 1));
            store.memorize("hard", Patterns.random(G, 2));
            float[] q = store.network().responses(Cue.unipolar(Patterns.realValued(G, 1)));
            Recall recall =
                    store.recall(Cue.unipolar(Patterns.realValued(G, 1)), RecallOptions.DEFAULT.withCandidates(2));
            assertEquals(q[recall.neuron()], Math.max(q[0], q[1]));
            Criteria low = new Criteria(0.1f, 0.5f, 0.35f, 0.95f);
            Recall known =
                    store.recall(Cue.unipolar(Patterns.realValued(G, 1)), RecallOptions.DEFAULT.withCriteria(low));
            assertEquals(Verdict.RECOGNISED, known.verdict());
            assertTrue(Double.isNaN(known.contrast()));
            Candidate soft = recall.candidates().stream()
                    .filter(c -> c.key().equals("soft"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(1, soft.agreement(), 1e-6);
        }
    }

    @Test
    void aCueThatShowsNothingIsUnknown() {
        try (PatternStore store = create(G)) {
            store.memorize("a", Patterns.all(G, 1));
            Recall recall = store.recall(Cue.bipolar(Patterns.all(G, 1), Patterns.mask(G, 0, 0)));
            assertEquals(Verdict.UNKNOWN, recall.verdict());
            assertEquals(0, recall.agreement());
            assertTrue(Double.isNaN(recall.contrast()));
        }
    }

    @Test
    void askingForMoreCandidatesThanThereAreGivesThemAll() {
        try (PatternStore store = create(G)) {
            for (int i = 0; i < 50; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            Cue cue = Cue.bipolar(Patterns.random(G, 3));
            List<Candidate> all = store.recall(cue, RecallOptions.DEFAULT.withCandidates(Integer.MAX_VALUE))
                    .candidates();
            assertEquals(50, all.size());
            for (int i = 1; i < all.size(); i++) {
                Candidate before = all.get(i - 1);
                Candidate after = all.get(i);
                assertTrue(before.q() > after.q() || (before.q() == after.q() && before.neuron() < after.neuron()));
            }
            assertThrows(IllegalArgumentException.class, () -> RecallOptions.DEFAULT.withCandidates(0));
        }
    }

    @Test
    void aGainOtherThanOneChangesTheResponsesButNotTheAnswer() {
        LearningRule rule = new LearningRule(1, 0.001f, 1, 7);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withRule(rule);
        try (PatternStore store = PatternStore.create(temp.resolve("store"), options)) {
            for (int i = 0; i < 20; i++) {
                store.memorize("k" + i, Patterns.random(G, i));
            }
            Recall recall = store.recall(Cue.bipolar(Patterns.flipped(Patterns.random(G, 5), 0.1, 1)));
            assertEquals("k5", recall.key());
            assertEquals(Verdict.RECOGNISED, recall.verdict());
            assertTrue(recall.agreement() > 0.85 && recall.agreement() < 0.95);
        }
    }

    @Test
    void largePicturesAreCountedFromBitsAndNotFromRoundedSums() {
        Geometry g = new Geometry(1024, 1024);
        RecallOptions stripes = RecallOptions.DEFAULT.withPath(RecallPath.STRIPES);
        for (float epsV : new float[] {0.5f, 0.3f}) {
            StoreOptions options = StoreOptions.DEFAULT.withGeometry(g).withRule(new LearningRule(1, epsV, 1, 1));
            try (PatternStore store = PatternStore.create(temp.resolve("store " + epsV), options)) {
                for (int i = 0; i < 8; i++) {
                    store.memorize("k" + i, Patterns.random(g, i));
                }
                store.memorize("again", Patterns.random(g, 3));
                Cue twice = Cue.bipolar(Patterns.random(g, 3));
                Recall alone = store.recall(Cue.bipolar(Patterns.random(g, 5)));
                assertEquals(3, store.recall(twice).neuron());
                assertEquals(Verdict.AMBIGUOUS, store.recall(twice).verdict());
                assertEquals(5, alone.neuron());
                assertEquals(Verdict.RECOGNISED, alone.verdict());
                assertEquals(1, alone.agreement());
                Recall summed = store.recall(twice, stripes);
                assertEquals(3, summed.neuron());
                if (epsV == 0.5f) {
                    assertEquals(store.recall(twice), summed);
                } else {
                    assertEquals(Verdict.UNKNOWN, summed.verdict(), "no count of a rounded sum is trusted");
                    assertTrue(Double.isNaN(summed.contrast()));
                }
            }
        }
    }

    @Test
    void aResponseThatIsNotFiniteIsUnknown() {
        try (PatternStore store = create(G)) {
            store.memorize("huge", Patterns.all(G, 1e30f));
            Recall recall = store.recall(Cue.unipolar(Patterns.all(G, 1e30f)));
            assertEquals(Verdict.UNKNOWN, recall.verdict());
        }
    }
}
