package org.engram.store;

import java.util.Arrays;
import java.util.Objects;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.recall.Votes;

/**
 * What the R-Net is shown to recall from: a pattern, some of its pixels perhaps hidden, coded as one vote a pixel.
 * Equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable, safe for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}; a hidden one votes 0
 * and 1. The voters are all visible pixels of a bipolar cue, and the pixels of a unipolar one whose vote is not 0: the
 * white and the hidden ones, if it is two-valued. A pixel that the pattern does not know is hidden.
 *
 * <p>For a bipolar cue of values y the response is {@code q_i = sum_j v_ij (2 y_j - d_ij)} over the voters j, where d_i is
 * the pattern that neuron i was taught. With d of zeros and ones that is the equation above. For real values it is
 * {@code q_i = gain (|y|^2 - sum_j (y_j - d_ij)^2)} with the gain of the learning rule, 1 for the paper's: the neuron
 * whose pattern is nearest to what is visible responds most. It is computed from the weights w alone, as d = w / W with
 * the weight W of a white pixel, in every layout. Rules of one step give all neurons one gain, and rank them by distance
 * even where floats cannot tell the responses apart. Rules of more steps give each neuron a gain of its own, and rank by q.
 */
public final class Cue {

    private final Votes votes;

    private Cue(Votes votes) {
        this.votes = votes;
    }

    /** The whole pattern, bipolar: the coding to use unless the paper's is wanted.
     * @param shown the pattern
     * @return the cue */
    public static Cue bipolar(Pattern shown) {
        return of(shown, Mask.all(shown.geometry()), Coding.BIPOLAR);
    }

    /** A part of a pattern, bipolar: hidden pixels do not vote.
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ */
    public static Cue bipolar(Pattern shown, Mask visible) {
        return of(shown, visible, Coding.BIPOLAR);
    }

    /** The whole pattern, in the paper's coding.
     * @param shown the pattern
     * @return the cue */
    public static Cue unipolar(Pattern shown) {
        return of(shown, Mask.all(shown.geometry()), Coding.UNIPOLAR);
    }

    /** A part of a pattern, in the paper's coding: hidden pixels are painted white.
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ */
    public static Cue unipolar(Pattern shown, Mask visible) {
        return of(shown, visible, Coding.UNIPOLAR);
    }

    /** A part of a pattern in either coding.
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @param coding how its pixels vote
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ
     * @throws EngramException.InvalidPattern if a visible value is too large to vote with */
    public static Cue of(Pattern shown, Mask visible, Coding coding) {
        Geometry geometry = shown.geometry();
        if (!geometry.equals(visible.geometry())) {
            throw new EngramException.WrongGeometry(
                    Diagnosis.of("mask does not fit the cue").expected(geometry, visible.geometry()));
        }
        Objects.requireNonNull(coding, "coding");
        PixelBits seen = shown.picture() instanceof Picture.TwoValued two && two.known() != null
                ? visible.pixelBits().and(two.known())
                : visible.pixelBits();
        return new Cue(Votes.of(geometry, shown.picture(), seen, coding));
    }

    /** The shape.
     * @return the geometry */
    public Geometry geometry() {
        return votes.geometry();
    }

    /** How the pixels vote.
     * @return the coding */
    public Coding coding() {
        return votes.coding();
    }

    /** How many pixels vote.
     * @return 0 to {@link Geometry#pixels} */
    public int voters() {
        return votes.voters();
    }

    /** Whether every visible value is 0 or 1.
     * @return true for a black and white cue */
    public boolean isTwoValued() {
        return votes.isTwoValued();
    }

    /** What is shown, so that {@code Cue.of(cue.shown(), cue.visible(), cue.coding())} equals the cue. A unipolar cue shows its
     * hidden pixels as white.
     * @return a pattern, black where nothing is visible */
    public Pattern shown() {
        return Pattern.of(
                geometry(),
                votes.isTwoValued()
                        ? new Picture.TwoValued(votes.positive())
                        : new Picture.RealValued(
                                Arrays.copyOf(votes.shown(), geometry().pixels())));
    }

    /** Which pixels of {@link #shown} are visible.
     * @return the voters of a bipolar cue, everything of a unipolar one */
    public Mask visible() {
        if (coding() == Coding.UNIPOLAR) {
            return Mask.all(geometry());
        }
        if (votes.isTwoValued()) {
            return new Mask(geometry(), votes.mask());
        }
        float[] minus = votes.minus();
        float[] seen = new float[minus.length];
        for (int j = 0; j < seen.length; j++) {
            seen[j] = -minus[j];
        }
        return new Mask(geometry(), PixelBits.of(BitLayout.of(geometry()), seen));
    }

    Votes votes() {
        return votes;
    }

    /** {@return whether the other is a cue of the same shape and coding in which every pixel votes the same} Hidden pixels do
     * not matter, so two equal cues get the same answer.
     * @param other any object */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cue that
                && geometry().equals(that.geometry())
                && coding() == that.coding()
                && voters() == that.voters()
                && votesAsIn(that.votes);
    }

    private boolean votesAsIn(Votes others) {
        if (votes.isTwoValued() || others.isTwoValued()) {
            return votes.isTwoValued() == others.isTwoValued()
                    && votes.positive().equals(others.positive())
                    && votes.mask().equals(others.mask());
        }
        return Arrays.equals(votes.shown(), others.shown()) && Arrays.equals(votes.minus(), others.minus());
    }

    @Override
    public int hashCode() {
        int shown = votes.isTwoValued() ? votes.positive().hashCode() : Arrays.hashCode(votes.shown());
        return Objects.hash(geometry(), coding(), voters(), shown);
    }

    @Override
    public String toString() {
        return "%s cue, %s, %s pixels vote".formatted(coding(), geometry(), voters());
    }
}
