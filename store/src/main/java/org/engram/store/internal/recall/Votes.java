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
 * How the pixels of a cue vote, equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable,
 * safe for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}. A hidden pixel votes 0
 * in bipolar coding and 1 in unipolar coding. The voters are the pixels whose vote is not 0. For a two-valued cue these
 * are all visible pixels in bipolar coding, and the white and the hidden pixels in unipolar coding.
 *
 * <p>The votes of a two-valued cue are two planes: the voters M, and P, the voters that vote for white. Every vote is
 * {@code 2 P - M}. They become floats only when the weights are floats.
 */
public final class Votes {

    private static final String REAL_VALUED = "cue is real-valued and has no planes";

    private final Geometry geometry;
    private final Coding coding;
    /** P. It is null when the votes are real-valued, and so are the next two fields. */
    private final BitPlane positive;

    private final BitPlane mask;
    private final Shown bits;
    private final int voters;
    private final int positives;
    /** The floats of a two-valued cue are made on first use. Two threads may make them at once, but make the same. */
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

    /** The votes of a picture. A visible value that is too large to vote with throws InvalidPattern. */
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
            float vote = coding == Coding.BIPOLAR ? 2 * values[j] - 1 : values[j];
            votes[j] = seen[j] == 0 ? hidden : vote;
            if (!Float.isFinite(votes[j])) {
                throw new EngramException.InvalidPattern(Diagnosis.of("cue value is too large")
                        .found("pixel (%s, %s) is %s".formatted(j % geometry.width(), j / geometry.width(), values[j]))
                        .remedy("scale it down"));
            }
        }
        return new Votes(geometry, coding, votes);
    }

    /**
     * The votes that agree with a pattern on every voter of these votes, which must be two-valued. A voter votes +1
     * where the pattern is white and -1 where it is black.
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

    /** The number of pixels that vote. */
    public int voters() {
        return voters;
    }

    /** The number of pixels whose vote is above 0. */
    public int positives() {
        return positives;
    }

    /** Whether the cue is two-valued and has planes. Then every vote is -1, 0 or +1. */
    public boolean isTwoValued() {
        return mask != null;
    }

    /** P, for a two-valued cue only. */
    public BitPlane positive() {
        return Objects.requireNonNull(positive, REAL_VALUED);
    }

    /** M, for a two-valued cue only. */
    public BitPlane mask() {
        return Objects.requireNonNull(mask, REAL_VALUED);
    }

    /** P and M as a kernel takes them, for a two-valued cue only. */
    Shown bits() {
        return Objects.requireNonNull(bits, REAL_VALUED);
    }

    /** One vote for each pixel, and zeros up to the length of a stripe. The caller must not change them. */
    public float[] floats() {
        float[] made = floats;
        if (made == null) {
            made = new float[StripeLayout.paddedFloats(geometry)];
            float[] voting = new float[geometry.pixels()];
            positive.expand(2, made);
            mask.expand(1, voting);
            for (int j = 0; j < voting.length; j++) {
                made[j] -= voting[j];
            }
            floats = made;
        }
        return made;
    }

    /** The value that makes pixel j vote as it does. */
    public float shown(int j) {
        return coding == Coding.BIPOLAR ? (floats()[j] + 1) / 2 : floats()[j];
    }
}
