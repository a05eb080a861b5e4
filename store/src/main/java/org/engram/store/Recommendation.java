package org.engram.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.engram.store.Calibration.Condition;
import org.engram.store.Calibration.Trial;

/**
 * Criteria that follow from what was measured. Each number is halfway between what stored patterns have and what unseen
 * pictures have. Where the contrasts of the two overlap, the bar of the contrast lets at most the asked share of unseen
 * pictures pass, and disagreement has to help. Otherwise disagreement stays as it is, except where there is grey:
 * between greys it is no share of flipped pixels, so no number suits all stores. A number that tells nothing stays,
 * too; so does one that only stored patterns or only others were measured for. Each number has one line of reasons.
 */
record Recommendation(Criteria criteria, List<String> reasons) {

    private static final double STEP = 0.01;

    /** A number of the stored patterns and of the others, sorted. The contrast or response of nothing is no number. */
    private record Measured(List<Double> stored, List<Double> others) {

        static Measured of(List<Trial> stored, List<Trial> others, ToDoubleFunction<Trial> number) {
            return new Measured(finite(stored, number), finite(others, number));
        }

        private static List<Double> finite(List<Trial> trials, ToDoubleFunction<Trial> number) {
            return trials.stream()
                    .mapToDouble(number)
                    .filter(Double::isFinite)
                    .sorted()
                    .boxed()
                    .toList();
        }

        private boolean areMeasured() {
            return !stored.isEmpty() && !others.isEmpty();
        }

        /** Whether there is nothing to compare; gives the reason then. */
        boolean tellsNothing(String what, List<String> reasons) {
            if (!areMeasured()) {
                reasons.add("%s: measured of %s stored ones and %s others: it tells nothing, and stays"
                        .formatted(what, stored.size(), others.size()));
            }
            return !areMeasured();
        }

        /** Whether every stored one has more than any other. */
        boolean isMoreOfStored() {
            return areMeasured() && others.getLast() < stored.getFirst();
        }
    }

    static Recommendation of(List<Condition> conditions, boolean grey, Criteria now, double mistakes) {
        List<Trial> stored = Calibration.all(conditions, Condition::stored);
        List<Trial> right = stored.stream().filter(Trial::right).toList();
        List<Trial> foreign = Stream.concat(
                        stored.stream().filter(trial -> !trial.right()),
                        Calibration.all(conditions, Condition::unseen).stream())
                .toList();
        List<String> reasons = new ArrayList<>();
        Measured contrasts = Measured.of(right, foreign, Trial::contrast);
        float contrast = contrast(contrasts, now.contrast(), mistakes, reasons);
        float disagreement = contrasts.isMoreOfStored() && !grey
                ? now.disagreement()
                : disagreement(Measured.of(right, foreign, Trial::disagreement), grey, now.disagreement(), reasons);
        // the paper's rule knows no hidden pixels: it is judged by whole pictures
        List<Condition> whole =
                conditions.stream().filter(condition -> condition.hidden() == 0).toList();
        Measured responses = Measured.of(
                Calibration.all(whole, Condition::stored), Calibration.all(whole, Condition::unseen), Trial::q);
        float threshold = threshold(responses, now.threshold(), reasons);
        return new Recommendation(new Criteria(threshold, contrast, disagreement, now.agreement()), reasons);
    }

    private static float contrast(Measured contrasts, float now, double mistakes, List<String> reasons) {
        if (contrasts.tellsNothing("contrast", reasons)) {
            return now;
        }
        List<Double> others = contrasts.others;
        double least = contrasts.stored.getFirst();
        double most = others.getLast();
        if (contrasts.isMoreOfStored()) {
            reasons.add("contrast: stored ones have at least %s, others at most %s: halfway"
                    .formatted(decimals(least), decimals(most)));
            return round((least + most) / 2);
        }
        int passing = (int) Math.floor(mistakes * others.size());
        double limit = others.get(others.size() - 1 - passing);
        // one step above the limit, so that no picture at the limit passes
        float chosen = (float) Math.min(1, STEP * (Math.floor(limit / STEP) + 1));
        reasons.add("contrast: stored ones have at least %s, others up to %s: so that at most %s %% of the others pass"
                .formatted(decimals(least), decimals(most), 100 * mistakes));
        return chosen;
    }

    private static float disagreement(Measured disagreements, boolean grey, float now, List<String> reasons) {
        if (disagreements.tellsNothing("disagreement", reasons)) {
            return now;
        }
        double most = disagreements.stored.getLast();
        double least = disagreements.others.getFirst();
        if (most < least) {
            reasons.add("disagreement: stored ones have at most %s, others at least %s: halfway"
                    .formatted(decimals(most), decimals(least)));
            return round((most + least) / 2);
        }
        if (grey) {
            reasons.add("disagreement: stored ones have up to %s, others from %s on: so that all stored ones pass"
                    .formatted(decimals(most), decimals(least)));
            return (float) Math.min(Criteria.DEFAULT.disagreement(), STEP * (Math.floor(most / STEP) + 1));
        }
        reasons.add("disagreement: stored ones have up to %s, others from %s on: it tells nothing here, and stays"
                .formatted(decimals(most), decimals(least)));
        return now;
    }

    private static float threshold(Measured responses, float now, List<String> reasons) {
        if (responses.tellsNothing("threshold", reasons)) {
            return now;
        }
        double least = responses.stored.getFirst();
        double most = responses.others.getLast();
        if (responses.isMoreOfStored()) {
            reasons.add("threshold: whole stored ones have at least %s, others at most %s: halfway"
                    .formatted(decimals(least), decimals(most)));
            return round((least + most) / 2);
        }
        reasons.add("threshold: the paper's rule cannot tell them apart (q/R from %s, others up to %s), and stays"
                .formatted(decimals(least), decimals(most)));
        return now;
    }

    /** Four decimals, in any locale. */
    private static String decimals(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    private static float round(double value) {
        return (float) (STEP * Math.floor(value / STEP + 0.5));
    }
}
