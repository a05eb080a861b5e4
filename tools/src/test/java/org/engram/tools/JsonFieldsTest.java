package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** The fields that a verb writes, as the golden files have them, are those that its help and the README tell of. */
class JsonFieldsTest {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\" ?:");
    private static final Pattern PART = Pattern.compile("\n\n`([a-z][a-z-]*)`");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(GoldenTest.directory())) {
            return files.filter(file -> file.toString().endsWith("-json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFieldIsInTheHelp(Path document) throws IOException {
        String verb = verb(document);
        String help = help(verb.equals("create") ? "info" : verb);
        for (String field : fields(document)) {
            assertTrue(Pattern.compile("\\b" + field + "\\b").matcher(help).find(), verb + ": " + field);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFieldIsInTheReadme(Path document) throws IOException {
        String verb = verb(document);
        String part = part(verb);
        if (verb.equals("calibrate")) {
            return; // there the help alone tells
        }
        if (part.contains("fields of `info`") || part.contains("as in `info`")) {
            part += part("info");
        }
        for (String field : fields(document)) {
            assertTrue(part.contains("`" + field + "`"), verb + ": " + field);
        }
    }

    @Test
    void theReadmeTellsOfEveryVerbThatWritesJson() throws IOException {
        Set<String> verbs = new TreeSet<>();
        for (Class<?> verb : EngramCommand.VERBS) {
            if (Cli.run(EngramCommand.nameOf(verb), "--help").expect(0).out().contains("--json")) {
                verbs.add(EngramCommand.nameOf(verb));
            }
        }
        Set<String> told =
                PART.matcher(json()).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
        told.add("paper"); // in a line with calibrate
        assertEquals(verbs, told);
    }

    private static String verb(Path document) throws IOException {
        return Files.readAllLines(document).getFirst().split(" ", -1)[2];
    }

    private static Set<String> fields(Path document) throws IOException {
        Set<String> fields = FIELD.matcher(Files.readString(document))
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(fields.isEmpty(), document::toString);
        return fields;
    }

    private static String help(String verb) {
        return EngramCommand.VERBS.stream()
                .filter(type -> EngramCommand.nameOf(type).equals(verb))
                .map(type -> String.join(" ", type.getAnnotation(Command.class).description()))
                .findFirst()
                .orElseThrow();
    }

    private static String json() throws IOException {
        String readme = Files.readString(Cli.root().resolve("tools/README.md"));
        return readme.substring(readme.indexOf("\n## JSON\n"));
    }

    /** What the README says of the fields of a verb, up to the next one. */
    private static String part(String verb) throws IOException {
        String json = json();
        Matcher parts = PART.matcher(json);
        List<MatchResult> found = parts.results().toList();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).group(1).equals(verb)) {
                int end = i + 1 < found.size() ? found.get(i + 1).start() : json.length();
                return json.substring(found.get(i).start(), end);
            }
        }
        throw new AssertionError("the README has no part about " + verb);
    }
}
