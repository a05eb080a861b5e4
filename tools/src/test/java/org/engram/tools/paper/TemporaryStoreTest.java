package org.engram.tools.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.tools.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in a JVM of its own, whose temporary files nobody else touches. */
final class TemporaryStoreTest {

    @TempDir
    private Path directory;

    @Test
    void theTableIsPrintedAndTheTemporaryStoreIsGone() throws Exception {
        Process command = start();
        assertTrue(command.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, command.exitValue());
        List<String> table = Files.readAllLines(stdout());
        assertTrue(table.get(0).startsWith("experiment "), table.get(0));
        assertRow(table, "recalled pattern decodes to its text", "298");
        assertRow(table, "Figure 4: least q/R of a winner", "0.712247", "0.712247");
        assertRow(table, "Figure 5: neuron that responds most", "145", "105 and 145", "145, RECOGNISED");
        assertRow(table, "least square that recalls neuron 145", "20.7 %", "59 x 59, 25.9 %", "37 x 37, 10.2 %");
        assertRow(table, "recalled, 36 x 36 pixels visible (9.6 %)", "4 (3 tied, 291 wrong)", "177 (121 tied)");
        assertRow(table, "w.stripes", "7.65 MB", "16.04 MB", "the same file");
        assertTrue(table.contains("The figures are drawn with --out DIR."));
        assertEquals(List.of(), temporaries());
    }

    @Test
    void anInterruptDeletesTheTemporaryStoreToo() throws Exception {
        Process command = start();
        while (command.isAlive() && stores().isEmpty()) {
            Thread.sleep(5);
        }
        assertFalse(stores().isEmpty());
        command.destroy(); // SIGTERM runs the same hooks as Ctrl-C
        assertTrue(command.waitFor(1, TimeUnit.MINUTES));
        assertEquals(List.of(), temporaries());
    }

    @Test
    void anInterruptTakesTheStoreInTheOutputDirectoryAwayToo() throws Exception {
        Path out = directory.resolve("results");
        Path journal = out.resolve("store").resolve("journal");
        Process command = start("--out", out.toString());
        while (command.isAlive() && !Files.exists(journal)) {
            Thread.sleep(5);
        }
        assertTrue(Files.exists(journal));
        command.destroy();
        assertTrue(command.waitFor(1, TimeUnit.MINUTES));
        assertEquals(143, command.exitValue());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static void assertRow(List<String> table, String... cells) {
        String row = table.stream()
                .filter(line -> line.startsWith(cells[0]))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(cells), List.of(row.split(" {2,}")), row);
    }

    private Path stdout() {
        return directory.resolve("stdout");
    }

    private Process start(String... options) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-Dsystem.properties"))
                .forEach(line::add);
        line.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-Djava.awt.headless=true", "-cp"));
        line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        line.addAll(List.of(Main.class.getName(), "paper"));
        line.addAll(List.of(options));
        return new ProcessBuilder(line)
                .redirectOutput(stdout().toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("engram-paper-"))
                    .toList();
        }
    }

    /** The temporary stores that hold something. */
    private List<Path> stores() throws IOException {
        List<Path> filled = new ArrayList<>();
        for (Path temporary : temporaries()) {
            if (Files.exists(temporary.resolve("store").resolve("journal"))) {
                filled.add(temporary);
            }
        }
        return filled;
    }
}
