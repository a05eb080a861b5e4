package org.engram.tools.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.engram.tools.cluster.fixture.Members;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of the verbs of a cluster, and what is refused before any cluster is looked for. */
class ClusterHelpTest {

    private static Stream<String> verbs() {
        return ClusterVerbs.VERBS.stream()
                .map(verb -> verb.getAnnotation(CommandLine.Command.class).name());
    }

    @Test
    void theHelpOfClusterListsItsVerbsInTheirOrder() {
        String help = Members.run("cluster", "--help").expect(0).out();
        int from = help.indexOf("Verbs:");
        for (String name : verbs().toList()) {
            int at = help.indexOf("\n  " + name + " ", from);
            assertTrue(at >= from, name + " is missing in\n" + help);
            from = at;
        }
        assertEquals(help, Members.run("help", "cluster").expect(0).out());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theHelpOfAVerbHasDescriptionOptionsExitCodesAndExamples(String verb) {
        String help = Members.run("cluster", verb, "--help").expect(0).out();
        assertTrue(help.startsWith("Usage: engram cluster " + verb), help);
        for (String part : List.of(
                "\nOptions:\n",
                "--secret-file=FILE",
                "\nExit codes:\n",
                "\nExamples:\n  engram cluster " + verb)) {
            assertTrue(help.contains(part), part + " is missing in\n" + help);
        }
        assertTrue(help.lines().anyMatch(line -> line.matches("  1 +wrong arguments")), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    }

    @Test
    void whatIsWrongIsRefusedWithOneLine() {
        requireUsage("no verb given; engram cluster --help shows how", "cluster");
        requireUsage("unknown verb: cluster dance; engram cluster --help lists them", "cluster", "dance");
        requireUsage(
                "--address: expected HOST:PORT such as 127.0.0.1:7800, found here",
                "cluster",
                "join",
                "dir",
                "--address=here");
        requireUsage(
                "host: expected an address such as 10.0.0.1, 10.0.0.1:7801 or [::1]:7801, found 10.0.0.1:x",
                "cluster",
                "status",
                "--hosts=10.0.0.1:x");
        requireUsage("--limit is out of range: expected at least 1, found 0", "cluster", "status", "--limit=0");
        requireUsage("segments: expected 1 to 65536, found 0", "cluster", "join", "dir", "--segments=0");
        requireUsage(
                "--grey is for stores: expected none, as a cluster holds black and white patterns only",
                "cluster",
                "import",
                ".",
                "--grey");
    }

    @Test
    void aFileWithoutASecretIsRefusedWithOneLine(@TempDir Path temp) throws Exception {
        Path blank = Files.writeString(temp.resolve("blank"), "\n" + "s".repeat(32));
        Path bytes = Files.write(temp.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Path none = temp.resolve("none");
        requireRefused(blank + ": expected the secret in the first line, found none; write it there", blank);
        requireRefused(bytes + ": expected text in UTF-8, found other bytes; write the secret as text", bytes);
        requireRefused("cannot read " + none + ": it is not there; check the name", none);
    }

    private static void requireRefused(String expected, Path secretFile) {
        assertEquals(
                "engram: " + expected + "\n",
                Members.run("cluster", "status", "--secret-file", secretFile)
                        .expect(2)
                        .err());
    }

    private static void requireUsage(String expected, Object... words) {
        assertEquals("engram: " + expected + "\n", Members.run(words).expect(1).err());
    }

    @Test
    void aSecretIsReadFromAFileAndNeverShown(@org.junit.jupiter.api.io.TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("key"), "hush\n");
        String err = Members.run("cluster", "status", "--secret-file", file).expect(1).err();
        assertEquals("engram: secret: expected 16 characters or more, found 4 characters\n", err);
        assertTrue(Members.run("cluster", "status", "--secret-file", temp.resolve("none"))
                .expect(2)
                .err()
                .startsWith("engram: cannot read "));
    }
}
