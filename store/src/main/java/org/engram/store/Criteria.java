package org.engram.store;

/**
 * When an answer counts as recognised. A store has criteria of its own; a single recall may bring others.
 *
 * @param threshold the paper's rule, for unipolar cues: recognised when {@code q / R} is at
 *     least this; 0.70 in the paper
 * @param contrast for bipolar cues: the least contrast over the winner's rivals, 0 to 1; 0.5 by default
 * @param disagreement for bipolar cues: the largest share of visible pixels that may differ from the winner, 0 to 1;
 *     0.35 by default. Where values are real it is the largest share of the cue's variance that the winner may leave
 *     unexplained, see {@link Judgement}
 * @param agreement for bipolar cues in a store of fewer than {@value #COMPANY} live neurons, where contrast says
 *     little: the least share of visible pixels that must agree, or of the variance that must be explained, 0 to 1; 0.95
 *     by default
 */
public record Criteria(float threshold, float contrast, float disagreement, float agreement) {

    /** Contrast decides among at least this many live neurons, plain agreement among fewer. */
    public static final int COMPANY = 8;

    /** A neuron that disagrees with a bipolar cue more than this many times as much as the winner is no rival of it. */
    public static final int RIVAL_FACTOR = 3;

    /** 0.70, 0.5, 0.35 and 0.95. */
    public static final Criteria DEFAULT = new Criteria(0.70f, 0.5f, 0.35f, 0.95f);

    /** Checks the four numbers.
     * @throws IllegalArgumentException if one is out of range */
    public Criteria {
        if (!Float.isFinite(threshold) || !isShare(contrast) || !isShare(disagreement) || !isShare(agreement)) {
            throw new IllegalArgumentException(
                    ("criteria out of range: threshold must be finite and the others 0 to 1, found threshold %s, "
                                    + "contrast %s, disagreement %s, agreement %s")
                            .formatted(threshold, contrast, disagreement, agreement));
        }
    }

    private static boolean isShare(float value) {
        return value >= 0 && value <= 1;
    }
}
