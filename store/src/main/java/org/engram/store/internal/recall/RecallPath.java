package org.engram.store.internal.recall;

/**
 * Which weights a recall reads. All paths give the same answer, except for rounding. AUTO and PLANES count a two-valued
 * cue against two-valued weights and never round there. STRIPES adds floats. Those sums are exact too, unless there are
 * 23,000 pixels or more and the gain is no power of two.
 */
public enum RecallPath {
    /**
     * The cheapest path. For a two-valued cue it reads the sketches, then the planes, which are the other blocks, of
     * the neurons that the sketches leave over. When those are too many, it reads the planes of all neurons. For all
     * other cues it reads the stripes.
     */
    AUTO,
    /**
     * Reads the sketches and planes of all two-valued neurons for a two-valued cue, and the stripes for all other
     * neurons and cues.
     */
    PLANES,
    /** The stripes of floats of all neurons. They are derived from other files where the layout has none. */
    STRIPES
}
