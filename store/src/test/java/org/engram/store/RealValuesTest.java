package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.engram.store.Judgement.Measure;
import org.engram.store.fixture.GreyPictures;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grey pictures are recognised from themselves and from parts of them, and what only looks plain is not. */
class RealValuesTest {

    private static final Geometry G = new Geometry(48, 40);
    private static final int PICTURES = 24;

    @TempDir
    Path temp;

    private List<Pattern> pictures;

    @BeforeEach
    void draw() {
        pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(GreyPictures.landscape(G, i));
        }
    }

    private PatternStore filled(String name, StoreOptions options, List<Pattern> patterns) {
        PatternStore store = PatternStore.create(temp.resolve(name), options.withGeometry(G));
        for (int i = 0; i < patterns.size(); i++) {
            store.memorize("k" + i, patterns.get(i));
        }
        return store;
    }

    private static List<Mask> quarters() {
        int width = G.width() / 2;
        int height = G.height() / 2;
        return List.of(
                Mask.rectangle(G, 0, 0, width, height),
                Mask.rectangle(G, width, 0, width, height),
                Mask.rectangle(G, 0, height, width, height),
                Mask.rectangle(G, width, height, width, height));
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"FULL", "TIED"})
    void greyPicturesAreRecognisedFromThemselvesAndFromEveryQuarter(Layout layout) {
        try (PatternStore store = filled("store", StoreOptions.DEFAULT.withLayout(layout), pictures)) {
            for (int i = 0; i < PICTURES; i++) {
                Recall whole = store.recall(Cue.bipolar(pictures.get(i)));
                assertEquals("RECOGNISED k" + i, whole.verdict() + " " + whole.key());
                assertEquals(1, whole.agreement());
                assertEquals(1, whole.contrast());
                for (Mask quarter : quarters()) {
                    Recall part = store.recall(Cue.bipolar(pictures.get(i), quarter));
                    assertEquals("RECOGNISED k" + i, part.verdict() + " " + part.key());
                }
            }
        }
    }

    @Test
    void noiseOnAGreyPictureIsTakenForNoise() {
        Random random = new Random(3);
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, pictures)) {
            for (int i = 0; i < PICTURES; i++) {
                float[] values = pictures.get(i).values();
                for (int j = 0; j < values.length; j++) {
                    values[j] += (float) (0.05 * random.nextGaussian());
                }
                Recall noisy = store.recall(
                        Cue.bipolar(Pattern.of(G, values), quarters().get(i % 4)));
                assertEquals("RECOGNISED k" + i, noisy.verdict() + " " + noisy.key());
                assertTrue(noisy.agreement() > 0.99 && noisy.agreement() < 1, noisy::toString);
            }
        }
    }

    @Test
    void ofThreeContrastsOfOnePictureTheOneThatIsShownAnswers() {
        List<Pattern> patterns = new ArrayList<>(pictures);
        for (double contrast : new double[] {0.3, 0.6, 1}) {
            patterns.add(GreyPictures.faded(GreyPictures.landscape(G, 99), contrast));
        }
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            for (int i = PICTURES; i < patterns.size(); i++) {
                for (Mask visible : quarters()) {
                    Recall recall = store.recall(Cue.bipolar(patterns.get(i), visible));
                    assertEquals("RECOGNISED k" + i, recall.verdict() + " " + recall.key());
                }
            }
            Pattern between = GreyPictures.faded(GreyPictures.landscape(G, 99), 0.45);
            assertEquals(Verdict.UNKNOWN, store.recall(Cue.bipolar(between)).verdict(), "half way between two of them");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, PICTURES})
    void aPalePictureThatWasNeverStoredIsUnknown(int stored) {
        List<Pattern> patterns = new ArrayList<>(pictures.subList(0, stored));
        patterns.add(GreyPictures.faded(GreyPictures.landscape(G, 77), 0.1));
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            assertEquals(
                    "k" + stored,
                    store.recall(Cue.bipolar(patterns.get(stored))).key());
            for (int i = 100; i < 200; i++) {
                for (double contrast : new double[] {0, 0.05, 0.1, 0.2, 0.5, 1}) {
                    Pattern stranger = GreyPictures.faded(GreyPictures.landscape(G, i), contrast);
                    Recall recall = store.recall(Cue.bipolar(stranger));
                    assertEquals(Verdict.UNKNOWN, recall.verdict(), () -> contrast + " " + recall);
                }
            }
            Recall pale = store.recall(Cue.bipolar(GreyPictures.faded(GreyPictures.landscape(G, 100), 0.1)));
            assertTrue(pale.agreement() > 0.99, "it differs little from the pale one: " + pale);
        }
    }

    @Test
    void picturesThatAreTheSameWhereOneLooksAreAmbiguous() {
        float[] values = pictures.get(5).values();
        values[G.index(40, 35)] += 0.25f;
        List<Pattern> patterns = new ArrayList<>(pictures);
        patterns.add(Pattern.of(G, values));
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            Recall same = store.recall(
                    Cue.bipolar(pictures.get(5), quarters().get(0)), RecallOptions.DEFAULT.withCandidates(3));
            assertEquals(Verdict.AMBIGUOUS, same.verdict());
            assertEquals(
                    List.of("k5", "k24"),
                    same.candidates().stream().limit(2).map(Candidate::key).toList());
            assertTrue(same.judgement().rivals().get(0).isTwin());
            for (int shown : new int[] {5, PICTURES}) {
                Recall whole = store.recall(Cue.bipolar(patterns.get(shown)));
                assertEquals("RECOGNISED k" + shown, whole.verdict() + " " + whole.key());
            }
        }
    }

    @Test
    void greyAndBlackAndWhiteNeuronsAreRankedByOneRule() {
        Pattern black = Patterns.random(G, 1);
        Pattern soft = Patterns.blended(black, Patterns.all(G, 0.5f), 0.2); // every pixel is off by 0.1
        Pattern off = Patterns.flipped(black, 0.02, 2);
        List<Pattern> patterns = new ArrayList<>(List.of(off, soft, black));
        for (int i = 0; i < 9; i++) {
            patterns.add(i % 2 == 0 ? Patterns.random(G, 10 + i) : pictures.get(i));
        }
        double flipped = 0;
        for (int j = 0; j < G.pixels(); j++) {
            flipped += Math.abs(off.values()[j] - black.values()[j]);
        }
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            for (RecallPath path : RecallPath.values()) {
                RecallOptions options = RecallOptions.DEFAULT.withCandidates(3).withPath(path);
                List<Candidate> found =
                        store.recall(Cue.bipolar(black), options).candidates();
                assertEquals(
                        List.of("k2", "k1", "k0"),
                        found.stream().map(Candidate::key).toList());
                assertEquals(0.99, found.get(1).agreement(), 1e-6);
                assertEquals(1 - flipped / G.pixels(), found.get(2).agreement());
                Recall grey = store.recall(Cue.bipolar(soft), options);
                assertEquals("RECOGNISED k1", grey.verdict() + " " + grey.key());
                assertEquals(1, grey.contrast());
            }
        }
    }

    @Test
    void aFewGreyNeuronsAmongManyWinAndRivalAlikeOnEveryPath() {
        Pattern black = Patterns.random(G, 1);
        Pattern other = Patterns.random(G, 2);
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            patterns.add(Patterns.random(G, 10 + i));
        }
        patterns.set(100, Patterns.blended(black, Patterns.all(G, 0.5f), 0.2));
        patterns.set(150, Patterns.flipped(black, 0.05, 3));
        patterns.set(160, other);
        patterns.set(161, Patterns.blended(other, Patterns.all(G, 0.5f), 0.2));
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            Recall won = assertPathsAgree(store, Cue.bipolar(black));
            assertEquals("RECOGNISED k100", won.verdict() + " " + won.key());
            Recall rivalled = assertPathsAgree(store, Cue.bipolar(Patterns.flipped(other, 0.02, 4)));
            assertEquals("k160", rivalled.key());
            assertTrue(rivalled.contrast() < 0.9, "the grey one is a rival: " + rivalled);
            Recall twins = assertPathsAgree(store, Cue.bipolar(other, Mask.rectangle(G, 0, 0, 1, 1)));
            assertEquals(Verdict.AMBIGUOUS, twins.verdict());
        }
    }

    /** The answer, once all ways to get it give the same. */
    private static Recall assertPathsAgree(PatternStore store, Cue cue) {
        Recall stripes = store.recall(cue, RecallOptions.DEFAULT.withPath(RecallPath.STRIPES));
        for (RecallPath path : RecallPath.values()) {
            RecallOptions options = RecallOptions.DEFAULT.withPath(path);
            assertEquals(stripes, store.recall(cue, options), path.name());
            assertEquals(List.of(stripes, stripes), store.recallAll(List.of(cue, cue), options), path.name());
        }
        return stripes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9 1 1 1", "1.7 0.3 1 1", "0.3 0.0001 1 40", "1 0.0001 1 3"})
    void underEveryRuleAPictureIsAtNoDistanceFromItself(String constants) {
        String[] numbers = constants.split(" ", -1);
        LearningRule rule = new LearningRule(
                Float.parseFloat(numbers[0]),
                Float.parseFloat(numbers[1]),
                Float.parseFloat(numbers[2]),
                Integer.parseInt(numbers[3]));
        List<Recall> answers = new ArrayList<>();
        for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
            StoreOptions options = StoreOptions.DEFAULT.withRule(rule).withLayout(layout);
            try (PatternStore store = filled(layout.name(), options, pictures)) {
                for (int i = 0; i < PICTURES; i++) {
                    Recall recall =
                            store.recall(Cue.bipolar(pictures.get(i)), RecallOptions.DEFAULT.withCandidates(PICTURES));
                    Candidate self = recall.candidates().stream()
                            .filter(candidate -> candidate.agreement() == 1)
                            .findFirst()
                            .orElseThrow();
                    assertEquals("k" + i, self.key());
                    if (rule.steps() == 1) {
                        assertEquals("RECOGNISED k" + i, recall.verdict() + " " + recall.key());
                    }
                    answers.add(recall);
                }
            }
        }
        assertEquals(answers.subList(0, PICTURES), answers.subList(PICTURES, 2 * PICTURES));
    }

    @Test
    void theResponseIsThatOfItsEquation() {
        LearningRule rule = new LearningRule(0.8f, 0.5f, 1, 1);
        Mask visible = Patterns.mask(G, 0.4, 6);
        float[] y = pictures.get(3).values();
        try (PatternStore store = filled("store", StoreOptions.DEFAULT.withRule(rule), pictures)) {
            float[] found = store.network().responses(Cue.bipolar(pictures.get(3), visible));
            for (int i = 0; i < PICTURES; i++) {
                float[] d = pictures.get(i).values();
                double expected = 0;
                for (int j = 0; j < d.length; j++) {
                    expected += visible.isVisible(j) ? 0.5 * 0.8 * d[j] * (2.0 * y[j] - d[j]) : 0;
                }
                assertEquals(expected, found[i], 1e-4 * G.pixels() / 100);
            }
        }
    }

    @Test
    void aPlainCueIsOnlyRecognisedFromWhatIsPlainThere() {
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, pictures)) {
            store.memorize("plain", Patterns.all(G, 0.5f));
            assertEquals(
                    "plain",
                    store.recall(Cue.bipolar(Patterns.all(G, 0.5f)))
                            .recognised()
                            .orElseThrow()
                            .key());
            Recall near = store.recall(Cue.bipolar(Patterns.all(G, 0.501f)));
            assertEquals(Verdict.UNKNOWN, near.verdict());
            assertEquals(
                    1,
                    near.judgement().criteria().stream()
                            .filter(criterion -> criterion.measure() == Measure.DISAGREEMENT)
                            .findFirst()
                            .orElseThrow()
                            .value(),
                    "a plain cue says nothing that a neuron could explain");
        }
    }

    @Test
    void ofTwoLookAlikesTheOneThatIsShownWithNoiseAnswersOrNone() {
        List<Pattern> patterns = new ArrayList<>(pictures);
        float[] alike = pictures.get(0).values();
        for (int j = 0; j < alike.length; j++) {
            alike[j] += j % 2 == 0 ? 1e-5f : -1e-5f;
        }
        patterns.add(Pattern.of(G, alike));
        Random random = new Random(8);
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            for (int trial = 0; trial < 600; trial++) {
                int shown = trial % 2 == 0 ? 0 : PICTURES;
                float[] values = patterns.get(shown).values();
                for (int j = 0; j < values.length; j++) {
                    values[j] += (float) (0.04 * random.nextGaussian());
                }
                Recall recall = store.recall(Cue.bipolar(Pattern.of(G, values)));
                double[] distances = {0, 0};
                for (int j = 0; j < values.length; j++) {
                    distances[0] +=
                            Math.pow((double) values[j] - patterns.get(0).values()[j], 2);
                    distances[1] += Math.pow((double) values[j] - alike[j], 2);
                }
                String nearest = distances[0] < distances[1] ? "k0" : "k" + PICTURES;
                recall.recognised().ifPresent(winner -> assertEquals(nearest, winner.key()));
            }
        }
    }

    /** Their squared differences are too small for floats. */
    @ParameterizedTest
    @ValueSource(floats = {1e-18f, 1e-22f, 1e-23f, 1e-25f, 1e-30f, 1e-38f})
    void aStrangerOfVerySmallValuesIsUnknown(float scale) {
        List<Pattern> patterns = new ArrayList<>(pictures);
        patterns.add(scaled(GreyPictures.landscape(G, 77), scale));
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, patterns)) {
            Recall own = store.recall(Cue.bipolar(patterns.get(PICTURES)));
            assertEquals("RECOGNISED k" + PICTURES, own.verdict() + " " + own.key());
            for (int i = 100; i < 120; i++) {
                Pattern stranger = scaled(GreyPictures.landscape(G, i), scale);
                Recall recall = store.recall(Cue.bipolar(stranger));
                assertEquals(Verdict.UNKNOWN, recall.verdict(), recall::toString);
            }
            assertEquals(
                    Verdict.UNKNOWN,
                    store.recall(Cue.bipolar(Patterns.all(G, 0))).verdict(),
                    "black is not the very dark one");
        }
    }

    private static Pattern scaled(Pattern pattern, float scale) {
        float[] values = pattern.values();
        for (int j = 0; j < values.length; j++) {
            values[j] *= scale;
        }
        return Pattern.of(pattern.geometry(), values);
    }

    @Test
    void aPatternThatNoCueCanShowIsNotStored() {
        float[] values = pictures.get(0).values();
        values[G.index(7, 2)] = 3e38f;
        Pattern tooLarge = Pattern.of(G, values);
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, pictures)) {
            for (Executable storing : List.<Executable>of(
                    () -> store.memorize("large", tooLarge),
                    () -> store.put("large", tooLarge),
                    () -> store.memorizeAll(List.of(Map.entry("large", tooLarge))))) {
                assertEquals(
                        "pattern value is too large: pixel (7, 2) is 3.0E38; scale it down",
                        assertThrows(EngramException.InvalidPattern.class, storing)
                                .getMessage());
            }
            assertEquals(PICTURES, store.size());
            store.warmUp();
        }
    }

    @Test
    void moreThreadsThanThereAreChunksTakeNoMoreMemory() {
        try (PatternStore store = filled("store", StoreOptions.DEFAULT, pictures)) {
            for (int threads : new int[] {2, 1_000_000, Integer.MAX_VALUE}) {
                RecallOptions parallel = RecallOptions.DEFAULT.inParallel(Runnable::run, threads);
                List<Cue> cues = pictures.stream().map(Cue::bipolar).toList();
                assertEquals(store.recallAll(cues), store.recallAll(cues, parallel));
                List<Cue> unipolar = pictures.stream().map(Cue::unipolar).toList();
                assertEquals(store.recallAll(unipolar), store.recallAll(unipolar, parallel));
                assertEquals(store.recall(cues.get(3)), store.recall(cues.get(3), parallel));
                assertEquals(store.recall(unipolar.get(3)), store.recall(unipolar.get(3), parallel));
            }
        }
        assertThrows(NullPointerException.class, () -> RecallOptions.DEFAULT.inParallel(null, 2));
        assertThrows(NullPointerException.class, () -> Cue.of(pictures.get(0), Mask.all(G), null));
    }
}
