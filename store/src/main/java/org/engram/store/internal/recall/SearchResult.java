package org.engram.store.internal.recall;

/**
 * What a search found. It is valid until the same search runs again. The ranking holds at least the neurons that were
 * asked for, or all if fewer live. One more tells whether the winner is tied. The contrast is that of the first.
 */
record SearchResult(Ranking ranked, Contrast contrast, Measured measured) {

    /** The deficits of all neurons, by number, as far as a search has them. Those of retired neurons mean nothing. */
    interface Measured {

        Measured NOTHING = new Measured() {};

        /** The counts, if those up to {@code most} are exact and all others are above it; otherwise null. */
        default int[] countsUpTo(int most) {
            return null;
        }

        /** The sums; null where there are none. */
        default float[] sums() {
            return null;
        }
    }

    SearchResult(Ranking ranked, Contrast contrast) {
        this(ranked, contrast, Measured.NOTHING);
    }
}
