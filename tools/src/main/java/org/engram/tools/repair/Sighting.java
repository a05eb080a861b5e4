package org.engram.tools.repair;

import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Verdict;
import org.engram.tools.repair.Symbols.Match;

/**
 * A place that was looked at, and the symbols that go best with what is seen.
 *
 * @param freedom how freely the place was fitted to the first of them, in nats
 */
record Sighting(Place place, boolean isInverted, SoftModules shown, List<Match> matches, double freedom) {

    Symbol symbol() {
        return matches.get(0).symbol();
    }

    double sigmas() {
        return matches.isEmpty() ? 0 : matches.get(0).sigmas();
    }

    /** After that many guesses. */
    Verdict verdict(Criteria criteria, double guesses) {
        return Evidence.of(shown, matches).verdict(criteria, guesses, freedom, likeStructure());
    }

    /** A place that was chosen from many is wrong more often; its fixed modules then tell of that, not of the picture. */
    private double likeStructure() {
        return switch (place.method()) {
            case EXACT -> 0.8;
            case SINGLE -> 0.3;
            default -> 0.5;
        };
    }
}
