package org.engram.tools.ask;

import org.engram.store.Criteria;

/** What many cues ask for: each is another chance that something fits that was not meant. */
final class Chance {

    /** Of pictures of noise that were never stored, fewer than one in so many is to be recognised. */
    private static final double STRANGERS = 1000;

    private static final double STEPS = 10_000;

    private Chance() {}

    /**
     * The criteria for the best of several cues of this many voters, among this many patterns; for one cue those given. A pattern
     * that has nothing to do with a cue differs in a share d of the n voters, or in less, with a probability of at most e^(-n
     * I(d)), I(d) = ln 2 + d ln d + (1 - d) ln(1 - d).
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

    /** The largest share that tells as much, in steps; 0 if even that tells less. */
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
