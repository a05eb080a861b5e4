package org.engram.store;

import java.util.List;

/**
 * Whether a store knew, and why: everything that the verdict of a {@link Recall} rests on. Immutable, safe for any number
 * of threads.
 *
 * <p>With the winner i, any other live neuron j, and all shares taken of the voters of the cue:
 *
 * <pre>{@code
 * d_i   the share in which i disagrees with the cue; its agreement is 1 - d_i
 * D_ij  the share in which i and j differ, their distance
 * c_ij = (d_j - d_i) / (D_ij (1 - 2 d_i)), the contrast of the pair, cut to 0 to 1; 0 when d_i is 0.5 or more
 * }</pre>
 *
 * <p>j is a twin when {@code D_ij = 0}. It is a rival of i when its sketch fits the cue and {@code d_j <= 3 d_i}, or
 * {@code d_j <= 19 d_i} where there is no crowd ({@link Criteria#isCrowd}). A sketch fits if it is one of the 64 that
 * fit best, or fits as well as the 64th, or looks like the best: it then differs from the cue in at most one more in 64
 * visible pixels of the sketch than the best. {@link Mask#ofSketch} has these pixels. Any j with {@code d_j = d_i} is a
 * rival. No other neuron is a rival: a pattern that is like the cue by chance is found among these as well as among
 * all.
 *
 * <p>These shares are mean squared differences where the cue or one of the patterns is real-valued. Such a pair has
 * {@code c_ij = (d_j - d_i) / D_ij}, since the factor {@code 1 - 2 d_i} belongs to flipped pixels. There j is a rival
 * when {@code d_j <= 9 d_i}, whatever its sketch. Such a contrast errs by at most a thousandth, because the sums are
 * rounded to floats. For pairs that are much alike that would be too much, so their sums are made in doubles.
 *
 * <p>A pale picture differs little from any other. So if the cue or the winner is real-valued, DISAGREEMENT and
 * AGREEMENT look at {@code d_i / s} in place of d_i, cut to 1, where s is the variance of the cue over its voters. The
 * quotient is the share of what the cue shows that the winner leaves unexplained. It is 0 if d_i is 0. Which criteria
 * apply:
 *
 * <ul>
 *   <li>none in an empty store, and when nothing votes: the verdict is UNKNOWN;
 *   <li>{@link Measure#THRESHOLD} for a unipolar cue, and for a response beyond the range of a float, which never meets it;
 *       a twin is then a neuron with the winner's response;
 *   <li>{@link Measure#AGREEMENT} for any other cue while fewer than {@value Criteria#COMPANY} neurons live; a neuron of
 *       contrast 0, which fits the cue as well as the winner, is then a twin, too;
 *   <li>{@link Measure#CONTRAST} and {@link Measure#DISAGREEMENT} for any other cue from there on; how much contrast
 *       {@link Criteria#DEFAULT} asks for depends on how many neurons live and how much can be seen, see
 *       {@link Criteria#among}.
 * </ul>
 *
 * <p>The verdict is UNKNOWN when no criterion applies or one is not met, AMBIGUOUS when all are met and the winner has a
 * twin, RECOGNISED when all are met and it has none.
 *
 * <p>In a store with masks, a bipolar cue and a neuron are compared on the pixels that both know: d_i is the share of
 * these pixels in which they differ. Neurons rank by d_i, and at equal d_i by the number of these pixels. A neuron
 * competes when it shares a quarter of the voters with the cue, or 128 of them. A neuron that does not compete ranks
 * behind those that do, and is neither a rival nor company. When none competes, no criterion applies. i and j are
 * compared on the voters that both know. e_ij is the share, of the voters on which they differ, in which the cue speaks
 * for j:
 *
 * <pre>{@code
 * c_ij = (1 - 2 e_ij) / (1 - 2 d_i), cut as above, which is the same when all pixels are known
 * }</pre>
 *
 * <p>Every neuron that competes is a rival there. j is a twin when the two know 128 of the voters or a quarter of them,
 * and differ on none. When they know fewer, they are taken for patterns that differ on half of all pixels. Then D_ij is
 * NaN, {@code c_ij = (d_j - d_i) / (0.5 (1 - 2 d_i))}, and j is a twin when {@code d_j = d_i}.
 *
 * @param criteria what was asked of the winner, in the order above
 * @param hasTwin whether a live neuron fits the cue as well as the winner, named or not
 * @param contrast the least c_ij over all rivals, 0 to 1: 0 with a rival that is the same on all voters, 1 without rivals,
 *     NaN when nothing votes, and for a unipolar cue when it or the winner is real-valued
 * @param rivals the other candidates of the answer against the winner, in the order of the candidates
 */
