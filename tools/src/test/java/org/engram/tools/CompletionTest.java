package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.engram.tools.console.Console;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompletionTest {

    @TempDir
    private Path directory;

    @Test
    void bashCompletesVerbsOptionsAndTheirValues() throws Exception {
        Path script = script("bash");
        assertEquals("", run("bash", "--norc", "-n", script.toString()));
        assertEquals("rebuild", inBash(script, "engram", "reb"));
        assertEquals("--coding --contrast", inBash(script, "engram", "recall", "--co"));
        assertEquals("bipolar unipolar", inBash(script, "engram", "recall", "--coding", ""));
        assertEquals("table jsonl csv", inBash(script, "engram", "ls", "--format", ""));
        assertEquals("auto blocks sixel kitty", inBash(script, "engram", "show", "--format", ""));
        assertEquals("full tied packed", inBash(script, "engram", "create", "--layout", ""));
        assertEquals("bash zsh fish", inBash(script, "engram", "completion", ""));
        assertEquals("script.bash", inBash(script, "engram", "recall", "scr"));
        assertEquals("script.bash", inBash(script, "engram", "recall", "--png", "scr"));
    }

    private String inBash(Path script, String... words) throws Exception {
        String quoted = Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return run(
                        "bash",
                        "--norc",
                        "-c",
                        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_engram 2>/dev/null; echo \"${COMPREPLY[@]}\""
                                .formatted(script, quoted, words.length - 1))
                .strip();
    }

    @Test
    void fishCompletesVerbsOptionsAndTheirValues() throws Exception {
        Path script = script("fish");
        assertEquals("", run("fish", "--no-config", "--no-execute", script.toString()));
        assertEquals(List.of("rebuild"), inFish(script, "engram reb"));
        assertEquals(List.of("--coding", "--contrast"), inFish(script, "engram recall x --co"));
        assertEquals(List.of("bipolar", "unipolar"), inFish(script, "engram recall x --coding "));
        assertEquals(List.of("auto", "blocks", "kitty", "sixel"), inFish(script, "engram show x --format "));
        assertEquals(List.of("bash", "fish", "zsh"), inFish(script, "engram completion "));
        assertEquals(List.of("show"), inFish(script, "engram help sh"));
        assertEquals(List.of("script.fish"), inFish(script, "engram recall scr"));
        assertEquals(List.of("script.fish"), inFish(script, "engram recall x --png scr"));
        Set<String> verbs = new TreeSet<>(Set.of("help"));
        EngramCommand.VERBS.forEach(verb -> verbs.add(EngramCommand.nameOf(verb)));
        assertEquals(List.copyOf(verbs), inFish(script, "engram "));
    }

    /** What is offered, without the words beside it. */
    private List<String> inFish(Path script, String line) throws Exception {
        return run("fish", "--no-config", "-c", "source %s; complete -C '%s'".formatted(script, line))
                .lines()
                .map(offer -> offer.replaceFirst("\t.*", ""))
                .toList();
    }

    @Test
    void zshCompletesAVerbAsItIsTyped() throws Exception {
        Path script = script("zsh");
        assertEquals("", run("zsh", "-f", "-n", script.toString()));
        Path session = Files.writeString(directory.resolve("session.zsh"), """
                zmodload zsh/zpty
                zpty session zsh -f -i
                zpty -w session "autoload -U compinit; compinit -D -u; source %s; print rea''dy"
                zpty -r session out '*ready*'
                zpty -n -w session $'engram recal\\t'
                zpty -r session out '*engram recall*'
                zpty -n -w session $'x --coding bip\\t'
                zpty -r session out '*--coding bipolar*'
                print through
                zpty -d session
                """.formatted(script));
        assertEquals("through\n", run("zsh", "-f", session.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyVerbAndLongOptionIsInTheScript(String shell) throws Exception {
        String script = Files.readString(script(shell));
        CommandLine engram = Main.commandLine(Console.plain(System.out, System.err));
        engram.getSubcommands().forEach((name, verb) -> {
            assertTrue(script.contains(name), name);
            verb.getCommandSpec().options().forEach(option -> {
                String named = option.longestName();
                String word = shell.equals("fish") ? named.substring(named.startsWith("--") ? 2 : 1) : named;
                assertTrue(script.contains(word), named);
            });
        });
        assertFalse(script.contains("${DEFAULT"), script);
    }

    @Test
    void anotherShellIsRefused() {
        assertEquals(
                "engram: SHELL is unknown: expected bash, zsh or fish, found tcsh\n",
                Cli.run("completion", "tcsh").expect(1).err());
        assertEquals(
                "engram: Missing required parameter: 'SHELL'; engram completion --help shows how\n",
                Cli.run("completion").expect(1).err());
    }

    private Path script(String shell) throws IOException {
        return Files.writeString(
                directory.resolve("script." + shell),
                Cli.run("completion", shell).expect(0).out());
    }

    /** Runs a shell, if there is one of this name, and returns what it writes. */
    private String run(String... command) throws Exception {
        Path out = directory.resolve("out");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException notThere) {
            assumeTrue(false, command[0] + " is not installed");
            throw notThere;
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "it waits on: " + Arrays.toString(command));
        String written = Files.readString(out);
        assertEquals(0, process.exitValue(), written);
        Files.delete(out);
        return written;
    }
}
