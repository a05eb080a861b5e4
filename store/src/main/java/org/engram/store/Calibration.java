package org.engram.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;

/**
 * What a {@link Calibrator} measured of a store, and the criteria that follow. Immutable, safe for any number of threads.
 *
 * @param patterns how many live in the store
 * @param grey whether some of them are real-valued
 * @param sampled how many of them were shown
 * @param nearest for every pattern that was shown, the share of pixels in which the nearest other pattern differs, or
 *     the mean squared difference where there is grey; 0 or more
 * @param conditions the answers, for each share hidden and each noise
 * @param now what the store judges by
 * @param recommended what it should judge by, after {@link PatternStore#setCriteria}
 * @param reasons one sentence for each number that is recommended
 */
public record Calibration(
        int patterns,
        boolean grey,
        int sampled,
        List<Double> nearest,
        List<Condition> conditions,
        Criteria now,
        Criteria recommended,
        List<String> reasons) {

    /** Copies the lists. */
    public Calibration {
        nearest = List.copyOf(nearest);
        conditions = List.copyOf(conditions);
        reasons = List.copyOf(reasons);
    }

    /** How the store answered cues of stored and of unseen patterns with the same damage.
     * @param hidden the share of the picture that was hidden
     * @param noise the share of the visible pixels that was damaged
     * @param stored the answers to patterns that are stored
     * @param unseen the answers to pictures that never were */
    public record Condition(double hidden, double noise, List<Trial> stored, List<Trial> unseen) {

        /** Copies the lists. */
        public Condition {
            stored = List.copyOf(stored);
            unseen = List.copyOf(unseen);
        }

        /** How many stored patterns the store recognised, by what it judges by.
         * @return 0 or more */
        public long recognised() {
            return recognised(trial -> trial.recall().isRecognised());
        }

        /** How many stored patterns criteria recognise.
         * @param criteria to judge by
         * @return 0 or more */
        public long recognised(Criteria criteria) {
            return recognised(trial -> trial.isAccepted(criteria));
        }

        private long recognised(Predicate<Trial> accepted) {
            return stored.stream().filter(Trial::right).filter(accepted).count();
        }

        /** How many wrong answers the store accepted, by what it judges by.
         * @return 0 or more */
        public long mistaken() {
            return mistaken(trial -> trial.recall().isRecognised());
        }

        /** How many wrong answers criteria accept: another pattern than the stored one, or any pattern for an unseen
         * picture.
         * @param criteria to judge by
         * @return 0 or more */
        public long mistaken(Criteria criteria) {
            return mistaken(trial -> trial.isAccepted(criteria));
        }

        private long mistaken(Predicate<Trial> accepted) {
            return Stream.concat(stored.stream().filter(trial -> !trial.right()), unseen.stream())
                    .filter(accepted)
                    .count();
        }
    }

    /** One cue, and how the store answered.
     * @param right whether the winner is the pattern that the cue was made of, or its twin; never for an unseen picture
     * @param recall the answer to the bipolar cue
     * @param q q / R of the winner for the same cue in the paper's coding */
    public record Trial(boolean right, Recall recall, double q) {

        /** How clearly the winner stands out.
         * @return 0 to 1, or NaN */
        public double contrast() {
            return recall.contrast();
        }

        /** What {@link Measure#DISAGREEMENT} looks at: how far the winner differs from what is visible.
         * @return 0 to 1 */
        public double disagreement() {
            return recall.judgement().criteria().stream()
                    .filter(criterion -> criterion.measure() == Measure.DISAGREEMENT)
                    .mapToDouble(Criterion::value)
                    .findFirst()
                    .orElse(1 - recall.agreement());
        }

        /** Whether criteria take the winner, and no other, for the pattern that was shown.
         * @param criteria to judge by
         * @return true for {@link Verdict#RECOGNISED} */
        public boolean isAccepted(Criteria criteria) {
            return recall.judgement().under(criteria).verdict() == Verdict.RECOGNISED;
        }
    }

    /** All answers to stored patterns.
     * @return those of all conditions, in their order */
    public List<Trial> stored() {
        return all(conditions, Condition::stored);
    }

    /** All answers to unseen pictures.
     * @return those of all conditions, in their order */
    public List<Trial> unseen() {
        return all(conditions, Condition::unseen);
    }

    /** How many of the patterns that were shown are stored twice.
     * @return 0 or more */
    public long twins() {
        return nearest.stream().filter(share -> share == 0).count();
    }

    static List<Trial> all(List<Condition> conditions, Function<Condition, List<Trial>> kind) {
        return conditions.stream().map(kind).flatMap(List::stream).toList();
    }
}
