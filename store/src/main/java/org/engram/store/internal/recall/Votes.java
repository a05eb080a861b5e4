package org.engram.store.internal.recall;

import java.util.Objects;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.kernel.ShownValues;
import org.jspecify.annotations.Nullable;

/**
 * How the pixels of a cue vote, equation (4) with the votes c in place of y: {@code q_i = sum_j v_ij c_j}. Immutable,
 * safe for any number of threads.
 *
 * <p>A pixel of value p votes 2p - 1 in {@link Coding#BIPOLAR} and p in {@link Coding#UNIPOLAR}. A hidden pixel votes 0
 * in bipolar coding and 1 in unipolar coding. The voters are the visible pixels in bipolar coding, and the pixels whose
 * vote is not 0 in unipolar coding, which are the white and the hidden ones of a two-valued cue.
 *
 * <p>The votes of a two-valued cue are two sets of pixels: the voters M, and P, the voters that vote for white. Every
 * vote is {@code 2 P - M}. They become floats only when the weights are floats.
 *
 * <p>A bipolar cue is compared by its values, of which the votes tell only half when weights are real-valued:
 * {@code sum_j w_ij (2 y_j - w_ij) = |y|^2 - sum_j (y_j - w_ij)^2} over the voters j.
 */
public final class Votes {

    private static final String REAL_VALUED = "cue is real-valued and has no planes";

    private final Geometry geometry;
    private final Coding coding;
    /** P. It is null when the votes are real-valued, and so are the next two fields. */
    private final @Nullable PixelBits positive;

    private final @Nullable PixelBits mask;
    private final @Nullable Shown bits;
    private final int voters;
    private final int positives;
    private final double square;
    /** The floats of a two-valued cue are made on first use. Two threads may make them at once, but make the same. */
    private volatile float @Nullable [] floats;
    /** The same holds for these. */
    private volatile @Nullable ShownValues values;

