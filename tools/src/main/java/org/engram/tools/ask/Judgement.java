package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Recall;
import org.engram.store.Verdict;
import org.engram.tools.console.Text;

/** The criteria that a winner was held against, one by one, and what an operator can do about those it missed. */
final class Judgement {

    /**
     * One thing that is asked of the winner.
     *
     * @param name of the number in {@link Criteria}
     * @param value what was found
     * @param bar what is wanted
     * @param isMet whether that is enough
     * @param sentence the same in words
     */
    record Criterion(String name, double value, float bar, boolean isMet, String sentence) {}

    private final Cue cue;
    private final Recall recall;
    private final Criteria bars;
    private final boolean hasContrast;
    private final List<Criterion> criteria = new ArrayList<>();

    /**
     * Judges again, as the recall did.
     *
     * @param live neurons in the store
     * @param rivals the winner against others
     */
    Judgement(Cue cue, Recall recall, Criteria bars, int live, Rivals rivals) {
        this.cue = cue;
        this.recall = recall;
        this.bars = bars;
        this.hasContrast = rivals.hasContrast();
        if (!hasContrast) {
            judgeResponse();
        } else if (live < Criteria.COMPANY) {
            judgeAgreement();
        } else {
            judgeContrast(rivals);
            judgeDisagreement();
        }
    }

    List<Criterion> criteria() {
        return List.copyOf(criteria);
    }

    private void judgeResponse() {
        double q = recall.winner().normalisedQ();
        boolean isMet = q >= bars.threshold();
        add("threshold", q, bars.threshold(), isMet, "q/R %s %s the threshold %s", isMet ? "reaches" : "is below");
    }

    private void judgeAgreement() {
        double found = recall.agreement();
        boolean isMet = found >= bars.agreement();
        add(
                "agreement",
                found,
                bars.agreement(),
                isMet,
                "agreement %s %s %s, which alone decides in a store of fewer than " + Criteria.COMPANY + " patterns",
                isMet ? "reaches" : "is below");
    }

    private void judgeContrast(Rivals rivals) {
        if (recall.verdict() == Verdict.AMBIGUOUS) {
            criteria.add(new Criterion(
                    "contrast",
                    recall.contrast(),
                    bars.contrast(),
                    false,
                    "contrast is 0, as another pattern is the same on every visible pixel; to all others it reaches %s"
                            .formatted(bars.contrast())));
            return;
        }
        boolean isMet = recall.contrast() >= bars.contrast();
        String rival = recall.candidates().stream()
                .skip(1)
                .filter(candidate -> rivals.contrast(candidate) <= recall.contrast() + 1e-9)
                .findFirst()
                .map(candidate -> "%s (neuron %d)".formatted(Text.escape(candidate.key()), candidate.neuron()))
                .orElse("another pattern");
        String why = isMet ? "no other pattern fits nearly as well" : rival + " fits nearly as well";
        add(
                "contrast",
                recall.contrast(),
                bars.contrast(),
                isMet,
                "contrast %s %s %s: " + why.replace("%", "%%"),
                isMet ? "reaches" : "is below");
    }

    private void judgeDisagreement() {
        double found = 1 - recall.agreement();
        boolean isMet = found <= bars.disagreement();
        add(
                "disagreement",
                found,
                bars.disagreement(),
                isMet,
                "disagreement %s %s %s: "
                        + (isMet
                                ? "the visible pixels look enough like the winner's"
                                : "even the nearest pattern does not look like what is shown"),
                isMet ? "is within" : "is above");
    }

    private void add(String name, double value, float bar, boolean isMet, String sentence, String verb) {
        criteria.add(new Criterion(name, value, bar, isMet, sentence.formatted(shown(value, bar), verb, bar)));
    }

    /** Four places, and all of them where four would hide on which side of the bar it lies. */
    private static String shown(double value, float bar) {
        String rounded = Text.decimal(value, 4);
        return Double.parseDouble(rounded) == bar && value != bar ? String.valueOf(value) : rounded;
    }

    /** What can be done about it; empty when it was recognised. */
    String advice() {
        if (recall.isRecognised()) {
            return "";
        }
        if (cue.coding() == Coding.UNIPOLAR) {
            return "q/R of a unipolar cue depends on how much white is stored and seen: judge by contrast with --coding bipolar,"
                    + " or set the bar with --threshold";
        }
        if (!hasContrast) {
            return "values between black and white are judged by q/R alone: leave out --grey to judge by contrast, or set the bar"
                    + " with --threshold";
        }
        if (recall.agreement() < 0.5) {
            return "more pixels differ than agree: it was never stored, or is shown inverted, turned or shifted";
        }
        Criterion missed = criteria.stream()
                .filter(criterion -> !criterion.isMet())
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return switch (missed.name()) {
            case "disagreement" ->
                "it was never stored, or is too damaged: hide what is damaged (transparent pixels, or --visible), store it with"
                        + " engram memorize, or accept more with --disagreement";
            case "agreement" ->
                "it was never stored, or is damaged: hide what is damaged (transparent pixels, or --visible), store it with engram"
                        + " memorize, or accept less with --agreement";
            default ->
                "it was never stored, or too little of it can be seen: show more of it, store it with engram memorize, or accept"
                        + " less with --contrast, at the risk of a wrong answer";
        };
    }

    /** What can be done when the cue fits several. */
    String adviceOnTwins(Rivals rivals, List<Candidate> twins) {
        if (cue.coding() == Coding.UNIPOLAR) {
            return "of a unipolar cue only white and hidden pixels vote: let the black ones vote too with --coding bipolar";
        }
        if (!hasContrast) {
            return "they respond the same: show more of the picture";
        }
        for (Candidate twin : twins.subList(1, twins.size())) {
            String where = rivals.whereDifferent(twin);
            if (!where.isEmpty()) {
                return "%s and %s differ only in what is hidden, within %s (x,y,width,height): show some of that"
                        .formatted(Text.escape(twins.get(0).key()), Text.escape(twin.key()), where);
            }
        }
        return "the patterns are the same in every pixel: all of these keys are right; engram forget removes those that are not"
                + " wanted";
    }
}
