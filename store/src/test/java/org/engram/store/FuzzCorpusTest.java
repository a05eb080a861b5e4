package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.internal.format.HeaderFuzz;
import org.engram.store.internal.neurons.IndexFuzz;
import org.engram.store.internal.neurons.JournalFuzz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeds of the fuzz targets, and what fuzzing found worth keeping, once more, under a heap that no forged count fits into. */
class FuzzCorpusTest {

    static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @ParameterizedTest
    @ValueSource(classes = {HeaderFuzz.class, JournalFuzz.class, IndexFuzz.class})
    void nothingIsFoundAgain(Class<?> target) {
        int inputs = replay(target, CORPUS.resolve(target.getSimpleName()));
        assertTrue(inputs >= 10, "the corpus is gone");
    }

    /** Runs a target on all files of a directory in a JVM with a heap of 24 MB, and returns how many there were. */
    static int replay(Class<?> target, Path corpus) {
        try (ChildJvm child = ChildJvm.start(
                Replay.class,
                List.of("-Xmx24m", "-XX:MaxDirectMemorySize=24m"),
                target.getSimpleName(),
                corpus.toAbsolutePath().toString())) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            return Integer.parseInt(lines.get(lines.size() - 1));
        }
    }

    /** Tells how many inputs did no harm; an error of the first that did ends it. */
    static final class Replay {

        private Replay() {}

        public static void main(String[] args) throws IOException {
            Consumer<byte[]> target = switch (args[0]) {
                case "HeaderFuzz" -> HeaderFuzz::fuzzerTestOneInput;
                case "JournalFuzz" -> JournalFuzz::fuzzerTestOneInput;
                default -> IndexFuzz::fuzzerTestOneInput;
            };
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
