package org.engram.store.internal.kernel;

/**
 * A cue of a batch. A neuron whose deficit is above {@code bound} is no answer to it. {@code blocks} is the caller's guess of how
 * many blocks behind the sketch show that of most neurons.
 */
public record Bounded(Shown shown, int bound, int blocks) {}
