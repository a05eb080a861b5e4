package org.engram.store.internal.neurons;

/**
 * What a journal may end in: an append that was to make this number of neurons, and whose whole records end at a place, in
 * bytes.
 */
record Tail(int neurons, long until) {}
