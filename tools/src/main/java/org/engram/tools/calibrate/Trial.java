package org.engram.tools.calibrate;

import org.engram.store.Criteria;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Recall;
import org.engram.store.Verdict;

/**
 * One cue, and how the store answered. It is right if the winner is the pattern that the cue was made of, or its twin;
 * a cue of no stored pattern is never right. q is q / R of the winner for the same cue in the paper's coding.
 */
record Trial(boolean right, Recall bipolar, double q) {

    static Trial of(Recall bipolar, Recall unipolar, boolean right) {
        return new Trial(right, bipolar, unipolar.normalisedQ());
    }

    /** The contrast of the winner, 0 to 1. */
    double contrast() {
        return bipolar.contrast();
    }

    /** What the criterion of this name looks at, 0 to 1: how far the winner differs from what is visible. */
    double disagreement() {
        return bipolar.judgement().criteria().stream()
                .filter(criterion -> criterion.measure() == Measure.DISAGREEMENT)
                .mapToDouble(Criterion::value)
                .findFirst()
                .orElse(1 - bipolar.agreement());
    }

    /** Whether criteria take the winner, and no other, for the pattern that was shown. */
    boolean isAccepted(Criteria criteria) {
        return bipolar.judgement().under(criteria).verdict() == Verdict.RECOGNISED;
    }
}
