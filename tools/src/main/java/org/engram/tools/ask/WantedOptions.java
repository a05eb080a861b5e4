package org.engram.tools.ask;

import org.engram.store.Criteria;
import org.engram.store.RecallOptions;
import org.engram.tools.console.Failure;
import org.engram.tools.options.CriteriaOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options that say which answer is wanted: how many neurons, among which, and when one counts as recognised. For {@code
 * @Mixin} fields.
 */
public final class WantedOptions {

    private static final int LISTED = 5;

    @Option(
            names = "-k",
            paramLabel = "N",
            description = "How many neurons to list, the winner included (5, or all that are --within).")
    private Integer k;

    @Option(
            names = "--among",
            paramLabel = "PREFIX",
            description = "Let only patterns answer whose keys begin like this, as if nothing else was stored.")
    private String among;

    @Option(
            names = "--within",
            paramLabel = "PIXELS",
            description =
                    "List all patterns that differ from the cue in at most this many of its visible pixels. If the nearest "
                            + "does not, nothing is recognised.")
    private Double within;

    @Mixin
    private CriteriaOptions criteriaOptions;

    void check() {
        Failure.requirePositive("-k", listed());
    }

    private int listed() {
        return k != null ? k : within != null ? Integer.MAX_VALUE : LISTED;
    }

    RecallOptions options() {
        RecallOptions all = RecallOptions.DEFAULT.withCandidates(listed());
        RecallOptions some = among == null ? all : all.amongKeysStartingWith(among);
        return within == null ? some : Failure.argument(() -> some.withinDeficit(within));
    }

    Criteria criteria(Criteria given) {
        return criteriaOptions.over(given);
    }
}
