package org.engram.store.internal.recall;

import org.engram.store.Criteria;

/**
 * How the winner i stands against its rivals j: the least of {@code (d_j - d_i) / (D_ij (1 - 2 d_i))} over the rivals
 * that differ from the winner. Rivals are added one by one. A rival that does not differ is a twin. All counts are
 * numbers of voters.
 *
 * <p>The factor {@code 1 - 2 d_i} belongs to flipped pixels. It is left out where the cue, the winner or the rival is
 * real-valued, and the counts are sums of squared differences there. Not safe for threads.
 */
final class Contrast {

    /** Saves the division for rivals that cannot lower the contrast, with room for rounding. */
    private static final double NEARLY = 1 + 1e-9;

    /** The same for deficits that are sums of floats. */
    private static final double ROUNDING = 1e-3;

    /**
     * A neuron beyond {@link Criteria#RIVAL_FACTOR} has a contrast of 0.5 at least. So has one beyond its square where differences
     * are squared: the distance is at most {@code (sqrt d_i + sqrt d_j)^2} there, so that the contrast is at least
     * {@code (sqrt d_j - sqrt d_i) / (sqrt d_j + sqrt d_i)}.
     */
    private static final int SQUARED = Criteria.RIVAL_FACTOR * Criteria.RIVAL_FACTOR;

    private int factor;

    private double ofWinner;
    /** {@code 1 - 2 d_i} */
    private double share;

    private double least;
    private boolean twin;
    private boolean defined;

    /** Begins for a winner of this deficit, in a crowd or not: {@link Criteria#isCrowd}. */
    void begin(double deficit, int voters, boolean crowd) {
        factor = crowd ? Criteria.RIVAL_FACTOR : Criteria.RIVAL_FACTOR_AMONG_FEW;
        ofWinner = deficit;
        share = 1 - 2 * deficit / voters;
        least = 1;
        twin = false;
        defined = true;
    }

    /** There is no contrast when nothing votes, or when the cue is unipolar and not all is two-valued. */
    void undefine() {
        defined = false;
        twin = false;
    }

    boolean isDefined() {
        return defined;
    }

    /** Adds a rival of this deficit that differs from the winner on {@code distance} voters. */
    void add(double deficit, double distance) {
        double behind = deficit - ofWinner;
        if (distance == 0) {
            twin = true;
        } else if (share <= 0) {
            least = 0;
        } else if (behind < least * (distance * share) * NEARLY) {
            least = Math.min(least, Math.max(0, behind / (distance * share)));
        }
    }

    /** Adds what was found of the same winner against other rivals. */
    void add(double leastOfOthers, boolean twinOfOthers) {
        least = Math.min(least, leastOfOthers);
        twin |= twinOfOthers;
    }

    /** Adds a rival that is this far behind the winner and differs by {@code distance}, both squared differences. */
    void addReal(double behind, double distance) {
        if (distance == 0) {
            twin = true;
        } else {
            least = Math.min(least, ofReal(behind, distance));
        }
    }

    /** The contrast of one such pair alone, 0 to 1. */
    static double ofReal(double behind, double distance) {
        return distance > 0 && behind > 0 ? Math.min(1, behind / distance) : 0;
    }

    /** Whether a neuron of this deficit is a rival. The pair is counted when the cue and both neurons are two-valued. */
    boolean isRival(double deficit, boolean counted) {
        return deficit <= (counted ? factor : SQUARED) * ofWinner;
    }

    /** The contrast of one neuron alone, 0 to 1. NaN when the neuron is too far behind to be a rival. */
    double to(double deficit, double distance) {
        if (!isRival(deficit, true)) {
            return Double.NaN;
        }
        return distance == 0 || share <= 0 ? 0 : Math.clamp((deficit - ofWinner) / (distance * share), 0.0, 1.0);
    }

    /**
     * Whether a neuron of this deficit is a rival and can still change the result, whatever its distance is. The distance is at most
     * the sum of both deficits. It is 0 only when both deficits are equal.
     */
    boolean canChange(long deficit) {
        double behind = deficit - ofWinner;
        double lowest = share <= 0 ? 0 : behind / ((ofWinner + deficit) * share);
        return isRival((double) deficit, true) && (lowest < least || (behind == 0 && !twin));
    }

    /** The same for squared differences. */
    boolean canChangeReal(double deficit) {
        double nearer = Math.sqrt(ofWinner);
        double further = Math.sqrt(deficit);
        double lowest = deficit <= ofWinner ? 0 : (further - nearer) / (further + nearer) - ROUNDING;
        return isRival(deficit, false) && (lowest < least || (deficit == ofWinner && !twin));
    }

    /** The least contrast over the rivals that differ from the winner, 0 to 1. It is 1 without such rivals. */
    double overOthers() {
        return least;
    }

    boolean hasTwin() {
        return twin;
    }

    /**
     * Whether the winner has a twin. Among few neurons, where no contrast is asked for, a neuron that fits the cue as
     * well as the winner is a twin, too.
     */
    boolean hasTwin(boolean amongFew) {
        return defined && (twin || (amongFew && least == 0));
    }

    /** The contrast that a recall reports, 0 to 1. It is 0 with a twin, and NaN when it is undefined. */
    double reported() {
        return !defined ? Double.NaN : twin ? 0 : least;
    }
}
