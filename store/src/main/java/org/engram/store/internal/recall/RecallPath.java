package org.engram.store.internal.recall;

/**
 * Which weights a recall reads. All paths give the same answer, except for rounding where weights are summed as floats that
 * no float can hold exactly. A two-valued cue against two-valued weights is always counted, never rounded.
 */
public enum RecallPath {
    /**
     * The cheapest that serves. For a two-valued cue these are the sketches, then the planes of the neurons that the
     * sketches leave over, or the planes of all neurons when those would be too many. For everything else it is the stripes.
     */
    AUTO,
    /** The sketches and planes of all neurons with two-valued weights, for a two-valued cue; stripes for all other neurons and cues. */
    PLANES,
    /** The stripes of floats of all neurons; derived from other files where the layout has none. */
    STRIPES
}
