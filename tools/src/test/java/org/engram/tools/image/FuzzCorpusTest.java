package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The seeds of the fuzz target, and what fuzzing found worth keeping, once more. */
class FuzzCorpusTest {

    static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @Test
    void images() throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve("ImageFuzz"))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() >= 10, "the corpus is gone");
        for (Path input : inputs) {
            try {
                ImageFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(input.toString(), e);
            }
        }
    }
}
