package org.engram.tools.fill;

/** A neuron that a verb changed. */
record KeyedNeuron(String key, int neuron) {}
