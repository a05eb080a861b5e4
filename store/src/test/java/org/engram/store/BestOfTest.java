package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several cues for one question one wins, and the verdict is on all of them. */
class BestOfTest {

    private static final Geometry G = new Geometry(28, 28);
    private static final int STORED = 300;
    private static final RecallOptions PLAIN = RecallOptions.DEFAULT;

    @TempDir
    Path temp;

    private PatternStore store;

    @BeforeEach
    void fill() {
        store = PatternStore.create(temp.resolve("store"), StoreOptions.DEFAULT.withGeometry(G));
        for (int i = 0; i < STORED; i++) {
            store.memorize("k" + i, Patterns.random(G, i));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A quarter turn. */
    private static Pattern turned(Pattern pattern, int quarters) {
        float[] values = pattern.values();
        for (int q = 0; q < quarters; q++) {
            float[] next = new float[values.length];
            for (int y = 0; y < 28; y++) {
                for (int x = 0; x < 28; x++) {
                    next[x * 28 + 27 - y] = values[y * 28 + x];
                }
            }
            values = next;
        }
        return Pattern.of(G, values);
    }

    private static List<Cue> turns(Pattern pattern) {
        return IntStream.range(0, 4)
                .mapToObj(q -> Cue.bipolar(turned(pattern, q)))
                .toList();
    }

    @Test
    void aTurnedPictureIsRecognisedAndItsTurnIsTold() {
        for (int i = 0; i < 40; i++) {
            int quarters = i % 4;
            Pattern shown = Patterns.flipped(turned(Patterns.random(G, i), quarters), i % 3 * 0.1, i);
            BestOf found = store.recallBestOf(turns(shown), PLAIN);
            assertEquals((4 - quarters) % 4, found.cue());
            assertEquals("k" + i, found.recall().recognised().orElseThrow().key());
        }
    }

    @Test
    void noTurnOfAStrangerIsRecognised() {
        for (int i = 0; i < 200; i++) {
            BestOf found = store.recallBestOf(turns(Patterns.random(G, -1 - i)), PLAIN);
            assertEquals(Verdict.UNKNOWN, found.recall().verdict());
        }
    }

    @Test
    void oneCueIsAnsweredAsEverAndTheSameCueTwiceToo() {
        for (int i = 0; i < 30; i++) {
            for (Coding coding : Coding.values()) {
                Pattern shown =
                        i % 3 == 2 ? Patterns.realValued(G, i) : Patterns.flipped(Patterns.random(G, i), 0.1, i);
                Cue cue = Cue.of(shown, Mask.lowerRight(G, 20), coding);
                RecallOptions options = PLAIN.withCandidates(1 + i % 4);
                BestOf expected = new BestOf(0, store.recall(cue, options));
                assertEquals(expected, store.recallBestOf(List.of(cue), options));
                if (coding == Coding.UNIPOLAR || i % 3 != 2) {
                    Verdict twice = store.recallBestOf(List.of(cue, cue), options)
                            .recall()
                            .verdict();
                    assertEquals(expected.recall().verdict(), twice);
                }
            }
        }
    }

    @Test
    void aPatternThatIsStoredInTwoTurnsIsNotTakenForOneOfThem() {
        store.memorize("turned", turned(Patterns.random(G, 7), 1));
        BestOf exact = store.recallBestOf(turns(Patterns.random(G, 7)), PLAIN);
        assertEquals(Verdict.AMBIGUOUS, exact.recall().verdict());
        assertEquals(0, exact.recall().contrast());
        BestOf noisy = store.recallBestOf(turns(Patterns.flipped(Patterns.random(G, 7), 0.1, 1)), PLAIN);
        assertEquals(Verdict.UNKNOWN, noisy.recall().verdict());
        assertEquals(0, noisy.recall().contrast());
        assertEquals(
                Verdict.RECOGNISED,
                store.recall(turns(Patterns.random(G, 7)).get(0)).verdict());
    }

    @Test
    void aPictureThatLooksTheSameWhenTurnedIsNoRivalOfItself() {
        float[] values = Patterns.random(G, 900).values();
        for (int j = 0; j < values.length / 2; j++) {
            values[values.length - 1 - j] = values[j];
        }
        Pattern symmetric = Pattern.of(G, values);
        assertEquals(symmetric, turned(symmetric, 2));
        store.memorize("symmetric", symmetric);
        BestOf found = store.recallBestOf(turns(Patterns.flipped(symmetric, 0.1, 3)), PLAIN);
        assertEquals("symmetric", found.recall().recognised().orElseThrow().key());
        assertEquals(0, found.cue() % 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.2, 0.3})
    void itsContrastIsTheLeastOverAllCuesAndAllOtherNeurons(double noise) {
        for (int i = 0; i < 25; i++) {
            List<Cue> cues = turns(Patterns.flipped(turned(Patterns.random(G, i), i % 4), noise, i));
            BestOf found = store.recallBestOf(cues, PLAIN);
            List<Recall> whole = cues.stream()
                    .map(cue -> store.recall(cue, PLAIN.withCandidates(STORED)))
                    .toList();
            int best = 0;
            for (int c = 1; c < 4; c++) {
                best = whole.get(c).winner().deficit()
                                < whole.get(best).winner().deficit()
                        ? c
                        : best;
            }
            Candidate winner = whole.get(best).winner();
            double ofWinner = winner.deficit() / G.pixels();
            double expected = whole.get(best).contrast();
            for (int c = 0; c < 4; c++) {
                for (Candidate rival :
                        c == best ? List.<Candidate>of() : whole.get(c).candidates()) {
                    double ofRival = rival.deficit() / G.pixels();
                    if (rival.neuron() != winner.neuron() && ofRival <= 3 * ofWinner) {
                        expected =
                                Math.min(expected, (ofRival - ofWinner) / ((ofRival + ofWinner) * (1 - 2 * ofWinner)));
                    }
                }
            }
            assertEquals(best, found.cue());
            assertEquals(winner, found.recall().winner());
            assertEquals(expected, found.recall().contrast(), 1e-12);
        }
    }

    @Test
    void greyPicturesAndTheirTurnsAreToldApart() {
        List<Pattern> grey = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            grey.add(Patterns.realValued(G, i));
            store.memorize("grey" + i, grey.get(i));
        }
        for (int i = 0; i < 20; i++) {
            BestOf found = store.recallBestOf(turns(turned(grey.get(i), 3)), PLAIN);
            assertEquals(1, found.cue());
            assertEquals("grey" + i, found.recall().recognised().orElseThrow().key());
        }
        store.memorize("turned", turned(grey.get(5), 2));
        assertNotEquals(
                Verdict.RECOGNISED,
                store.recallBestOf(turns(grey.get(5)), PLAIN).recall().verdict());
    }

    @Test
    void unipolarCuesAreJudgedByTheirResponses() {
        List<Cue> cues = List.of(Cue.unipolar(turned(Patterns.random(G, 3), 1)), Cue.unipolar(Patterns.random(G, 3)));
        Criteria low = new Criteria(0.3f, 0.5f, 0.35f, 0.95f);
        BestOf found = store.recallBestOf(cues, PLAIN.withCriteria(low));
        assertEquals(1, found.cue());
        assertEquals("k3", found.recall().recognised().orElseThrow().key());
        store.memorize("turned", turned(Patterns.random(G, 3), 1));
        assertEquals(
                Verdict.AMBIGUOUS,
                store.recallBestOf(cues, PLAIN.withCriteria(low)).recall().verdict());
    }

    @Test
    void subsetAndRadiusCountForEveryCue() {
        List<Cue> cues = turns(turned(Patterns.random(G, 8), 1));
        RecallOptions options = PLAIN.among(neuron -> neuron < 100).withinDeficit(0);
        BestOf found = store.recallBestOf(cues, options);
        assertEquals(3, found.cue());
        assertEquals(
                List.of("k8"),
                found.recall().candidates().stream().map(Candidate::key).toList());
        BestOf without = store.recallBestOf(cues, options.among(neuron -> neuron != 8));
        assertEquals(List.of(), without.recall().candidates());
        assertEquals(Verdict.UNKNOWN, without.recall().verdict());
    }

    @Test
    void aQuestionOfNoCueOrOfTwoCodingsIsRefused() {
        Cue bipolar = Cue.bipolar(Patterns.random(G, 1));
        Cue unipolar = Cue.unipolar(Patterns.random(G, 1));
        assertThrows(IllegalArgumentException.class, () -> store.recallBestOf(List.of(), PLAIN));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> store.recallBestOf(List.of(bipolar, unipolar), PLAIN))
                .getMessage();
        assertEquals(
                "cues for one question: expected at least 1, all of one coding, found [BIPOLAR, UNIPOLAR]", message);
        for (Neuron neuron : store.neurons()) {
            store.forget(neuron.key());
        }
        assertTrue(store.recallBestOf(List.of(bipolar), PLAIN)
                .recall()
                .candidates()
                .isEmpty());
    }
}
