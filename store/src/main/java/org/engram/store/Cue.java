package org.engram.store;

import java.util.Objects;

/**
 * What the R-Net is shown to recall from: a pattern, some of its pixels perhaps hidden, coded as one vote a pixel.
 * Equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable, safe for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}; a hidden one votes 0
 * and 1. The pixels whose vote is not 0 are the voters: all visible pixels of a black and white bipolar cue, the white
 * and the hidden pixels of a unipolar one.
 *
 * <p>A black and white cue is two planes, the voters M and those of them that vote for white, P: every vote is
 * {@code 2 P - M}. In floats it is made only when it has to meet weights in floats.
 */
public final class Cue {

    private static final String REAL_VALUED = "cue is real-valued and has no planes";

    private final Geometry geometry;
    private final Coding coding;
    /** P; null when the votes are real-valued, as is M. */
    private final BitPlane positive;

    private final BitPlane mask;
    private final int voters;
    private final int positives;
    /** Two threads may both make the votes of a black and white cue; they make the same. */
    private volatile float[] votes;

    private Cue(Geometry geometry, Coding coding, float[] votes) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = null;
        this.mask = null;
        int voting = 0;
        int forWhite = 0;
        for (float vote : votes) {
            voting += vote != 0 ? 1 : 0;
            forWhite += vote > 0 ? 1 : 0;
        }
        this.voters = voting;
        this.positives = forWhite;
        this.votes = votes;
    }

    private Cue(Geometry geometry, Coding coding, BitPlane positive, BitPlane mask) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = positive;
        this.mask = mask;
        this.voters = mask.count();
        this.positives = positive.count();
    }

    /**
     * The whole pattern, bipolar: the coding to use unless the paper's is wanted.
     *
     * @param shown the pattern
     * @return the cue
     */
    public static Cue bipolar(Pattern shown) {
        return of(shown, Mask.all(shown.geometry()), Coding.BIPOLAR);
    }

    /**
     * A part of a pattern, bipolar: hidden pixels do not vote.
     *
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ
     */
    public static Cue bipolar(Pattern shown, Mask visible) {
        return of(shown, visible, Coding.BIPOLAR);
    }

    /**
     * The whole pattern, in the paper's coding.
     *
     * @param shown the pattern
     * @return the cue
     */
    public static Cue unipolar(Pattern shown) {
        return of(shown, Mask.all(shown.geometry()), Coding.UNIPOLAR);
    }

    /**
     * A part of a pattern, in the paper's coding: hidden pixels are painted white.
     *
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ
     */
    public static Cue unipolar(Pattern shown, Mask visible) {
        return of(shown, visible, Coding.UNIPOLAR);
    }

    /**
     * A part of a pattern in either coding.
     *
     * @param shown the pattern; the values of its hidden pixels do not matter
     * @param visible what may be seen of it
     * @param coding how its pixels vote
     * @return the cue
     * @throws EngramException.WrongGeometry if the shapes differ
     * @throws EngramException.InvalidPattern if a visible value is too large to vote with
     */
    public static Cue of(Pattern shown, Mask visible, Coding coding) {
        Geometry geometry = shown.geometry();
        if (!geometry.equals(visible.geometry())) {
            throw new EngramException.WrongGeometry(
                    "mask does not fit the cue: expected %s, found %s".formatted(geometry, visible.geometry()));
        }
        return shown.isBlackAndWhite() ? ofPlanes(shown, visible, coding) : ofValues(shown, visible, coding);
    }

    private static Cue ofPlanes(Pattern shown, Mask visible, Coding coding) {
        BitPlane seen = visible.plane();
        if (coding == Coding.BIPOLAR) {
            return new Cue(shown.geometry(), coding, shown.plane().and(seen), seen);
        }
        BitPlane painted = shown.plane().or(seen.not());
        return new Cue(shown.geometry(), coding, painted, painted);
    }

    private static Cue ofValues(Pattern shown, Mask visible, Coding coding) {
        Geometry geometry = shown.geometry();
        float[] values = shown.array();
        float[] votes = new float[StripeLayout.paddedFloats(geometry)];
        float[] seen = new float[values.length];
        visible.plane().expand(1, seen);
        float hidden = coding == Coding.BIPOLAR ? 0 : 1;
        for (int j = 0; j < values.length; j++) {
            if (seen[j] == 0) {
                votes[j] = hidden;
            } else {
                votes[j] = coding == Coding.BIPOLAR ? 2 * values[j] - 1 : values[j];
            }
            if (!Float.isFinite(votes[j])) {
                throw new EngramException.InvalidPattern("cue value is too large: pixel (%d, %d) is %s; scale it down"
                        .formatted(j % geometry.width(), j / geometry.width(), values[j]));
            }
        }
        return new Cue(geometry, coding, votes);
    }

    /**
     * A pattern as the cue that would agree with it on every voter of this one, which must be black and white: +1 where
     * the pattern is white, -1 where it is black, 0 where this cue does not vote.
     */
    Cue like(BitPlane pattern) {
        return new Cue(geometry, Coding.BIPOLAR, pattern.and(mask()), mask());
    }

    /**
     * The shape.
     *
     * @return the geometry
     */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * How the pixels vote.
     *
     * @return the coding
     */
    public Coding coding() {
        return coding;
    }

    /**
     * How many pixels vote.
     *
     * @return 0 to {@link Geometry#pixels}
     */
    public int voters() {
        return voters;
    }

    /** How many pixels vote for white. */
    int positives() {
        return positives;
    }

    /** Whether it was made of a black and white pattern: every vote is -1, 0 or +1, and there are planes. */
    boolean isBlackAndWhite() {
        return mask != null;
    }

    /** P, the voters for white, of a black and white cue. */
    BitPlane positive() {
        return Objects.requireNonNull(positive, REAL_VALUED);
    }

    /** M, the voters, of a black and white cue. */
    BitPlane mask() {
        return Objects.requireNonNull(mask, REAL_VALUED);
    }

    /** The votes, padded with zeros to the length of a stripe, for this package, which must not change them. */
    float[] votes() {
        float[] made = votes;
        if (made == null) {
            made = votesOfPlanes();
            votes = made;
        }
        return made;
    }

    private float[] votesOfPlanes() {
        float[] made = new float[StripeLayout.paddedFloats(geometry)];
        float[] voting = new float[geometry.pixels()];
        positive.expand(2, made);
        mask.expand(1, voting);
        for (int j = 0; j < voting.length; j++) {
            made[j] -= voting[j];
        }
        return made;
    }

    /** The value of the pixel behind vote j. */
    float shown(int j) {
        return coding == Coding.BIPOLAR ? (votes()[j] + 1) / 2 : votes()[j];
    }
}
