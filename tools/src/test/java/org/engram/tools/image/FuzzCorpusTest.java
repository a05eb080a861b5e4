package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.engram.tools.fixture.Cli;
import org.engram.tools.transfer.TransferFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeds of the fuzz targets, and what fuzzing found worth keeping, once more, under a heap that no forged count fits into. */
class FuzzCorpusTest {

    static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @ParameterizedTest
    @ValueSource(classes = {ImageFuzz.class, TransferFuzz.class})
    void nothingIsFoundAgain(Class<?> target) throws Exception {
        int inputs = replay(target, CORPUS.resolve(target.getSimpleName()));
        assertTrue(inputs >= 10, "the corpus is gone");
    }

    /** Runs a target on all files of a directory in a JVM with a heap of 24 MB, and returns how many there were. */
    static int replay(Class<?> target, Path corpus) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Cli.root().resolve("store/jvm.args"),
                        "-Xmx24m",
                        "-XX:MaxDirectMemorySize=24m",
                        "-ea",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replay.class.getName(),
                        target.getSimpleName(),
                        corpus.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), said);
        return Integer.parseInt(said.substring(said.lastIndexOf('\n') + 1));
    }

    /** Tells how many inputs did no harm; an error of the first that did ends it. */
    static final class Replay {

        private Replay() {}

        public static void main(String[] args) throws IOException {
            Consumer<byte[]> target =
                    args[0].equals("ImageFuzz") ? ImageFuzz::fuzzerTestOneInput : TransferFuzz::fuzzerTestOneInput;
            List<Path> inputs;
            try (Stream<Path> files = Files.list(Path.of(args[1]))) {
                inputs = files.sorted().toList();
            }
            for (Path input : inputs) {
                try {
                    target.accept(Files.readAllBytes(input));
                } catch (Error | RuntimeException e) {
                    throw new AssertionError(input.toString(), e);
                }
            }
            System.out.println(inputs.size());
        }
    }
}
