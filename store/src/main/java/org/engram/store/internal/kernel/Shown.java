package org.engram.store.internal.kernel;

/**
 * Pixels that are shown to neurons, in the order of their bits: the voters M, and P in {@code white}, those of them
 * that vote for white. Bits of P outside M have no effect. Both arrays have 8 B longs. There is one object for each
 * cue, and one for each pattern that neurons are compared with.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Shown(long[] white, long[] voters) {}
