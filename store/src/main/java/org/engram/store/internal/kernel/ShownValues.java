package org.engram.store.internal.kernel;

/**
 * Pixels that are shown to neurons, in the order of their stripes: {@code values} holds y where a pixel votes, and
 * {@code minus} holds -1 there. Both hold 0 everywhere else. Both have the length of a stripe in floats. There is one
 * object for each cue, and one for each neuron that others are compared with.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ShownValues(float[] values, float[] minus) {}
