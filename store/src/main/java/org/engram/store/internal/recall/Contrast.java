package org.engram.store.internal.recall;

import java.util.function.IntUnaryOperator;

/**
 * How the winner stands against its rivals, gathered rival by rival: the least of {@code (d_j - d_i) / (D_ij (1 - 2 d_i))}
 * over those that differ from it, and whether one does not. All counts are of voters. Not safe for threads.
 */
final class Contrast {

    /** A neuron that disagrees with more voters than this many times the winner's cannot lower the contrast below 0.5. */
    static final int RIVAL_FACTOR = 3;

    /** Spares the division for rivals that are out of the question, whatever rounds how. */
    private static final double NEARLY = 1 + 1e-9;

    private long ofWinner;
    private double share;
    private double least;
    private boolean twin;
    private boolean defined;

    /** Begins anew for a winner that disagrees with so many of the voters. */
    void begin(long disagreeing, long voters) {
        ofWinner = disagreeing;
        share = 1 - 2.0 * disagreeing / voters;
        least = 1;
        twin = false;
        defined = true;
    }

    /** Says that there is none: the winner or the cue is real-valued, or nothing votes. */
    void undefine() {
        defined = false;
        twin = false;
    }

    boolean isDefined() {
        return defined;
    }

    /**
     * Takes in a rival.
     *
     * @param disagreeing voters that the rival disagrees with
     * @param differing voters on which winner and rival differ
     */
    void add(long disagreeing, long differing) {
        long behind = disagreeing - ofWinner;
        if (differing == 0) {
            twin = true;
        } else if (share <= 0) {
            least = 0;
        } else if (behind < least * (differing * share) * NEARLY) {
            least = Math.min(least, Math.max(0, behind / (differing * share)));
        }
    }

    /** That of one rival alone, 0 to 1; NaN when it is too far behind to be one. */
    double to(long disagreeing, long differing) {
        if (disagreeing > RIVAL_FACTOR * ofWinner) {
            return Double.NaN;
        }
        return differing == 0 || share <= 0 ? 0 : Math.clamp((disagreeing - ofWinner) / (differing * share), 0.0, 1.0);
    }

    /**
     * Whether a rival may still change something, whatever it differs in: by no more voters than winner and rival disagree
     * with together, and in none at all only when both disagree with as many.
     */
    boolean canChange(long disagreeing) {
        long behind = disagreeing - ofWinner;
        double lowest = share <= 0 ? 0 : behind / ((ofWinner + disagreeing) * share);
        return lowest < least || (behind == 0 && !twin);
    }

    /**
     * Takes in the nearest neurons as rivals of the first of them.
     *
     * @param nearest ranked by the negative of how many voters they disagree with
     * @param differing on how many voters the winner and a neuron differ
     * @return false when a neuron that is not among them may still change something
     */
    boolean addNearest(TopNeurons nearest, IntUnaryOperator differing) {
        for (int rank = 1; rank < nearest.size(); rank++) {
            int disagreeing = (int) -nearest.response(rank);
            if (disagreeing > RIVAL_FACTOR * ofWinner) {
                return true;
            }
            if (canChange(disagreeing)) {
                add(disagreeing, differing.applyAsInt(nearest.neuron(rank)));
            }
        }
        return !nearest.isFull() || !canChange((int) -nearest.response(nearest.size() - 1));
    }

    /** The least contrast over rivals that differ from the winner, 0 to 1; 1 without any. */
    double overOthers() {
        return least;
    }

    /** Whether a rival is the same on all voters. */
    boolean hasTwin() {
        return twin;
    }

    /** What a recall reports. */
    double reported() {
        return !defined ? Double.NaN : twin ? 0 : least;
    }
}
