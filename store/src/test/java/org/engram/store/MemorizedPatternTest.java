package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pattern of a neuron is what was memorized, under every rule; what the R-Net displays is another thing. */
class MemorizedPatternTest {

    private static final Geometry G = Patterns.SMALL;
    private static final LearningRule HALF = new LearningRule(0.5f, 1, 1, 1);
    private static final LearningRule THIRD = new LearningRule(0.3f, 0.01f, 2, 1);
    private static final LearningRule STEPS = new LearningRule(0.3f, 1e-9f, 2, 3);
    private static final LearningRule MANY_STEPS = new LearningRule(0.001f, 1e-9f, 1, 500);
    private static final LearningRule WHOLE_STEPS = new LearningRule(1, 1e-9f, 1, 5);
    private static final LearningRule BEYOND = new LearningRule(1.7f, 1e-9f, 1, 4);

    @TempDir
    Path temp;

    private PatternStore create(LearningRule rule, Layout layout) {
        return PatternStore.create(
                temp.resolve(rule + " " + layout),
                StoreOptions.DEFAULT.withGeometry(G).withRule(rule).withLayout(layout));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aTwoValuedPatternComesBackUnderEveryRule(Layout layout) {
        for (LearningRule rule : List.of(LearningRule.PAPER, HALF, THIRD, STEPS, MANY_STEPS, WHOLE_STEPS, BEYOND)) {
            try (PatternStore store = create(rule, layout)) {
                List<Pattern> patterns = List.of(Patterns.random(G, 1), Patterns.all(G, 0), Patterns.all(G, 1));
                for (Pattern pattern : patterns) {
                    int neuron = store.put("key", pattern).neuron();
                    assertEquals(pattern, store.pattern("key"), rule.toString());
                    assertEquals(pattern, store.pattern(neuron), rule.toString());
                    assertTrue(store.holds("key", store.pattern("key")), rule.toString());
                }
            }
        }
    }

    @Test
    void aRealValuedPatternComesBackToTheLastDigitWhereTheRuleAllows() {
        for (LearningRule rule : List.of(LearningRule.PAPER, HALF, WHOLE_STEPS)) {
            try (PatternStore store = create(rule, Layout.TIED)) {
                Pattern pattern = Patterns.realValued(G, 3);
                store.memorize("key", pattern);
                assertEquals(pattern, store.pattern("key"), rule.toString());
            }
        }
    }

    @Test
    void aRealValuedPatternComesBackToWithinRoundingElsewhere() {
        for (LearningRule rule : List.of(THIRD, STEPS, MANY_STEPS, BEYOND)) {
            try (PatternStore store = create(rule, Layout.FULL)) {
                Pattern pattern = realValued(7);
                store.memorize("key", pattern);
                Pattern back = store.pattern("key");
                float digits = rule.steps() == 1 ? 2 : 2 + rule.steps();
                for (int j = 0; j < G.pixels(); j++) {
                    float memorized = pattern.values()[j];
                    assertEquals(memorized, back.values()[j], digits * Math.ulp(memorized), rule + ", pixel " + j);
                }
                if (rule.steps() == 1) {
                    assertTrue(store.holds("key", back), () -> "the same weights are learned from it: " + rule);
                }
            }
        }
    }

    private static Pattern realValued(int seed) {
        Random random = new Random(seed);
        float[] values = new float[G.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-3, 3)));
        }
        return Pattern.of(G, values);
    }

    @Test
    void valuesAtTheEndsOfTheFloatsComeBackFiniteAndZerosAsZeros() {
        float tiny = Float.MIN_VALUE;
        float huge = 1e38f;
        Geometry four = new Geometry(2, 2);
        LearningRule faint = new LearningRule(0.3f, 1e-10f, 1e-10f, 1);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(four).withRule(faint);
        try (PatternStore store = PatternStore.create(temp.resolve("ends"), options)) {
            store.memorize("key", Pattern.of(four, 0, tiny, huge, -huge));
            Pattern back = store.pattern("key");
            assertEquals(0, back.value(0, 0));
            assertEquals(0, back.value(1, 0), "its weight was rounded to 0");
            assertEquals(huge, back.value(0, 1), 2 * Math.ulp(huge));
            assertEquals(-huge, back.value(1, 1), 2 * Math.ulp(huge));
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void whatIsDisplayedIsTheWeightsOfTheRule(Layout layout) {
        Pattern pattern = Patterns.random(G, 1);
        try (PatternStore store = create(LearningRule.PAPER, layout)) {
            store.memorize("key", pattern);
            assertEquals(pattern, store.network().displayed(0));
        }
        try (PatternStore store = create(HALF, layout)) {
            store.memorize("key", pattern);
            float[] halves = pattern.values();
            for (int j = 0; j < halves.length; j++) {
                halves[j] /= 2;
            }
            assertEquals(Pattern.of(G, halves), store.network().displayed(0));
            assertEquals(pattern, store.pattern(0));
        }
    }
}
