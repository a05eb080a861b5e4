package org.engram.store.internal.recall;

/**
 * What the sketches tell about the answer to a cue before all bits are counted.
 *
 * @param neuron the neuron that is likely to win; -1 when none of two-valued weights lives
 * @param deficit its deficit
 * @param ofSketch its deficit as far as its sketch tells
 * @param bound no neuron with a greater deficit is among the answers or a rival of the winner
 * @param limit no neuron with a greater deficit is a rival of the guess
 */
record Guess(int neuron, int deficit, int ofSketch, int bound, int limit) {

    /** When a scan of all planes counts the distances to the guess. */
    enum Distances {
        /** Not during the scan: another neuron will win. */
        LATER,
        /** While a run is still in a cache, for the rivals in it. */
        OF_RIVALS,
        /** In the same read, for all. */
        OF_ALL
    }

    boolean isNone() {
        return neuron < 0;
    }
}
