package org.engram.tools.options;

import org.engram.store.Criteria;
import org.engram.tools.console.Failure;
import picocli.CommandLine.Option;

/**
 * Options that say when an answer counts as recognised. A number that is not given stays as it was. For {@code @Mixin}
 * fields.
 */
public final class CriteriaOptions {

    @Option(
            names = "--threshold",
            paramLabel = "Q",
            description = "Paper's rule, for unipolar cues: recognised from this q/R on (a new store: 0.7).")
    private Float threshold;

    @Option(
            names = "--contrast",
            paramLabel = "C",
            description =
                    "Bipolar cues: the least contrast to the rivals, 0 to 1 (a new store: 0.5, more among few patterns).")
    private Float contrast;

    @Option(
            names = "--disagreement",
            paramLabel = "D",
            description = "Bipolar cues: the largest share of visible pixels that differ, 0 to 1 (a new store: 0.35).")
    private Float disagreement;

    @Option(
            names = "--agreement",
            paramLabel = "A",
            description =
                    "Bipolar cues in a store of fewer than 8 neurons: the least share that agrees, 0 to 1 (a new store: 0.95).")
    private Float agreement;

    /** The given criteria with the numbers that the user typed in their place. */
    public Criteria over(Criteria given) {
        return Failure.argument(() -> new Criteria(
                threshold == null ? given.threshold() : threshold,
                contrast == null ? given.contrast() : contrast,
                disagreement == null ? given.disagreement() : disagreement,
                agreement == null ? given.agreement() : agreement));
    }
}
