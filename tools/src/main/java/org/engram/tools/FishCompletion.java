package org.engram.tools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what the shell fish completes; picocli writes scripts for bash only. */
final class FishCompletion {

    private static final String NO_VERB = "__engram_no_verb";
    private static final String FUNCTIONS = """
            # Completes engram in fish.
            function __engram_no_verb
                test (count (commandline -opc)) -eq 1
            end
            function __engram_verb
                set -l words (commandline -opc)
                test (count $words) -gt 1; and test $words[2] = $argv[1]
            end""";

    private final List<String> lines = new ArrayList<>(FUNCTIONS.lines().toList());

    private FishCompletion() {}

    /** The script, line by line. */
    static List<String> of(CommandLine engram) {
        FishCompletion fish = new FishCompletion();
        Map<String, CommandLine> verbs = engram.getSubcommands();
        fish.complete(NO_VERB, "-f");
        fish.options(NO_VERB, engram.getCommandSpec());
        verbs.forEach((name, verb) -> fish.complete(
                NO_VERB,
                "-a " + name + about(verb.getCommandSpec().usageMessage().description())));
        verbs.forEach((name, verb) -> fish.verb("__engram_verb " + name, verb.getCommandSpec()));
        fish.complete("__engram_verb help", "-f -a " + quoted(String.join(" ", verbs.keySet())));
        return fish.lines;
    }

    private void verb(String condition, CommandSpec verb) {
        options(condition, verb);
        List<PositionalParamSpec> parameters = verb.positionalParameters();
        parameters.stream()
                .filter(parameter -> parameter.completionCandidates() != null)
                .forEach(parameter -> complete(condition, "-f -a " + words(parameter)));
        if (parameters.stream().noneMatch(FishCompletion::isFile)) {
            complete(condition, "-f");
        }
    }

    private void options(String condition, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            String names = Arrays.stream(option.names())
                    .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .collect(Collectors.joining(" "));
            complete(condition, names + value(option) + about(option.description()));
        }
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.completionCandidates() != null) {
            return " -x -a " + words(option);
        }
        return isFile(option) ? " -r -F" : " -x";
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.auxiliaryTypes()[0] == Path.class;
    }

    private static String words(ArgSpec argument) {
        return quoted(String.join(" ", argument.completionCandidates()));
    }

    /** The first sentence of a description. */
    private static String about(String... description) {
        String text = String.join(" ", description).replace("%n", " ").replace("%%", "%");
        return text.isEmpty() ? "" : " -d " + quoted(text.strip().split("\\.( |$)", 2)[0]);
    }

    private void complete(String condition, String offer) {
        lines.add("complete -c engram -n %s %s".formatted(quoted(condition), offer));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
