package org.engram.tools.fill;

/**
 * A neuron that a verb changed.
 *
 * @param key its key
 * @param neuron its number
 */
record KeyedNeuron(String key, int neuron) {}
