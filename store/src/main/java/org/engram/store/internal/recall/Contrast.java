package org.engram.store.internal.recall;

import java.util.function.IntUnaryOperator;

/**
 * How the winner stands against its rivals. It is the least of {@code (d_j - d_i) / (D_ij (1 - 2 d_i))} over the rivals
 * that differ from the winner, gathered rival by rival. A rival that does not differ is a twin. All counts are of voters.
 * Not safe for threads.
 */
final class Contrast {

    /** A neuron whose deficit is more than this many times the winner's cannot lower the contrast below 0.5. */
    static final int RIVAL_FACTOR = 3;

    /** Spares the division for rivals that are out of the question, however the numbers round. */
    private static final double NEARLY = 1 + 1e-9;

    private long ofWinner;
    private double share;
    private double least;
    private boolean twin;
    private boolean defined;

    /** Begins anew for a winner of this deficit. */
    void begin(long deficit, long voters) {
        ofWinner = deficit;
        share = 1 - 2.0 * deficit / voters;
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
     * @param deficit the rival's
     * @param distance voters on which winner and rival differ
     */
    void add(long deficit, long distance) {
        long behind = deficit - ofWinner;
        if (distance == 0) {
            twin = true;
        } else if (share <= 0) {
            least = 0;
        } else if (behind < least * (distance * share) * NEARLY) {
            least = Math.min(least, Math.max(0, behind / (distance * share)));
        }
    }

    /** The contrast of one rival alone, 0 to 1; NaN when the neuron is too far behind to be a rival. */
    double to(long deficit, long distance) {
        if (deficit > RIVAL_FACTOR * ofWinner) {
            return Double.NaN;
        }
        return distance == 0 || share <= 0 ? 0 : Math.clamp((deficit - ofWinner) / (distance * share), 0.0, 1.0);
    }

    /**
     * Whether a rival of this deficit may still change something, whatever its distance. The distance is at most the sum of
     * both deficits. It is 0 only when both deficits are the same.
     */
    boolean canChange(long deficit) {
        long behind = deficit - ofWinner;
        double lowest = share <= 0 ? 0 : behind / ((ofWinner + deficit) * share);
        return lowest < least || (behind == 0 && !twin);
    }

    /**
     * Takes in the nearest neurons as rivals of the first of them.
     *
     * @param nearest ranked by deficit
     * @param distance on how many voters the winner and a neuron differ
     * @return false when a neuron that is not among them may still change something
     */
    boolean addNearest(TopNeurons nearest, IntUnaryOperator distance) {
        for (int rank = 1; rank < nearest.size(); rank++) {
            int deficit = nearest.deficit(rank);
            if (deficit > RIVAL_FACTOR * ofWinner) {
                return true;
            }
            if (canChange(deficit)) {
                add(deficit, distance.applyAsInt(nearest.neuron(rank)));
            }
        }
        return !nearest.isFull() || !canChange(nearest.deficit(nearest.size() - 1));
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
