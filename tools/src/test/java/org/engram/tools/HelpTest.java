package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    @Test
    void theHelpListsEveryVerbInTheOrderOfTheTable() {
        String help = Cli.run("--help").expect(0).out();
        int from = help.indexOf("Verbs:");
        for (String name : verbs().toList()) {
            int at = help.indexOf("\n  " + name + " ", from);
            assertTrue(at >= from, name + " is missing in\n" + help);
            from = at;
        }
    }

    private static Stream<String> verbs() {
        return EngramCommand.VERBS.stream()
                .map(verb -> verb.getAnnotation(CommandLine.Command.class).name());
    }

    @Test
    void aVerbIsCalledAsItsClass() {
        assertEquals(
                verbs().toList(),
                EngramCommand.VERBS.stream().map(EngramCommand::nameOf).toList());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theHelpOfAVerbHasDescriptionOptionsExitCodesAndExamples(String verb) {
        String help = Cli.run(verb, "--help").expect(0).out();
        assertTrue(help.startsWith("Usage: engram " + verb), help);
        assertTrue(help.contains("\nOptions:\n"), help);
        assertTrue(help.contains("\nExit codes:\n"), help);
        assertTrue(help.contains("\n  1    wrong arguments\n"), help);
        assertTrue(help.contains("\n  70   internal error\n"), help);
        assertTrue(help.contains("\nExamples:\n  engram " + verb), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
        assertEquals(help, Cli.run("help", verb).expect(0).out());
    }

    @Test
    void aCallWithoutVerbIsRefusedWithOneLine() {
        Cli.Result result = Cli.run().expect(1);
        assertEquals("engram: no verb given; engram --help shows how\n", result.err());
        assertEquals("", result.out());
    }

    @Test
    void anUnknownVerbIsRefusedWithOneLine() {
        assertEquals(
                "engram: unknown verb: frobnicate; engram help lists them\n",
                Cli.run("frobnicate", "signs", "--fast").expect(1).err());
        assertEquals(
                "engram: unknown verb: frob; engram help lists them\n",
                Cli.run("help", "frob").expect(1).err());
        assertEquals(
                "engram: Unknown option: '--fast'; engram --help shows how\n",
                Cli.run("--fast").expect(1).err());
    }

    @Test
    void anUnknownOptionIsRefusedWithOneLine() {
        assertEquals(
                "engram: Unknown option: '--fast'; engram info --help shows how\n",
                Cli.run("info", "s", "--fast").expect(1).err());
    }

    @Test
    void aMissingStoreNameIsRefusedWithOneLine() {
        assertEquals(
                "engram: Missing required parameter: 'STORE'; engram verify --help shows how\n",
                Cli.run("verify").expect(1).err());
    }

    @Test
    void theVersionIsOneLine() {
        assertTrue(Cli.run("--version").expect(0).out().matches("engram [^\n]+\n"));
    }

    @Test
    void helpOnATerminalHasColoursAndElsewhereNone() {
        assertTrue(Cli.runOnTerminal("info", "--help").out().contains("\u001b["));
        assertTrue(!Cli.run("info", "--help").out().contains("\u001b["));
    }
}
