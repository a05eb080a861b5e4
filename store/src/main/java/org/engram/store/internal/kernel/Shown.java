package org.engram.store.internal.kernel;

/**
 * Pixels that are shown to neurons, in the order of their bits. Both arrays have 8 B longs. Made once for each cue, or
 * for each pattern that neurons are compared with.
 *
 * @param white P, the voters that vote for white; other bits have no effect
 * @param voters M, the pixels that count
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Shown(long[] white, long[] voters) {}
