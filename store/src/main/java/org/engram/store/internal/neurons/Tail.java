package org.engram.store.internal.neurons;

/**
 * The append that a journal may end in. It was to make this number of neurons; its whole records end at {@code until},
 * in bytes.
 */
record Tail(int neurons, long until) {}
