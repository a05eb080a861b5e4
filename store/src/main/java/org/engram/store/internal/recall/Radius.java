package org.engram.store.internal.recall;

/**
 * How near to the cue the neurons are that a recall names: at most this deficit, and at least this agreement. The deficit
 * is infinite, and the agreement is 0, where it does not count. {@code isSet} tells whether anybody has set one.
 */
record Radius(boolean isSet, double deficit, double agreement) {

    static final Radius NONE = new Radius(false, Double.POSITIVE_INFINITY, 0);

    /** The same radius with this greatest deficit. */
    Radius ofDeficit(double most) {
        return new Radius(true, most, agreement);
    }

    /** The same radius with this least agreement. */
    Radius ofAgreement(double least) {
        return new Radius(true, deficit, least);
    }

    boolean holds(double found, Votes cue) {
        return holds(found, cue.agreement(found));
    }

    boolean holds(double found, double agrees) {
        return found <= deficit && agrees >= agreement;
    }

    /** The greatest number of pixels within it; -1 if not even 0 is. */
    int pixels(Votes cue) {
        // The guess is a pixel or two too high, since agreement is rounded.
        int most = (int) Math.min(Math.min(deficit, cue.voters()), (1 - agreement) * cue.voters() + 2);
        while (most >= 0 && !holds(most, cue)) {
            most--;
        }
        return most;
    }
}
