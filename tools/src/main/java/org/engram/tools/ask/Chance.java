package org.engram.tools.ask;

import org.engram.store.Criteria;

/** Raises criteria for many cues: each further cue is another chance that a wrong pattern fits. */
final class Chance {

    /** Fewer than one in this many pictures of noise, which were never stored, may be recognised. */
    private static final double STRANGERS = 1000;

    private static final double STEPS = 10_000;

    private Chance() {}

    /**
     * The criteria for the best of several cues of this many voters, among this many patterns. For one cue they are the
     * given ones. A pattern that has nothing to do with a cue differs in a share d of the n voters, or in less, with a
     * probability of at most e^(-n I(d)), I(d) = ln 2 + d ln d + (1 - d) ln(1 - d).
     */
    static Criteria among(int cues, int patterns, int voters, Criteria given) {
        if (cues <= 1 || patterns == 0 || voters == 0) {
            return given;
        }
        double wanted = Math.log(STRANGERS * cues * patterns) / voters;
        double most = most(wanted);
        return new Criteria(given.threshold(), given.contrast(), (float) Math.min(given.disagreement(), most), (float)
                Math.max(given.agreement(), 1 - most));
    }

    /** The largest share d, in steps, whose I(d) is at least the wanted one; 0 if even 0 gives less. */
    private static double most(double wanted) {
        int step = (int) (STEPS / 2);
        while (step > 0 && information(step / STEPS) < wanted) {
            step--;
        }
        return step / STEPS;
    }

    private static double information(double share) {
        return Math.log(2) + term(share) + term(1 - share);
    }

    private static double term(double share) {
        return share == 0 ? 0 : share * Math.log(share);
    }
}