    private Votes(Geometry geometry, Coding coding, float[] floats, ShownValues values) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = null;
        this.mask = null;
        this.bits = null;
        int voting = 0;
        int forWhite = 0;
        for (int j = 0; j < floats.length; j++) {
            voting += values.minus()[j] != 0 ? 1 : 0;
            forWhite += floats[j] > 0 ? 1 : 0;
        }
        this.voters = voting;
        this.positives = forWhite;
        double sum = 0;
        for (float value : values.values()) {
            sum += (double) value * value;
        }
        this.square = sum;
        this.floats = floats;
        this.values = values;
    }

    private Votes(Geometry geometry, Coding coding, PixelBits positive, PixelBits mask) {
        this.geometry = geometry;
        this.coding = coding;
        this.positive = positive;
        this.mask = mask;
        this.bits = new Shown(positive.words(), mask.words());
        this.voters = mask.count();
        this.positives = positive.count();
        this.square = positives;
    }

    /** The votes of a picture. A visible value that is too large to vote with throws InvalidPattern. */
    public static Votes of(Geometry geometry, Picture shown, PixelBits visible, Coding coding) {
        return switch (shown) {
            case Picture.TwoValued twoValued -> ofBits(geometry, twoValued.white(), visible, coding);
            case Picture.RealValued(float[] values) ->
                isTwoValued(values, visible)
                        ? ofBits(geometry, PixelBits.of(visible.layout(), values), visible, coding)
                        : ofValues(geometry, values, visible, coding);
        };
    }

    /** Hidden values must not matter, not even for what kind of cue it is. */
    private static boolean isTwoValued(float[] values, PixelBits visible) {
        float[] seen = new float[values.length];
        visible.expand(1, seen);
        for (int j = 0; j < values.length; j++) {
            if (seen[j] != 0 && values[j] != 0 && values[j] != 1) {
                return false;
            }
        }
        return true;
    }

    private static Votes ofBits(Geometry geometry, PixelBits white, PixelBits visible, Coding coding) {
        if (coding == Coding.BIPOLAR) {
            return new Votes(geometry, coding, white.and(visible), visible);
        }
        PixelBits painted = white.or(visible.not());
        return new Votes(geometry, coding, painted, painted);
    }

    private static Votes ofValues(Geometry geometry, float[] values, PixelBits visible, Coding coding) {
        float[] votes = new float[StripeLayout.paddedFloats(geometry)];
        float[] shown = new float[votes.length];
        float[] minus = new float[votes.length];
        float[] seen = new float[values.length];
        visible.expand(1, seen);
        boolean bipolar = coding == Coding.BIPOLAR;
        for (int j = 0; j < values.length; j++) {
            float vote = bipolar ? 2 * values[j] - 1 : values[j];
            votes[j] = seen[j] != 0 ? vote : bipolar ? 0 : 1;
            if (!Float.isFinite(votes[j])) {
                throw tooLarge("cue", geometry, j, values[j]);
            }
            boolean votesAtAll = bipolar ? seen[j] != 0 : votes[j] != 0;
            shown[j] = !votesAtAll ? 0 : bipolar ? values[j] : votes[j];
            minus[j] = votesAtAll ? -1 : 0;
        }
        return new Votes(geometry, coding, votes, new ShownValues(shown, minus));
    }

    /** Refuses values that no cue of them could vote with. */
    public static void requireInRange(String what, Geometry geometry, float[] values) {
        for (int j = 0; j < values.length; j++) {
            if (!Float.isFinite(2 * values[j] - 1)) {
                throw tooLarge(what, geometry, j, values[j]);
            }
        }
    }

    private static EngramException tooLarge(String what, Geometry geometry, int pixel, float value) {
        return new EngramException.InvalidPattern(Diagnosis.of(what + " value is too large")
                .found("pixel (%s, %s) is %s".formatted(pixel % geometry.width(), pixel / geometry.width(), value))
                .remedy("scale it down"));
    }

    /**
     * The votes that agree with a pattern on every voter of these votes, which must be two-valued. A voter votes +1
     * where the pattern is white and -1 where it is black.
     */
    public Votes like(PixelBits pattern) {
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

    /** The share of the pixels that vote, 0 to 1. */
    double visible() {
        return (double) voters / geometry.pixels();
    }

    /** Whether a winner among so many live neurons has a crowd of rivals. */
    boolean isInCrowd(long live) {
        return Criteria.isCrowd(live, visible());
    }

    /** The number of pixels whose vote is above 0. */
    public int positives() {
        return positives;
    }

    /** Whether all visible values are 0 or 1, so that the cue has P and M. Then every vote is -1, 0 or +1. */
    public boolean isTwoValued() {
        return bits != null;
    }

    /** P, for a two-valued cue only. */
    public PixelBits positive() {
        return Objects.requireNonNull(positive, REAL_VALUED);
    }

    /** M, for a two-valued cue only. */
    public PixelBits mask() {
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
            positive().expand(2, made);
            mask().expand(1, voting);
            for (int j = 0; j < voting.length; j++) {
                made[j] -= voting[j];
            }
            floats = made;
        }
        return made;
    }

    /** The values of the voters, 0 for all other pixels and up to the length of a stripe. They must not be changed. */
    public float[] shown() {
        return values().values();
    }

    /** -1 for the voters, 0 for all other pixels and up to the length of a stripe. They must not be changed. */
    public float[] minus() {
        return values().minus();
    }

    /** Both, as a kernel takes them. */
    ShownValues values() {
        ShownValues made = values;
        if (made == null) {
            float[] shown = new float[StripeLayout.paddedFloats(geometry)];
            float[] minus = new float[shown.length];
            positive().expand(1, shown);
            mask().expand(1, minus);
            for (int j = 0; j < minus.length; j++) {
                minus[j] = minus[j] == 0 ? 0 : -1;
            }
            made = new ShownValues(shown, minus);
            values = made;
        }
        return made;
    }

    /** {@code 1 - d_i}, never below 0, of a neuron of this deficit; 0 when nothing votes. */
    double agreement(double deficit) {
        return voters == 0 ? 0 : Math.max(0, 1 - deficit / voters);
    }

    /** {@code |y|^2}, the sum of the squared values of the voters. For a two-valued cue it is {@link #positives}. */
    double square() {
        return square;
    }

    /** The mean squared difference of the voters from their own mean. Something must vote. */
    double spread() {
        float[] shown = values().values();
        float[] minus = values().minus();
        double sum = 0;
        for (float value : shown) {
            sum += value;
        }
        double mean = sum / voters;
        double squares = 0;
        for (int j = 0; j < shown.length; j++) {
            squares += minus[j] * minus[j] * (shown[j] - mean) * (shown[j] - mean);
        }
        return squares / voters;
    }
}
