package org.engram.store.internal.recall;

/**
 * What a search guesses about the answer to a cue, before it counts all bits. The neuron is the likely winner, or -1
 * when no neuron of two-valued weights lives. Its deficit in full and its deficit on its sketch follow. A neuron whose
 * deficit is above the bound is neither among the answers nor a rival of the winner. A neuron whose deficit is above
 * the limit is no rival of the guess.
 */
record Guess(int neuron, int deficit, int ofSketch, int bound, int limit) {

    /** Which distances to the guess a scan of all planes counts. */
    enum Distances {
        /** None during the scan, because another neuron will probably win. */
        LATER,
        /** Those of the rivals in a run, while the run is still in a cache. */
        OF_RIVALS,
        /** Those of all neurons, in the same read. */
        OF_ALL
    }

    boolean isNone() {
        return neuron < 0;
    }
}
