package org.engram.tools.paper;

import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;

/**
 * How the store answered a cue whose neuron is known. {@code named} tells whether the right neuron is the answer; of
 * tied neurons the lowest is the answer. The verdict follows the rule of the cue's coding: q / R for a unipolar cue,
 * contrast for a bipolar one. The contrast is that of the winner, 0 to 1; NaN for a unipolar cue.
 */
record Outcome(Place place, boolean named, Verdict verdict, double contrast) {

    /** Where the right neuron stands among the responses. */
    enum Place {
        /** The right neuron responds most. */
        ALONE,
        /** The right neuron responds most, and at least one other neuron responds exactly as much. */
        TIED,
        /** Another neuron responds more. */
        BEHIND
    }

    static Outcome of(PatternStore store, Cue cue, int right) {
        return cue.coding() == Coding.UNIPOLAR ? unipolar(store, cue, right) : bipolar(store, cue, right);
    }

    boolean isAccepted() {
        return verdict != Verdict.UNKNOWN;
    }

    /** Uses the responses only, which are enough for the paper's rule. A recall would work out the contrast, too. */
    private static Outcome unipolar(PatternStore store, Cue cue, int right) {
        PaperRule rule = PaperRule.of(store, cue);
        return new Outcome(
                place(rule.winners().contains(right), rule.winners().size() > 1),
                rule.winners().get(0) == right,
                rule.verdict(),
                Double.NaN);
    }

    private static Outcome bipolar(PatternStore store, Cue cue, int right) {
        Recall recall = store.recall(cue, RecallOptions.DEFAULT.withCandidates(2));
        List<Candidate> best = recall.candidates();
        boolean named = recall.neuron() == right;
        boolean tie = best.size() > 1 && best.get(1).q() == best.get(0).q();
        boolean first = named || (tie && isAmongFirst(store, cue, right));
        return new Outcome(place(first, tie), named, recall.verdict(), recall.contrast());
    }

    private static boolean isAmongFirst(PatternStore store, Cue cue, int right) {
        Recall all = store.recall(cue, RecallOptions.DEFAULT.withCandidates(store.size()));
        return all.candidates().stream()
                .anyMatch(candidate -> candidate.neuron() == right
                        && candidate.q() == all.winner().q());
    }

    private static Place place(boolean first, boolean tie) {
        if (!first) {
            return Place.BEHIND;
        }
        return tie ? Place.TIED : Place.ALONE;
    }
}
