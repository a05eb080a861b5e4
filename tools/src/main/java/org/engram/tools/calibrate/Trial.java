package org.engram.tools.calibrate;

import org.engram.store.Criteria;
import org.engram.store.Recall;

/**
 * One cue, and how the store answered.
 *
 * @param right whether the winner is the pattern that the cue was made of, or its twin; false for a cue of none
 * @param contrast of the winner, 0 to 1
 * @param disagreement share of the visible pixels in which the winner differs
 * @param q q / R of the winner for the same cue in the paper's coding
 */
record Trial(boolean right, double contrast, double disagreement, double q) {

    static Trial of(Recall bipolar, Recall unipolar, boolean right) {
        return new Trial(right, bipolar.contrast(), 1 - bipolar.agreement(), unipolar.normalisedQ());
    }

    /** Whether criteria take the winner for the pattern that was shown. */
    boolean isAccepted(Criteria criteria) {
        return contrast >= criteria.contrast() && disagreement <= criteria.disagreement();
    }
}
