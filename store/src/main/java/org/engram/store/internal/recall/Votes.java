package org.engram.store.internal.recall;

import java.util.Objects;
import org.engram.store.Coding;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.internal.format.BitPlane;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.Shown;

/**
 * How the pixels of a cue vote, equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable, safe
 * for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}. A hidden pixel votes 0
 * in the first and 1 in the second. The pixels whose vote is not 0 are the voters: all visible pixels of a two-valued bipolar cue, the white and the
 * hidden pixels of a unipolar one.
 *
 * <p>The votes of a two-valued cue are two planes, the voters M and those of them that vote for white, P. Every vote is
 * {@code 2 P - M}. They become floats only when the weights are floats.
 */
public final class Votes {

    private static final String REAL_VALUED = "cue is real-valued and has no planes";

    private final Geometry geometry;
    private final Coding coding;
    /** P; null when the votes are real-valued, as are the next two. */
    private final BitPlane positive;

    private final BitPlane mask;
    private final Shown bits;
    private final int voters;
    private final int positives;
    /** The votes of a two-valued cue are made on first use. Two threads may both make them; they make the same. */
    private volatile float[] floats;

    private Votes(Geometry geometry, Coding coding, float[] floats) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = null;
        this.mask = null;
        this.bits = null;
        int voting = 0;
        int forWhite = 0;
        for (float vote : floats) {
            voting += vote != 0 ? 1 : 0;
            forWhite += vote > 0 ? 1 : 0;
        }
        this.voters = voting;
        this.positives = forWhite;
        this.floats = floats;
    }

    private Votes(Geometry geometry, Coding coding, BitPlane positive, BitPlane mask) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = positive;
        this.mask = mask;
        this.bits = new Shown(positive.words(), mask.words());
        this.voters = mask.count();
        this.positives = positive.count();
    }

    /**
     * The votes of a picture of which some pixels are hidden.
     *
     * @param visible the pixels that may be seen
     * @throws EngramException.InvalidPattern if a visible value is too large to vote with
     */
    public static Votes of(Geometry geometry, Picture shown, BitPlane visible, Coding coding) {
        return switch (shown) {
            case Picture.TwoValued twoValued -> ofPlanes(geometry, twoValued.white(), visible, coding);
            case Picture.RealValued realValued -> ofValues(geometry, realValued.values(), visible, coding);
        };
    }

    private static Votes ofPlanes(Geometry geometry, BitPlane white, BitPlane visible, Coding coding) {
        if (coding == Coding.BIPOLAR) {
            return new Votes(geometry, coding, white.and(visible), visible);
        }
        BitPlane painted = white.or(visible.not());
        return new Votes(geometry, coding, painted, painted);
    }

    private static Votes ofValues(Geometry geometry, float[] values, BitPlane visible, Coding coding) {
        float[] votes = new float[StripeLayout.paddedFloats(geometry)];
        float[] seen = new float[values.length];
        visible.expand(1, seen);
        float hidden = coding == Coding.BIPOLAR ? 0 : 1;
        for (int j = 0; j < values.length; j++) {
            if (seen[j] == 0) {
                votes[j] = hidden;
            } else {
                votes[j] = coding == Coding.BIPOLAR ? 2 * values[j] - 1 : values[j];
            }
            if (!Float.isFinite(votes[j])) {
                throw new EngramException.InvalidPattern(Diagnosis.of("cue value is too large")
                        .found("pixel (%d, %d) is %s".formatted(j % geometry.width(), j / geometry.width(), values[j]))
                        .remedy("scale it down"));
            }
        }
        return new Votes(geometry, coding, votes);
    }

    /**
     * The votes that agree with a pattern on every voter of these votes, which must be two-valued: +1 where the pattern is
     * white, -1 where it is black, 0 where these votes have none.
     */
    public Votes like(BitPlane pattern) {
        return new Votes(geometry, Coding.BIPOLAR, pattern.and(mask()), mask());
    }

    public Geometry geometry() {
        return geometry;
    }

    public Coding coding() {
        return coding;
    }

    /** How many pixels vote. */
    public int voters() {
        return voters;
    }

    /** How many pixels vote for white. */
    public int positives() {
        return positives;
    }

    /** Whether every vote is -1, 0 or +1, and there are planes. */
    public boolean isTwoValued() {
        return mask != null;
    }

    /** P, the voters for white, of a two-valued cue. */
    public BitPlane positive() {
        return Objects.requireNonNull(positive, REAL_VALUED);
    }

    /** M, the voters, of a two-valued cue. */
    public BitPlane mask() {
        return Objects.requireNonNull(mask, REAL_VALUED);
    }

    /** P and M as a kernel takes them, of a two-valued cue. */
    Shown bits() {
        return Objects.requireNonNull(bits, REAL_VALUED);
    }

    /** One vote a pixel, padded with zeros to the length of a stripe; the caller must not change them. */
    public float[] floats() {
        float[] made = floats;
        if (made == null) {
            made = floatsOfPlanes();
            floats = made;
        }
        return made;
    }

    private float[] floatsOfPlanes() {
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
    public float shown(int j) {
        return coding == Coding.BIPOLAR ? (floats()[j] + 1) / 2 : floats()[j];
    }
}
