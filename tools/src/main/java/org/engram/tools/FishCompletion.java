package org.engram.tools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what the shell fish completes, which picocli does for bash only. */
final class FishCompletion {

    private static final String NO_VERB = "__engram_no_verb";

    private final CommandLine engram;
    private final List<String> lines = new ArrayList<>();

    FishCompletion(CommandLine engram) {
        this.engram = engram;
    }

    /** The script, line by line. */
    List<String> lines() {
        lines.clear();
        lines.addAll("""
                # Completes engram in fish.
                function __engram_no_verb
                    test (count (commandline -opc)) -eq 1
                end
                function __engram_verb
                    set -l words (commandline -opc)
                    test (count $words) -gt 1; and test $words[2] = $argv[1]
                end""".lines().toList());
        complete(NO_VERB, "-f");
        options(NO_VERB, engram.getCommandSpec());
        Map<String, CommandLine> verbs = engram.getSubcommands();
        verbs.forEach((name, verb) -> complete(
                NO_VERB,
                "-a " + name,
                about(verb.getCommandSpec().usageMessage().description())));
        verbs.forEach((name, verb) -> verb("__engram_verb " + name, verb.getCommandSpec()));
        complete("__engram_verb help", "-f -a " + quoted(String.join(" ", verbs.keySet())));
        return List.copyOf(lines);
    }

    private void verb(String condition, CommandSpec verb) {
        options(condition, verb);
        for (PositionalParamSpec parameter : verb.positionalParameters()) {
            if (parameter.completionCandidates() != null) {
                complete(condition, "-f -a " + quoted(words(parameter)));
            }
        }
        boolean takesFiles = verb.positionalParameters().stream().anyMatch(FishCompletion::isFile);
        if (!takesFiles) {
            complete(condition, "-f");
        }
    }

    private void options(String condition, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            List<String> parts = new ArrayList<>();
            for (String name : option.names()) {
                boolean isLong = name.startsWith("--");
                parts.add((isLong ? "-l " : "-s ") + name.substring(isLong ? 2 : 1));
            }
            if (option.arity().max() > 0) {
                parts.add(argument(option));
            }
            complete(condition, String.join(" ", parts), about(option.description()));
        }
    }

    private static String argument(OptionSpec option) {
        if (option.completionCandidates() != null) {
            return "-x -a " + quoted(words(option));
        }
        return isFile(option) ? "-r -F" : "-x";
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.type() == Path.class || argument.auxiliaryTypes()[0] == Path.class;
    }

    private static String words(ArgSpec argument) {
        List<String> words = new ArrayList<>();
        argument.completionCandidates().forEach(words::add);
        return String.join(" ", words);
    }

    private void complete(String condition, String... parts) {
        String rest = List.of(parts).stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        lines.add("complete -c engram -n %s %s".formatted(quoted(condition), rest));
    }

    /** What stands before the first end of a sentence. */
    private static String about(String... description) {
        if (description.length == 0) {
            return "";
        }
        String text = description[0].replace("%n", " ").replace("%%", "%").strip();
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return "-d " + quoted(sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
