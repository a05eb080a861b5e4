package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.engram.store.internal.format.HeaderFuzz;
import org.engram.store.internal.neurons.JournalFuzz;
import org.junit.jupiter.api.Test;

/** The seeds of the fuzz targets, and what fuzzing found worth keeping, once more. */
class FuzzCorpusTest {

    static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @Test
    void headers() throws IOException {
        replay("HeaderFuzz", HeaderFuzz::fuzzerTestOneInput);
    }

    @Test
    void journals() throws IOException {
        replay("JournalFuzz", JournalFuzz::fuzzerTestOneInput);
    }

    private static void replay(String target, Consumer<byte[]> fuzz) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() >= 10, "the corpus is gone");
        for (Path input : inputs) {
            try {
                fuzz.accept(Files.readAllBytes(input));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(input.toString(), e);
            }
        }
    }
}
