package org.engram.tools.ask;

import org.engram.store.Criteria;

/** What more cues ask for: each is another chance that something fits that was not meant. */
final class Chance {

    private static final double STEPS = 10_000;

    private Chance() {}

    /**
     * Criteria that the best of many cues meets by chance as seldom as one cue meets the given ones. A pattern that has nothing
     * to do with a cue of n voters differs in a share d of them, or in less, with a probability of about e^(-n I(d)), I(d) = ln 2 + d
     * ln d + (1 - d) ln(1 - d): I has to grow by ln(cues) / n.
     */
    static Criteria among(int cues, int voters, Criteria given) {
        if (cues <= 1 || voters == 0) {
            return given;
        }
        double more = Math.log(cues) / voters;
        return new Criteria(given.threshold(), given.contrast(), (float) stricter(given.disagreement(), more), (float)
                (1 - stricter(1.0 - given.agreement(), more)));
    }

    /** The largest share, in steps and no larger than this one, that tells as much more. */
    private static double stricter(double share, double more) {
        double wanted = information(Math.min(share, 0.5)) + more;
        int least = 0;
        int most = (int) Math.floor(share * STEPS);
        while (least < most) {
            int middle = (least + most + 1) / 2;
            if (middle <= STEPS / 2 && information(middle / STEPS) >= wanted) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least / STEPS;
    }

    private static double information(double share) {
        return Math.log(2) + term(share) + term(1 - share);
    }

    private static double term(double share) {
        return share == 0 ? 0 : share * Math.log(share);
    }
}
