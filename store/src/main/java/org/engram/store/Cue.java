package org.engram.store;

/**
 * What the R-Net is shown to recall from: a pattern, some of its pixels perhaps hidden, coded as one vote a pixel.
 * Equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable, safe for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}; a hidden one votes 0
 * and 1. The pixels whose vote is not 0 are the voters: all visible pixels of a black and white bipolar cue, the white
 * and the hidden pixels of a unipolar one.
 */
public final class Cue {

    private final Geometry geometry;
    private final Coding coding;
    private final float[] votes;
    private final boolean blackAndWhite;
    private final int voters;
    private final int positives;

    private Cue(Geometry geometry, Coding coding, float[] votes, boolean blackAndWhite) {
        this.geometry = geometry;
        this.coding = coding;
        this.votes = votes;
        this.blackAndWhite = blackAndWhite;
        int voting = 0;
        int positive = 0;
        for (float vote : votes) {
            voting += vote != 0 ? 1 : 0;
            positive += vote > 0 ? 1 : 0;
        }
        this.voters = voting;
        this.positives = positive;
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
        float[] values = shown.array();
        float[] votes = new float[StripeLayout.paddedFloats(geometry)];
        float hidden = coding == Coding.BIPOLAR ? 0 : 1;
        for (int j = 0; j < values.length; j++) {
            if (!visible.isVisible(j)) {
                votes[j] = hidden;
            } else {
                votes[j] = coding == Coding.BIPOLAR ? 2 * values[j] - 1 : values[j];
            }
            if (!Float.isFinite(votes[j])) {
                throw new EngramException.InvalidPattern("cue value is too large: pixel (%d, %d) is %s; scale it down"
                        .formatted(j % geometry.width(), j / geometry.width(), values[j]));
            }
        }
        return new Cue(geometry, coding, votes, shown.isBlackAndWhite());
    }

    /**
     * A stripe as the cue that would agree with it on every voter of this one: +1 where the weight is positive, -1
     * elsewhere, 0 where this cue does not vote.
     */
    Cue likeStripe(float[] stripe) {
        float[] like = new float[votes.length];
        for (int j = 0; j < geometry.pixels(); j++) {
            if (votes[j] != 0) {
                like[j] = stripe[j] > 0 ? 1 : -1;
            }
        }
        return new Cue(geometry, Coding.BIPOLAR, like, true);
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

    /** Whether every vote is -1, 0 or +1. */
    boolean isBlackAndWhite() {
        return blackAndWhite;
    }

    /** The votes, padded with zeros to the length of a stripe, for this package, which must not change them. */
    float[] votes() {
        return votes;
    }

    /** The value of the pixel behind vote j. */
    float shown(int j) {
        return coding == Coding.BIPOLAR ? (votes[j] + 1) / 2 : votes[j];
    }
}
