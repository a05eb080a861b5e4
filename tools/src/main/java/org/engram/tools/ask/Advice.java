package org.engram.tools.ask;

import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Geometry;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.tools.console.Text;

/** What an operator can do when a cue was not recognised. */
final class Advice {

    /** Advice for a picture that is one pattern when seen in one way, and another pattern when seen in another. */
    static final String ON_VIEWS =
            "each fits in another view: leave out of --turns, --mirror, --invert and --shift what cannot be";

    private Advice() {}

    /**
     * A sentence of advice; empty when the cue was recognised. Twins fit as well as the winner, when the verdict is
     * AMBIGUOUS.
     */
    static String on(PatternStore store, Coding coding, Recall recall, List<Candidate> twins) {
        return switch (recall.verdict()) {
            case RECOGNISED -> "";
            case AMBIGUOUS -> onTwins(store, coding, recall, twins);
            case UNKNOWN -> onStranger(coding, recall);
        };
    }

    private static String onStranger(Coding coding, Recall recall) {
        if (coding == Coding.UNIPOLAR) {
            return "q/R of a unipolar cue depends on how much white is stored and seen: judge by contrast with --coding bipolar,"
                    + " or set the bar with --threshold";
        }
        if (isByThreshold(recall)) {
            return "the response is beyond the range of a float, so nothing can be said of it: scale the pictures down";
        }
        if (recall.agreement() < 0.5) {
            return "more pixels differ than agree: it was never stored, or is shown inverted, turned or shifted";
        }
        Measure missed = recall.judgement().criteria().stream()
                .filter(criterion -> !criterion.isMet())
                .map(Criterion::measure)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return switch (missed) {
            case DISAGREEMENT ->
                "it was never stored, or is too damaged: hide what is damaged (transparent pixels, or --visible), store it with"
                        + " engram memorize, or accept more with --disagreement";
            case AGREEMENT ->
                "it was never stored, or is damaged: hide what is damaged (transparent pixels, or --visible), store it with engram"
                        + " memorize, or accept less with --agreement";
            case CONTRAST, THRESHOLD ->
                "it was never stored, or too little of it can be seen: show more of it, store it with engram memorize, or accept"
                        + " less with --contrast, at the risk of a wrong answer";
        };
    }

    private static String onTwins(PatternStore store, Coding coding, Recall recall, List<Candidate> twins) {
        if (coding == Coding.UNIPOLAR) {
            return "of a unipolar cue only white and hidden pixels vote: let the black ones vote too with --coding bipolar";
        }
        if (isByThreshold(recall) || twins.size() < 2) {
            return "they respond the same: show more of the picture";
        }
        Pattern winner = store.pattern(recall.neuron());
        for (Candidate twin : twins.subList(1, twins.size())) {
            String where = whereDifferent(winner, store.pattern(twin.neuron()));
            if (!where.isEmpty()) {
                return "%s and %s differ only in what is hidden, within %s (x,y,width,height): show some of that"
                        .formatted(Text.escape(twins.get(0).key()), Text.escape(twin.key()), where);
            }
        }
        return "the patterns are the same in every pixel: all of these keys are right; engram forget removes those that are not"
                + " wanted";
    }

    /** Whether the paper's rule decided, and not the contrast. */
    static boolean isByThreshold(Recall recall) {
        return recall.judgement().criteria().stream().anyMatch(criterion -> criterion.measure() == Measure.THRESHOLD);
    }

    /** The smallest rectangle with all the pixels in which two patterns differ, X,Y,W,H; empty when they are the same. */
    private static String whereDifferent(Pattern one, Pattern other) {
        Geometry geometry = one.geometry();
        int left = geometry.width();
        int top = geometry.height();
        int right = -1;
        int bottom = -1;
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                if (one.value(x, y) != other.value(x, y)) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return right < 0 ? "" : "%d,%d,%d,%d".formatted(left, top, right - left + 1, bottom - top + 1);
    }
}
