package org.engram.store.internal.recall;

/**
 * How near to the cue the neurons are that a recall names: at most this deficit, and at least this agreement. The deficit
 * is infinite, and the agreement is 0, where it does not count.
 */
record Radius(double deficit, double agreement) {

    static Radius ofDeficit(double most, Radius before) {
        return new Radius(most, before == null ? 0 : before.agreement);
    }

    static Radius ofAgreement(double least, Radius before) {
        return new Radius(before == null ? Double.POSITIVE_INFINITY : before.deficit, least);
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
