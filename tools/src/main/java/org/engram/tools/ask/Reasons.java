package org.engram.tools.ask;

import java.util.List;
import java.util.Locale;
import org.engram.store.Candidate;
import org.engram.store.Criteria;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Judgement.Rival;
import org.engram.store.Recall;
import org.engram.tools.console.Text;

/** The criteria of a judgement in sentences. */
final class Reasons {

    private Reasons() {}

    /** The word for a measure, as options and JSON have it. */
    static String name(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    /** The sentence for one criterion that the winner of a recall had to meet. */
    static String sentence(Criterion criterion, Recall recall) {
        return switch (criterion.measure()) {
            case THRESHOLD -> "q/R %s the threshold %s".formatted(valueAndVerb(criterion), criterion.bar());
            case AGREEMENT ->
                "agreement %s %s, which alone decides in a store of fewer than %d patterns"
                        .formatted(valueAndVerb(criterion), criterion.bar(), Criteria.COMPANY);
            case CONTRAST ->
                "contrast %s %s%s".formatted(valueAndVerb(criterion), criterion.bar(), others(criterion, recall));
            case DISAGREEMENT ->
                "disagreement %s %s: %s"
                        .formatted(
                                valueAndVerb(criterion),
                                criterion.bar(),
                                criterion.isMet()
                                        ? "the visible pixels look enough like the winner's"
                                        : "even the nearest pattern does not look like what is shown");
        };
    }

    private static String others(Criterion contrast, Recall recall) {
        if (!contrast.isMet()) {
            return ": %s fits nearly as well".formatted(nearestRival(contrast, recall));
        }
        return recall.judgement().hasTwin()
                ? " to all patterns that differ; to one that is the same on every visible pixel it is 0"
                : ": no other pattern fits nearly as well";
    }

    private static String nearestRival(Criterion contrast, Recall recall) {
        List<Rival> rivals = recall.judgement().rivals();
        for (int i = 0; i < rivals.size(); i++) {
            if (!rivals.get(i).isTwin() && rivals.get(i).contrast() == contrast.value()) {
                Candidate rival = recall.candidates().get(i + 1);
                return "%s (neuron %d)".formatted(Text.escape(rival.key()), rival.neuron());
            }
        }
        return "another pattern";
    }

    private static String valueAndVerb(Criterion criterion) {
        boolean isMost = criterion.measure() == Measure.DISAGREEMENT;
        String verb = criterion.isMet() ? isMost ? "is within" : "reaches" : isMost ? "is above" : "is below";
        return shown(criterion.value(), criterion.bar()) + " " + verb;
    }

    /** The value with four decimals, or with all of them where four would hide on which side of the bar it lies. */
    private static String shown(double value, float bar) {
        String rounded = Text.decimal(value, 4);
        return Double.parseDouble(rounded) == bar && value != bar ? String.valueOf(value) : rounded;
    }
}
