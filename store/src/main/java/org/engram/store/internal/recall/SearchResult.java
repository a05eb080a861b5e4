package org.engram.store.internal.recall;

/**
 * What a search found. It is valid until the same search runs again. The ranking holds at least the neurons that were
 * asked for, or all if fewer live. One more tells whether the winner is tied. The contrast is that of the first.
 */
record SearchResult(Ranking ranked, Contrast contrast) {}
