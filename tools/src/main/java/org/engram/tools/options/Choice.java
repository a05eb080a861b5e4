package org.engram.tools.options;

import java.util.List;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options whose value is a constant of an enum. Users type its name as {@link Describe} has it, and shells complete
 * this name.
 */
public final class Choice {

    private Choice() {}

    /** Makes a verb take and complete these names. Otherwise picocli would know the constants by their names in Java. */
    public static void prepare(CommandSpec verb) {
        for (OptionSpec option : List.copyOf(verb.options())) {
            verb.remove(option); // all options, because only together they keep their order
            verb.addOption(
                    constants(option).isEmpty()
                            ? option
                            : option.toBuilder()
                                    .completionCandidates(words(option))
                                    .converters(word -> constant(option, option.longestName(), word))
                                    .build());
        }
        for (PositionalParamSpec parameter : List.copyOf(verb.positionalParameters())) {
            verb.remove(parameter);
            verb.addPositional(
                    constants(parameter).isEmpty()
                            ? parameter
                            : parameter.toBuilder()
                                    .completionCandidates(words(parameter))
                                    .converters(word -> constant(parameter, parameter.paramLabel(), word))
                                    .build());
        }
    }

    private static List<Enum<?>> constants(ArgSpec argument) {
        Object[] constants = argument.auxiliaryTypes()[0].getEnumConstants();
        return constants == null ? List.of() : List.of((Enum<?>[]) constants);
    }

    private static List<String> words(ArgSpec argument) {
        return constants(argument).stream().map(Describe::name).toList();
    }

    private static Enum<?> constant(ArgSpec argument, String name, String word) {
        List<String> words = words(argument);
        if (!words.contains(word)) {
            throw Failure.usage("%s is unknown: expected %s, found %s".formatted(name, Text.listed(words, "or"), word));
        }
        return constants(argument).get(words.indexOf(word));
    }
}
