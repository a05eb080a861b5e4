package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.engram.tools.console.Console;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What every verb says, to the letter, about a store that an earlier build wrote. A file of {@code golden} is a call, what it
 * writes to standard output and, after {@code 2> }, to standard error, and its exit code. With {@code -Dengram.golden=write}
 * the files are written anew; then read every difference. {@link FrozenSignsTest} tells what the store is made from.
 */
class GoldenTest {

    private static final boolean WRITE = "write".equals(System.getProperty("engram.golden"));
    /** What differs from machine to machine, run to run or place to place; identity and age of the frozen store do not. */
    private static final List<String[]> MASKS = List.of(
            new String[] {"(?m)^(\\{\"time\":\")?20\\d\\d-[0-9T:.-]+Z", "$1NOW"},
            new String[] {"(\"uuid\" : )\"(?!2da2c07a-)[^\"]+\"", "$1NEW"},
            new String[] {"(\"created\" : )\"(?!2026-11-22T21:18:37.705Z)[^\"]+\"", "$1NOW"},
            new String[] {"(wrote \\S+report.html), [0-9,]+ B[^\n]*", "$1, SIZE"},
            new String[] {"(\"kernel\" : |kernel +)\"?[^\"\n]+\"?", "$1KERNEL"},
            new String[] {"(\"(seconds|rate|elapsed)\" : )[0-9.E-]+", "$1NUMBER"});

    /** Verbs that tell of the machine, of a store of their own or of none have tests of their own. */
    private static final Set<String> NOT_ABOUT_A_STORE = Set.of("cluster", "doctor", "paper", "completion");

    @TempDir
    Path temp;

    static Path directory() {
        return Cli.root().resolve("tools/src/test/resources/golden");
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aVerbSaysWhatItSaidBefore(String name) throws IOException {
        Path golden = directory().resolve(name);
        String expected = Files.readString(golden);
        String call = expected.lines().findFirst().orElseThrow();
        thaw(temp);
        List<String> words = new ArrayList<>(List.of(call.split(" ", -1)));
        assertEquals(List.of("$", "engram"), words.subList(0, 2), "how a file begins");
        Cli.Result result = Cli.run(words.subList(2, words.size()).stream()
                .map(word -> word.replace("TMP", temp.toString()))
                .toArray());
        String found = call + "\n" + masked(result.out())
                + result.err().lines().map(line -> "2> " + masked(line) + "\n").reduce("", String::concat)
                + "=> " + result.code() + "\n";
        if (WRITE) {
            Files.writeString(golden, found);
        }
        assertEquals(expected, found);
    }

    @Test
    void everyVerbHasItsCallAsTableAndAsJson() throws IOException {
        Set<String> missing = new TreeSet<>();
        List<String> calls = new ArrayList<>();
        for (String name : cases()) {
            calls.add(Files.readAllLines(directory().resolve(name)).get(0) + " ");
        }
        for (CommandLine verb : Main.commandLine(
                        Console.plain(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))
                .getSubcommands()
                .values()) {
            String name = verb.getCommandName();
            if (name.equals("help") || NOT_ABOUT_A_STORE.contains(name)) {
                continue;
            }
            boolean hasJson = verb.getCommandSpec().findOption("--json") != null;
            if (calls.stream()
                    .noneMatch(call -> call.startsWith("$ engram " + name + " ") && !call.contains(" --json "))) {
                missing.add(name);
            }
            if (hasJson
                    && calls.stream()
                            .noneMatch(
                                    call -> call.startsWith("$ engram " + name + " ") && call.contains(" --json "))) {
                missing.add(name + " --json");
            }
        }
        assertEquals(Set.of(), missing);
    }

    private String masked(String text) {
        String masked = text.replace(temp.toString(), "TMP");
        for (String[] mask : MASKS) {
            masked = masked.replaceAll(mask[0], mask[1]);
        }
        return masked;
    }

    /** The store that an earlier build wrote, and its files for those who change it. */
    static void thaw(Path directory) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/frozen/signs.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        assertTrue(Files.exists(directory.resolve("signs/header")));
    }
}
