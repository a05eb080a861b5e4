package org.engram.store.internal.neurons;

import java.util.Arrays;
import java.util.function.Supplier;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.ScalarKernel;

/**
 * Turns a pattern into the weights of one new neuron by running the learning equations. Equation (6) from v = 0 on one
 * pattern adds a multiple of y at every step, so {@code v = g w} with one factor g a neuron. Not safe for threads.
 */
public final class Learner {

    private static final int CORRECTIONS = 4;
    private static final Picture NOTHING = new Picture.RealValued(new float[0]);

    private final LearningRule rule;
    private final float white;
    private final int floats;
    /** The arrays are made when they are needed: a header may claim any size, and PACKED stores have no weights. */
    private float[] w = {};

    private float[] v = {};
    private Picture picture = NOTHING;
    private boolean hasW;
    private float factor;

    public Learner(LearningRule rule, Geometry geometry) {
        this.rule = rule;
        this.white = weightOfWhite(rule);
        this.floats = StripeLayout.paddedFloats(geometry);
    }

    /** The weight w of a white pixel. */
    public static float weightOfWhite(LearningRule rule) {
        return learnW(rule, 1);
    }

    /** Whether the rule makes both stripes the same, bit for bit, whatever the pattern. */
    static boolean isVLikeW(LearningRule rule) {
        return rule.steps() == 1 && factorOfOneStep(rule) == 1;
    }

    private static float factorOfOneStep(LearningRule rule) {
        return rule.epsV() * rule.theta();
    }

    /** The stripe that displays the pattern, padded with zeros; overwritten by the next pattern. */
    public float[] w() {
        if (!hasW) {
            w = room(w);
            switch (picture) {
                case Picture.TwoValued two -> two.white().expand(white, w);
                case Picture.RealValued(float[] d) -> {
                    for (int j = 0; j < d.length; j++) {
                        w[j] = learnW(rule, d[j]);
                    }
                }
            }
            hasW = true;
        }
        return w;
    }

    /** The stripe that recognises the pattern, padded with zeros; overwritten by the next pattern. */
    float[] v() {
        if (isVLikeW()) {
            return w();
        }
        v = room(v);
        scale(w(), factor, v);
        return v;
    }

    boolean isVLikeW() {
        return factor == 1;
    }

    /** What was learned last; a picture of no pixels before the first. */
    Picture picture() {
        return picture;
    }

    /** The weight v of a white pixel of a two-valued pattern; for any other pattern, g of {@code v = g w}. */
    float gain() {
        return gain(factor, picture.isTwoValued());
    }

    private float gain(float g, boolean twoValued) {
        return twoValued ? g * white : g;
    }

    /** {@code v = g w}. */
    public static void scale(float[] w, float factor, float[] v) {
        for (int j = 0; j < w.length; j++) {
            v[j] = factor * w[j];
        }
    }

    /**
     * Learns w by equation (2), displays it by equation (1), and learns v from what is displayed by equation (6). An error if
     * the weights would not settle, or are not finite.
     */
    public void learn(Picture shown) {
        picture = shown;
        hasW = false;
        // The first step has q = 0 for every pattern, so a single step need not read the pattern.
        factor = rule.steps() == 1 ? factorOfOneStep(rule) : learnFactor(w());
        if (!(gain() > 0 && Float.isFinite(gain()))) {
            throw new EngramException.DivergingRule(
                    Diagnosis.of("learning rule gives no usable weights for this pattern")
                            .expected("a gain above 0", gain())
                            .remedy("change epsV, theta or steps"));
        }
        if (!shown.isTwoValued()) {
            requireFinite(w(), v());
        }
    }

    /**
     * The gain that equation (6) gives to weights w, padded with zeros; an error if it does not settle. A single step does
     * not ask for them.
     */
    public float gain(Supplier<float[]> weights, boolean twoValued) {
        if (rule.steps() == 1) {
            return gain(factorOfOneStep(rule), twoValued);
        }
        return gain(learnFactor(weights.get()), twoValued);
    }

    private float[] room(float[] weights) {
        return weights.length == 0 ? new float[floats] : weights;
    }

    private static void requireFinite(float[] w, float[] v) {
        for (int j = 0; j < w.length; j++) {
            if (!Float.isFinite(w[j]) || !Float.isFinite(v[j])) {
                throw new EngramException.DivergingRule(Diagnosis.of("learning rule overflows on this pattern")
                        .expected("finite weights", "w %s and v %s at pixel %s".formatted(w[j], v[j], j))
                        .remedy("scale the pattern down or lower epsV"));
            }
        }
    }

    /** Equation (2) from w = 0, with x = 1. */
    static float learnW(LearningRule rule, float d) {
        float weight = 0;
        for (int step = 0; step < rule.steps(); step++) {
            float y = weight;
            weight += rule.epsW() * (d - y);
        }
        return weight;
    }

    /**
     * The inverse of equation (2): replaces every weight by the value that it was learned from. Several values may be
     * learned as the same weight; the result is then one of these values, or one beside them.
     */
    public static void unlearnW(LearningRule rule, float[] weights) {
        if (rule.epsW() != 1) { // else w = d, however many steps
            float white = weightOfWhite(rule);
            for (int j = 0; j < weights.length; j++) {
                weights[j] = weights[j] == 0 ? 0 : unlearnW(rule, white, weights[j]);
            }
        }
    }

    /** A weight grows in proportion to the value, except for rounding, which a few corrections take out. */
    private static float unlearnW(LearningRule rule, float white, float weight) {
        float d = finite((double) weight / white);
        for (int correction = 0; correction < CORRECTIONS; correction++) {
            float learned = learnW(rule, d);
            if (learned == weight) {
                break;
            }
            d = finite(d + ((double) weight - learned) / white);
        }
        return d;
    }

    private static float finite(double value) {
        return (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** Runs equation (6) from v = 0 on y, which w displays with x = 1. Returns the factor g of {@code v = g y}. */
    private float learnFactor(float[] y) {
        requireSettling(y);
        v = room(v);
        Arrays.fill(v, 0);
        float g = 0;
        for (int step = 0; step < rule.steps(); step++) {
            g += rule.epsV() * (rule.theta() - ScalarKernel.respond(v, y));
            scale(y, g, v);
        }
        return g;
    }

    private void requireSettling(float[] y) {
        double square = 0;
        for (float value : y) {
            square += (double) value * value;
        }
        if (rule.epsV() * square >= 2) {
            throw new EngramException.DivergingRule(Diagnosis.of("learning rule diverges on this pattern")
                    .expected("epsV |y|^2 below 2", "%s x %s = %s".formatted(rule.epsV(), (float) square, (float)
                                    (rule.epsV() * square)))
                    .remedy("lower epsV or take one step"));
        }
    }
}
