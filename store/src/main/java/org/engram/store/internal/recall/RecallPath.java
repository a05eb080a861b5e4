package org.engram.store.internal.recall;

/**
 * Which weights a recall reads. All paths give the same answer, but for rounding where weights are summed as floats that
 * no float can hold exactly: a black and white cue against two-valued weights is always counted, never rounded.
 */
public enum RecallPath {
    /**
     * The cheapest that serves: for a black and white cue the sketches, then the planes of the neurons that the sketches
     * leave over, or the planes of all neurons when those would be too many; stripes for everything else.
     */
    AUTO,
    /** The sketches and planes of all neurons with two-valued weights, for a black and white cue; stripes for the others. */
    PLANES,
    /** The stripes of floats of all neurons; derived from other files where the layout has none. */
    STRIPES
}
