package org.engram.store;

/**
 * When an answer counts as recognised. A store has criteria of its own; a single recall may bring others.
 *
 * @param threshold the paper's rule, for unipolar cues: recognised when {@code q / R} is at
 *     least this; 0.70 in the paper
 * @param contrast for bipolar cues: the least contrast over the winner's rivals, 0 to 1; 0.5 by default, and more among
 *     few neurons, see {@link #among}
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

    /** So many neurons are enough for {@link #DEFAULT} when the whole picture is shown: see {@link #among}. */
    public static final int CROWD = 128;

    /** A neuron that disagrees with a bipolar cue more than this many times as much as the winner is no rival of it. */
    public static final int RIVAL_FACTOR = 3;

    /** The same where {@link #among} asks for more contrast, so that no rival is passed over that matters. */
    public static final int RIVAL_FACTOR_AMONG_FEW = 19;

    private static final double ROOT = 0.1;

    private static final float MOST = 0.9f;

    /** 0.70, 0.5, 0.35 and 0.95. Its contrast is that of a crowd, see {@link #among}. */
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

    /** Whether so many neurons and so large a part of the picture leave little to chance.
     * @param live how many neurons live, of those that may answer
     * @param visible the share of the pixels that vote, 0 to 1
     * @return whether {@code live visible^2} is at least {@value #CROWD} */
    public static boolean isCrowd(long live, double visible) {
        return live * visible * visible >= CROWD;
    }

    /**
     * These criteria as they are asked where the cue and the winner are black and white. A pattern that was never stored
     * stands out by chance when there are few neurons, or when little of it can be seen. So {@link #DEFAULT} asks for more
     * contrast there, up to 0.9:
     *
     * <pre>{@code
     * 0.5 (128 / (live visible^2))^(1/10), in hundredths
     * }</pre>
     *
     * <p>A whole picture must reach 0.66 among 8 neurons, 0.62 among 16, 0.57 among 32, 0.54 among 64, and 0.5 from 128 on.
     * A quarter must reach what a whole picture must among a sixteenth of the neurons. All other criteria are asked as
     * they are.
     * @param live how many neurons live, of those that may answer
     * @param visible the share of the pixels that vote, 0 to 1
     * @return these criteria, or those with more contrast
     */
    public Criteria among(long live, double visible) {
        if (!equals(DEFAULT) || isCrowd(live, visible)) {
            return this;
        }
        // the power of StrictMath is the same on all machines
        double asked = contrast * StrictMath.pow(CROWD / (live * visible * visible), ROOT);
        return new Criteria(threshold, Math.min(MOST, Math.round(100 * asked) / 100f), disagreement, agreement);
    }

    private static boolean isShare(float value) {
        return value >= 0 && value <= 1;
    }
}
