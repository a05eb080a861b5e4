package org.engram.store.internal.recall;

/** What a search found. Valid until the same object searches again. */
interface SearchResult {

    /** The neurons that respond most: one more than candidates were asked for, or all if fewer live. */
    Ranking ranked();

    /** How the first of them stands against its rivals. */
    Contrast contrast();
}
