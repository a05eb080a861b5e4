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
 * too. Each number has one line of reasons.
 */
record Recommendation(Criteria criteria, List<String> reasons) {

    private static final double STEP = 0.01;

    static Recommendation of(List<Condition> conditions, boolean grey, Criteria now, double mistakes) {
        List<Trial> stored = Calibration.all(conditions, Condition::stored);
        List<Trial> right = stored.stream().filter(Trial::right).toList();
        List<Trial> foreign = Stream.concat(
                        stored.stream().filter(trial -> !trial.right()),
                        Calibration.all(conditions, Condition::unseen).stream())
                .toList();
        List<String> reasons = new ArrayList<>();
        boolean told = most(foreign, Trial::contrast) < least(right, Trial::contrast);
        float contrast = contrast(right, foreign, mistakes, reasons);
        float disagreement =
                told && !grey ? now.disagreement() : disagreement(right, foreign, grey, now.disagreement(), reasons);
        // the paper's rule knows no hidden pixels: it is judged by whole pictures
        List<Condition> whole =
                conditions.stream().filter(condition -> condition.hidden() == 0).toList();
        float threshold = threshold(
                Calibration.all(whole, Condition::stored),
                Calibration.all(whole, Condition::unseen),
                now.threshold(),
                reasons);
        return new Recommendation(new Criteria(threshold, contrast, disagreement, now.agreement()), reasons);
    }

    private static float contrast(List<Trial> right, List<Trial> foreign, double mistakes, List<String> reasons) {
        double[] unseen = foreign.stream().mapToDouble(Trial::contrast).sorted().toArray();
        double least = least(right, Trial::contrast);
        double most = unseen.length == 0 ? 0 : unseen[unseen.length - 1];
        if (most < least) {
            reasons.add("contrast: stored ones have at least %s, others at most %s: halfway"
                    .formatted(decimals(least), decimals(most)));
            return round((least + most) / 2);
        }
        int passing = (int) Math.floor(mistakes * unseen.length);
        double limit = unseen[unseen.length - 1 - passing];
        // one step above the limit, so that no picture at the limit passes
        float chosen = (float) Math.min(1, STEP * (Math.floor(limit / STEP) + 1));
        reasons.add("contrast: stored ones have at least %s, others up to %s: so that at most %s %% of the others pass"
                .formatted(decimals(least), decimals(most), 100 * mistakes));
        return chosen;
    }

    private static float disagreement(
            List<Trial> right, List<Trial> foreign, boolean grey, float now, List<String> reasons) {
        double most = most(right, Trial::disagreement);
        double least = least(foreign, Trial::disagreement);
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

    private static float threshold(List<Trial> stored, List<Trial> unseen, float now, List<String> reasons) {
        double least = least(stored, Trial::q);
        double most = most(unseen, Trial::q);
        if (most < least) {
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
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString()
                : String.valueOf(value);
    }

    private static float round(double value) {
        return (float) (STEP * Math.round(value / STEP));
    }

    private static double least(List<Trial> trials, ToDoubleFunction<Trial> number) {
        return trials.stream().mapToDouble(number).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double most(List<Trial> trials, ToDoubleFunction<Trial> number) {
        return trials.stream().mapToDouble(number).max().orElse(Double.NEGATIVE_INFINITY);
    }
}
