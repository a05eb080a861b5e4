package org.engram.store.internal.care;

import org.engram.store.LearningRule;
import org.engram.store.internal.kernel.ScalarKernel;

/**
 * Equation (6) as it was run in format 1.0 at first: every step adds to every weight of v, and every addition rounds. With
 * more than one step v is then g w but for its last digits, and stores that hold such weights are as good as any.
 */
final class StepwiseLearner {

    private StepwiseLearner() {}

    /** The weights v that come of weights w, padded with zeros as they are. */
    static float[] v(LearningRule rule, float[] w) {
        float[] v = new float[w.length];
        for (int step = 0; step < rule.steps(); step++) {
            float change = rule.epsV() * (rule.theta() - ScalarKernel.respond(v, w));
            for (int j = 0; j < v.length; j++) {
                v[j] += change * w[j];
            }
        }
        return v;
    }

    /** What v becomes where w has the weight of a white pixel, be there one or not. */
    static float gain(LearningRule rule, float[] w, float white) {
        for (int j = 0; j < w.length; j++) {
            if (w[j] == white) {
                return v(rule, w)[j];
            }
        }
        float gain = 0;
        for (int step = 0; step < rule.steps(); step++) {
            gain += rule.epsV() * rule.theta() * white;
        }
        return gain;
    }
}
