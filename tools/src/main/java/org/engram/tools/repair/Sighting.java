package org.engram.tools.repair;

import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Verdict;
import org.engram.tools.repair.Symbols.Match;

/**
 * A place that was looked at, and the symbols that fit best what is seen there.
 *
 * @param freedom how freely the place was fitted to the first symbol, in nats
 */
record Sighting(Place place, boolean isInverted, SoftModules shown, List<Match> matches, double freedom) {

    Symbol symbol() {
        return matches.get(0).symbol();
    }

    double sigmas() {
        return matches.isEmpty() ? 0 : matches.get(0).sigmas();
    }

    /** The verdict after this many guesses. */
    Verdict verdict(Criteria criteria, double guesses) {
        return Evidence.of(shown, matches).verdict(criteria, guesses, freedom, Bars.of(place));
    }

    /** Whether the evidence can be enough, so that it is worth computing. */
    boolean mayBeBeyondChance(double guesses) {
        double most = Bars.of(place).isKnown() ? 2 * Math.log(2) : 1;
        return Evidence.isBeyondChance(most * Evidence.nats(sigmas()), guesses, freedom);
    }
}
