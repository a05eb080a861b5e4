package org.engram.store;

/** Whether a recall really knew what it was shown. */
public enum Verdict {
    /** The winner meets the {@link Criteria}: it is the pattern that was shown. */
    RECOGNISED,
    /**
     * The cue is known, but fits several patterns: two or more stored patterns are the same on every pixel that it
     * shows, or, for unipolar cues, respond the same.
     */
    AMBIGUOUS,
    /** Nothing stored is near enough; the winner is only the nearest. */
    UNKNOWN
}
