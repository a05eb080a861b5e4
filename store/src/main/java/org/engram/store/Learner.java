package org.engram.store;

import java.util.Arrays;

/** Turns a pattern into the weights of one new neuron by running the learning equations. Not safe for threads. */
final class Learner {

    private final LearningRule rule;
    private final float[] w;
    private final float[] v;
    private float gain;

    Learner(LearningRule rule, Geometry geometry) {
        this.rule = rule;
        this.w = new float[StripeLayout.paddedFloats(geometry)];
        this.v = new float[w.length];
    }

    /** The stripe that displays the pattern, padded with zeros; overwritten by the next {@link #learn}. */
    float[] w() {
        return w;
    }

    /** The stripe that recognises the pattern, padded with zeros; overwritten by the next {@link #learn}. */
    float[] v() {
        return v;
    }

    /** g, when v takes the two values 0 and g, as it does for a black and white pattern; NaN otherwise. */
    float gain() {
        return gain;
    }

    /**
     * Learns w by equation (2), displays it by equation (1), and learns v from what is displayed by equation (6).
     *
     * @throws EngramException.DivergingRule if the weights would not settle, or are not finite
     */
    void learn(Pattern pattern) {
        float[] d = pattern.array();
        for (int j = 0; j < d.length; j++) {
            w[j] = learnW(d[j]);
        }
        learnV(w);
        // A black pixel leaves both weights at 0, so a picture without white still has the gain of a white pixel.
        gain = pattern.isBlackAndWhite() ? gainOf(learnW(1), w) : Float.NaN;
        if (pattern.isBlackAndWhite() && !(gain > 0 && Float.isFinite(gain))) {
            throw new EngramException.DivergingRule(
                    "learning rule gives this pattern no weights to tell it by: expected a gain above 0, found %s; change epsV, theta or steps"
                            .formatted(gain));
        }
        for (int j = 0; j < d.length; j++) {
            if (!Float.isFinite(w[j]) || !Float.isFinite(v[j])) {
                throw new EngramException.DivergingRule(
                        "learning rule overflows on this pattern: pixel %d: expected finite weights, found w %s and v %s; scale the pattern down or lower epsV"
                                .formatted(j, w[j], v[j]));
            }
        }
    }

    /** Equation (2) from w = 0, with x = 1. */
    private float learnW(float d) {
        float weight = 0;
        for (int step = 0; step < rule.steps(); step++) {
            float y = weight;
            weight += rule.epsW() * (d - y);
        }
        return weight;
    }

    /** Equation (6) from v = 0, for what w displays with x = 1. */
    private void learnV(float[] y) {
        requireSettling(y);
        Arrays.fill(v, 0);
        for (int step = 0; step < rule.steps(); step++) {
            float change = rule.epsV() * (rule.theta() - ScalarKernel.respond(v, y));
            for (int j = 0; j < v.length; j++) {
                v[j] += change * y[j];
            }
        }
    }

    /** What equation (6) makes of one pixel that displays {@code white} beside the pixels that display y. */
    private float gainOf(float white, float[] y) {
        for (int j = 0; j < y.length; j++) {
            if (y[j] == white) {
                return v[j];
            }
        }
        float weight = 0;
        for (int step = 0; step < rule.steps(); step++) {
            weight += rule.epsV() * rule.theta() * white;
        }
        return weight;
    }

    private void requireSettling(float[] y) {
        double square = 0;
        for (float value : y) {
            square += (double) value * value;
        }
        if (rule.steps() > 1 && rule.epsV() * square >= 2) {
            throw new EngramException.DivergingRule(
                    "learning rule diverges on this pattern: expected epsV |y|^2 below 2, found %s x %s = %s; lower epsV or take one step"
                            .formatted(rule.epsV(), (float) square, (float) (rule.epsV() * square)));
        }
    }
}
