package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.internal.format.HeaderFuzz;
import org.engram.store.internal.neurons.IndexFuzz;
import org.engram.store.internal.neurons.JournalFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing of each target for {@code engram.fuzz.seconds}, by Jazzer, which only the Maven profile nightly
 * brings. What it finds is kept under {@code target/fuzz}: the input as {@code crash-*}, and the corpus.
 */
class FuzzCampaignTest {

    private static final int SECONDS = Campaign.FUZZ_SECONDS;

    @ParameterizedTest
    @ValueSource(classes = {HeaderFuzz.class, JournalFuzz.class, IndexFuzz.class})
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
                "@" + ChildJvm.argumentFile(),
                "-Xmx512m",
                "-ea",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.engram.**",
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
