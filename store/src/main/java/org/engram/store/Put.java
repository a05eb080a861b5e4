package org.engram.store;

/**
 * What {@link PatternStore#put} did.
 *
 * @param neuron the number of the new neuron
 * @param replaced whether the key was in use, so that its old neuron is retired now
 */
public record Put(int neuron, boolean replaced) {}
