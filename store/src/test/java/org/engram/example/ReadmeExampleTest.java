package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.PatternStore;
import org.engram.store.fixture.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the README shows, as it stands there, run as a reader runs it. */
class ReadmeExampleTest {

    private static final String BEGIN = "<!-- The test ReadmeExampleTest compiles and runs these lines. -->\n```java\n";

    @TempDir
    Path temp;

    private static String readme() throws IOException {
        return Files.readString(Path.of("../README.md"));
    }

    private static String example() throws IOException {
        String from = readme().substring(readme().indexOf(BEGIN) + BEGIN.length());
        return from.substring(0, from.indexOf("```\n"));
    }

    private void assertRuns() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ChildJvm.argumentFile(),
                "-cp",
                System.getProperty("java.class.path"),
                "Signs.java");
        try (ChildJvm program = ChildJvm.start(temp, command)) {
            program.expect("RECOGNISED: cross, contrast 1.0");
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    void theExampleRunsAsPastedAndPrintsWhatTheReadmeSays() throws IOException {
        Files.writeString(temp.resolve("Signs.java"), example());
        assertRuns();
        assertRuns();
        assertTrue(readme().contains("It prints `RECOGNISED: cross, contrast 1.0`, each time it is run.\n"));
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("signs"))) {
            assertEquals(2, store.size());
            assertEquals(4, store.sizeWithRetired());
        }
    }

    /** The overview of the package shows the same store; the method show is for its reader to write. */
    @Test
    void theOverviewOfThePackageCompilesAndRuns() throws IOException {
        String overview = Files.readString(Path.of("src/main/java/org/engram/store/package-info.java"));
        String begin = "<pre>{@code\n";
        String lines = overview.substring(overview.indexOf(begin) + begin.length(), overview.indexOf(" * }</pre>"));
        String body = lines.replaceAll("(?m)^ \\* ?", "        ");
        Files.writeString(temp.resolve("Signs.java"), """
                import org.engram.store.*;
                void show(String key, Pattern pattern) {
                    IO.println("RECOGNISED: " + key + ", contrast " + (pattern.value(0, 0) == 1 ? "1.0" : "wrong"));
                }
                void main() {
                %s}
                """.formatted(body));
        assertRuns();
    }

    @Test
    void theExampleIsAboutTwelveLines() throws IOException {
        long lines = example().lines().filter(line -> !line.isBlank()).count();
        assertTrue(lines <= 12, "lines: " + lines);
    }

    @Test
    void theDependencyIsThatOfThisBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>"), pom.indexOf("</version>"));
        assertTrue(
                readme().contains("  <artifactId>engram-store</artifactId>\n  " + version + "</version>\n"), version);
    }
}