public record Judgement(List<Criterion> criteria, boolean hasTwin, double contrast, List<Rival> rivals) {

    /** The judgement on no answer. */
    public static final Judgement NONE = new Judgement(List.of(), false, Double.NaN, List.of());

    /** What a criterion looks at. */
    public enum Measure {
        /** {@code q_i / R}, at least {@link Criteria#threshold}. */
        THRESHOLD,
        /** The least c_ij over the rivals that are no twins, 1 without any; at least {@link Criteria#contrast}. */
        CONTRAST,
        /** d_i, or d_i / s for real values; at most {@link Criteria#disagreement}. */
        DISAGREEMENT,
        /** {@code 1 - d_i}, or {@code 1 - d_i / s} for real values; at least {@link Criteria#agreement}. */
        AGREEMENT;

        /** Asks this of a winner.
         * @param value what was found
         * @param criteria what is wanted
         * @return the criterion of this measure */
        public Criterion of(double value, Criteria criteria) {
            return new Criterion(this, value, bar(criteria));
        }

        private float bar(Criteria criteria) {
            return switch (this) {
                case THRESHOLD -> criteria.threshold();
                case CONTRAST -> criteria.contrast();
                case DISAGREEMENT -> criteria.disagreement();
                case AGREEMENT -> criteria.agreement();
            };
        }
    }

    /** One thing that is asked of the winner.
     * @param measure what is looked at
     * @param value what was found
     * @param bar what is wanted */
    public record Criterion(Measure measure, double value, float bar) {

        /** Whether what was found is enough.
         * @return true at the bar and on its good side; false for a value that is not finite */
        public boolean isMet() {
            return Double.isFinite(value) && (measure == Measure.DISAGREEMENT ? value <= bar : value >= bar);
        }
    }

    /** A named neuron against the winner.
     * @param neuron its number
     * @param contrast c_ij, 0 to 1; NaN when it is too far behind to be a rival, and where there is no distance
     * @param distance D_ij, 0 to 1, or a mean squared difference, 0 or more; NaN when nothing votes, and for a unipolar cue
     *     when it, the winner or the cue is real-valued
     * @param isTwin whether it fits the cue as well as the winner */
    public record Rival(int neuron, double contrast, double distance, boolean isTwin) {}

    /** Copies the lists. */
    public Judgement {
        criteria = List.copyOf(criteria);
        rivals = List.copyOf(rivals);
    }

    /** Whether the store knew.
     * @return what follows from the criteria and from {@link #hasTwin} */
    public Verdict verdict() {
        if (criteria.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        for (Criterion criterion : criteria) {
            if (!criterion.isMet()) {
                return Verdict.UNKNOWN;
            }
        }
        return hasTwin ? Verdict.AMBIGUOUS : Verdict.RECOGNISED;
    }

    /** The neurons among the rivals that fit the cue as well as the winner.
     * @return the twins, in the order of the candidates; without those that were not named */
    public List<Rival> twins() {
        return rivals.stream().filter(Rival::isTwin).toList();
    }

    /** The same answer under other criteria.
     * @param others to use in place of those that were used, as they are, {@link Criteria#DEFAULT}, too
     * @return a judgement with the same values and the other bars */
    public Judgement under(Criteria others) {
        List<Criterion> judged =
                criteria.stream().map(one -> one.measure.of(one.value, others)).toList();
        return new Judgement(judged, hasTwin, contrast, rivals);
    }
}
