package org.engram.store.internal.recall;

import org.jspecify.annotations.Nullable;

/**
 * What a search found. It is valid until the same search runs again. The ranking holds at least the neurons that were
 * asked for, or all if fewer live. One more tells whether the winner is tied. The contrast is that of the first.
 */
record SearchResult(Ranking ranked, Contrast contrast, Measured measured) {

    /** The deficits of all neurons, as far as a search has them. */
    interface Measured {

        Measured NOTHING = new Measured() {};

        /** Takes a live neuron that is two-valued, and its count. */
        @FunctionalInterface
        interface Taker {
            void take(int neuron, int deficit);
        }

        /** Hands over all neurons whose counts are at most this, in any order. False when the search has not all of them. */
        default boolean forEachUpTo(int most, Taker taker) {
            return false;
        }

        /** The sums by number, of which those of retired neurons mean nothing; null where there are none. */
        default float @Nullable [] sums() {
            return null;
        }
    }

    SearchResult(Ranking ranked, Contrast contrast) {
        this(ranked, contrast, Measured.NOTHING);
    }
}
