package org.engram.tools.console;

import java.util.Locale;
import java.util.regex.Pattern;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.StoreOptions;

/** The properties of a store, for people and as JSON. */
public final class Describe {

    private Describe() {}

    /** The name of a constant as users type it: {@code full} or {@code blackAndWhite}. */
    public static String name(Enum<?> constant) {
        return Pattern.compile("_([a-z])")
                .matcher(constant.name().toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** What the patterns of a store are like. */
    public static String patterns(Geometry geometry, boolean masks) {
        return "%s pixels%s".formatted(geometry, masks ? ", known or not" : "");
    }

    public static String layout(StoreOptions options) {
        return "%s, %s for each neuron".formatted(name(options.layout()), Text.bytes(options.bytesPerNeuron()));
    }

    public static String rule(LearningRule rule) {
        return "epsW %s, epsV %s, theta %s, %s%s"
                .formatted(
                        rule.epsW(),
                        rule.epsV(),
                        rule.theta(),
                        Text.count(rule.steps(), "step"),
                        rule.equals(LearningRule.PAPER) ? " (the paper's)" : "");
    }

    /** The criteria in one line for people, named as the options of the verbs are. */
    public static String criteria(Criteria criteria) {
        return "contrast %s, disagreement %s, agreement %s, threshold %s"
                .formatted(criteria.contrast(), criteria.disagreement(), criteria.agreement(), criteria.threshold());
    }
}
