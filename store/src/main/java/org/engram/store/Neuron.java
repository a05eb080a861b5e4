package org.engram.store;

import java.time.Instant;

/**
 * One entry of a store's list of neurons.
 *
 * @param neuron its number, 0 for the first pattern that was stored; never used again
 * @param key the key it was stored under
 * @param memorized when it was stored, in whole milliseconds
 * @param twoValued whether its pattern is two-valued
 * @param retired whether it was forgotten or replaced
 */
public record Neuron(int neuron, String key, Instant memorized, boolean twoValued, boolean retired) {}
