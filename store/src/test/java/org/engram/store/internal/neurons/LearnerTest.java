package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.engram.store.Doors;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.Pattern;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.kernel.ScalarKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {

    private static final Geometry G = Patterns.SMALL;

    @Test
    void withThePapersConstantsOneStepMakesWThePatternItself() {
        for (int seed = 0; seed < 20; seed++) {
            Pattern d = seed % 2 == 0 ? Patterns.random(G, seed) : Patterns.realValued(G, seed);
            Learner learner = new Learner(LearningRule.PAPER, G);
            learner.learn(Doors.picture(d));
            assertArrayEquals(d.values(), Arrays.copyOf(learner.w(), G.pixels()), "equation (3)");
            assertArrayEquals(d.values(), Arrays.copyOf(learner.v(), G.pixels()), "v = y");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 200})
    void anyRuleGivesTheWeightsOfTheEquationsRunInDoublePrecision(int steps) {
        LearningRule rule = new LearningRule(0.3f, 0.004f, 1.5f, steps);
        for (Pattern d : new Pattern[] {Patterns.random(G, steps), Patterns.realValued(G, steps)}) {
            Learner learner = new Learner(rule, G);
            learner.learn(Doors.picture(d));
            double[] w = new double[G.pixels()];
            double[] v = new double[G.pixels()];
            for (int step = 0; step < steps; step++) {
                for (int j = 0; j < w.length; j++) {
                    w[j] += rule.epsW() * (d.values()[j] - w[j] * 1.0);
                }
            }
            for (int step = 0; step < steps; step++) {
                double q = 0;
                for (int j = 0; j < w.length; j++) {
                    q += v[j] * w[j];
                }
                for (int j = 0; j < w.length; j++) {
                    v[j] += rule.epsV() * (rule.theta() - q) * w[j];
                }
            }
            for (int j = 0; j < w.length; j++) {
                assertEquals(w[j], learner.w()[j], 1e-4, "w " + j);
                assertEquals(v[j], learner.v()[j], 1e-4, "v " + j);
            }
        }
    }

    @Test
    void unlearningFindsAValueThatIsLearnedAsTheWeightOrOneBesideIt() {
        SplittableRandom random = new SplittableRandom(1);
        for (LearningRule rule : List.of(
                LearningRule.PAPER,
                new LearningRule(0.3f, 1, 1, 1),
                new LearningRule(0.01f, 1, 1, 1),
                new LearningRule(0.01f, 1, 1, 3),
                new LearningRule(0.3f, 1, 1, 2),
                new LearningRule(0.7f, 1, 1, 10))) {
            float[] weights = new float[5000];
            for (int j = 1; j < weights.length; j++) {
                weights[j] = Learner.learnW(rule, (float) random.nextDouble(-2, 2));
            }
            float[] values = weights.clone();
            Learner.unlearnW(rule, values);
            int[] beside = {0};
            for (int j = 0; j < weights.length; j++) {
                float learned = Learner.learnW(rule, values[j]);
                assertEquals(weights[j], learned, 4 * Math.ulp(weights[j]), rule + ", value " + values[j]);
                beside[0] += learned == weights[j] ? 0 : 1;
            }
            assertTrue(
                    beside[0] <= weights.length / 50, () -> rule + ": " + beside[0] + " are learned as another weight");
        }
    }

    @Test
    void bothStripesAreTheSameAfterOneStepOfFactorOneAlone() {
        assertTrue(Learner.isVLikeW(LearningRule.PAPER));
        assertTrue(Learner.isVLikeW(new LearningRule(0.3f, 0.5f, 2, 1)));
        assertFalse(Learner.isVLikeW(new LearningRule(1, 1, 1, 2)));
        assertFalse(Learner.isVLikeW(new LearningRule(1, 1, 2, 1)));
        assertFalse(Learner.isVLikeW(new LearningRule(1, 0.5f, 1, 3)));
    }

    @Test
    void manyStepsTrainTheResponseTowardsTheta() {
        LearningRule rule = new LearningRule(1, 0.004f, 1.5f, 500);
        Pattern d = Patterns.random(G, 7);
        Learner learner = new Learner(rule, G);
        learner.learn(Doors.picture(d));
        assertEquals(1.5f, ScalarKernel.respond(learner.v(), learner.w()), 1e-3f);
    }

    @Test
    void theGainIsTheOtherWeightOfTwoOrWhatMakesVOutOfW() {
        Learner learner = new Learner(new LearningRule(0.5f, 0.004f, 2, 3), G);
        learner.learn(Doors.picture(Patterns.random(G, 3)));
        for (float weight : learner.v()) {
            assertTrue(weight == 0 || weight == learner.gain(), "weight " + weight + ", gain " + learner.gain());
        }
        learner.learn(Doors.picture(Patterns.realValued(G, 3)));
        for (int j = 0; j < G.pixels(); j++) {
            assertEquals(learner.gain() * learner.w()[j], learner.v()[j], "v = g w, bit for bit");
        }
    }

    @Test
    void oneStepLearnsVAsItIsWhateverThePatternIs() {
        LearningRule rule = new LearningRule(0.7f, 0.5f, 2, 1);
        for (Pattern d : List.of(Patterns.random(G, 5), Patterns.realValued(G, 5))) {
            Learner learner = new Learner(rule, G);
            learner.learn(Doors.picture(d));
            assertTrue(learner.isVLikeW());
            assertArrayEquals(learner.w(), learner.v());
            assertEquals(d.isTwoValued() ? 0.7f : 1, learner.gain());
        }
    }

    @Test
    void aPictureWithoutWhiteHasTheGainOfTheRule() {
        Learner learner = new Learner(LearningRule.PAPER, G);
        learner.learn(Doors.picture(Patterns.all(G, 0)));
        assertEquals(1, learner.gain());
        learner.learn(Doors.picture(Patterns.all(G, 1)));
        assertEquals(1, learner.gain());
    }

    @Test
    void aRuleThatWouldDivergeIsRefusedForThePatternAndAcceptedForASmallerOne() {
        LearningRule rule = new LearningRule(1, 0.01f, 1, 2);
        Learner learner = new Learner(rule, G);
        EngramException e = assertThrows(
                EngramException.DivergingRule.class, () -> learner.learn(Doors.picture(Patterns.all(G, 1))));
        assertEquals(
                "learning rule diverges on this pattern: expected epsV |y|^2 below 2, found 0.01 x 400.0 = "
                        + "4.0; lower epsV or take one step",
                e.getMessage());
        learner.learn(Doors.picture(Patterns.all(G, 0.5f)));
    }

    @Test
    void weightsThatAreNotFiniteAreRefused() {
        Learner learner = new Learner(new LearningRule(1, 1e30f, 1, 1), G);
        EngramException e = assertThrows(
                EngramException.DivergingRule.class, () -> learner.learn(Doors.picture(Patterns.all(G, 1e30f))));
        assertEquals(
                "learning rule overflows on this pattern: expected finite weights, found w 1.0E30 and v Infinity at pixel 0; "
                        + "scale the pattern down or lower epsV",
                e.getMessage());
    }

    @Test
    void aRuleThatLeavesATwoValuedPatternWithoutAGainIsRefused() {
        Learner infinite = new Learner(new LearningRule(1, 1, 1e38f, 10), G);
        assertNoGain("NaN", infinite, Patterns.all(G, 0));
        Learner large = new Learner(new LearningRule(1, 1e30f, 1e30f, 1), G);
        assertNoGain("Infinity", large, Patterns.all(G, 0));
        assertNoGain("Infinity", large, Patterns.realValued(G, 1));
        Learner none = new Learner(new LearningRule(1, 1e-30f, 1e-30f, 1), G);
        assertNoGain("0.0", none, Patterns.random(G, 1));
        assertNoGain("0.0", none, Patterns.realValued(G, 1));
    }

    @Test
    void aRuleThatRoundsToAGainBelowZeroIsRefusedBecauseNoRecordMayCarryIt() {
        Geometry two = new Geometry(2, 1);
        Learner barely = new Learner(new LearningRule(1, 2.3015714f, 0.46067384f, 2), two);
        assertNoGain("-1.1920929E-7", barely, Pattern.of(two, 0.59633076f, 0.71649224f));
    }

    private static void assertNoGain(String found, Learner learner, Pattern pattern) {
        EngramException e =
                assertThrows(EngramException.DivergingRule.class, () -> learner.learn(Doors.picture(pattern)));
        assertEquals(
                "learning rule gives no usable weights for this pattern: expected a gain above 0, found " + found
                        + "; change epsV, theta or steps",
                e.getMessage());
    }

    @Test
    void constantsOutOfRangeAreRefused() {
        assertRefused("epsW must be a finite number above 0, found 0.0", 0, 1, 1, 1);
        assertRefused("epsW must be a finite number above 0, found NaN", Float.NaN, 1, 1, 1);
        assertRefused("epsV must be a finite number above 0, found -1.0", 1, -1, 1, 1);
        assertRefused("theta must be a finite number above 0, found Infinity", 1, 1, Float.POSITIVE_INFINITY, 1);
        assertRefused("steps must be 1 to 10000, found 0", 1, 1, 1, 0);
        assertRefused("epsW must be below 2 when there is more than one step, found 2.0", 2, 1, 1, 2);
    }

    private static void assertRefused(String fault, float epsW, float epsV, float theta, int steps) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new LearningRule(epsW, epsV, theta, steps));
        assertEquals("learning rule refused: " + fault, e.getMessage());
    }
}
