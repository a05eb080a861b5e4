package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Cli;
import org.engram.tools.transfer.TransferFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing of each target for {@code engram.fuzz.seconds}, by Jazzer, which only the Maven profile nightly
 * brings. What it finds is kept under {@code target/fuzz}: the input as {@code crash-*}, and the corpus.
 */
class FuzzCampaignTest {

    private static final int SECONDS = Campaign.FUZZ_SECONDS;

    @ParameterizedTest
    @ValueSource(classes = {ImageFuzz.class, TransferFuzz.class})
    void findsNothing(Class<?> target) throws Exception {
        assumeTrue(SECONDS > 0, "engram.fuzz.seconds is 0: fuzzing is for the profile nightly");
        Path work = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        Path log = work.resolve("log");
        Process jazzer = new ProcessBuilder(command(target, work))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exitCode = jazzer.waitFor();
        List<String> lines = Files.readAllLines(log);
        System.out.println(target.getSimpleName() + ": "
                + lines.stream()
                        .filter(line -> line.matches("#\\d+.*"))
                        .reduce((before, last) -> last)
                        .orElse("no run"));
        assertEquals(0, exitCode, () -> "see " + log + ":\n" + String.join("\n", tail(lines)));
        // The fuzzer itself takes more than the heap that every input must do with.
        System.out.println(
                FuzzCorpusTest.replay(target, work.resolve("corpus")) + " inputs that it kept, under a heap of 24 MB");
    }

    private static List<String> command(Class<?> target, Path work) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Cli.root().resolve("store/jvm.args"),
                "-Xmx512m",
                "-ea",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.engram.tools.**:com.sun.imageio.**:javax.imageio.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + SECONDS,
                "-max_len=8192",
                "-timeout=120",
                "-rss_limit_mb=4096"));
        command.add(Files.createDirectories(work.resolve("corpus")).toString());
        command.add(FuzzCorpusTest.CORPUS
                .resolve(target.getSimpleName())
                .toAbsolutePath()
                .toString());
        return command;
    }

    private static List<String> tail(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 40), lines.size());
    }
}
