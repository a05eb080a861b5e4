package org.engram.store.internal.recall;

/** What a recall found, whichever way it looked; valid until the next one looks. */
interface SearchResult {

    /** The neurons that respond most, as many as candidates were asked for and one more, if that many live. */
    TopNeurons ranked();

    /** How many voters a ranked neuron disagrees with; -1 when that cannot be counted. */
    long disagreeing(int rank);

    /** How the first of them stands against its rivals. */
    Contrast contrast();
}
