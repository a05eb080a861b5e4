package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name {@code -} for what verbs write. */
class StandardStreamTest {

    @TempDir
    private Path directory;

    private Path store;
    private Path image;

    @BeforeEach
    void createAStoreOfOne() throws Exception {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x12").expect(0);
        image = Images.write(Images.noise(12, 12, 1), directory.resolve("x.png"));
        Cli.run("memorize", store, image).expect(0);
    }

    @Test
    void aVerbThatAnswersOnStandardOutputWritesNoFileThere() {
        assertRefused("--png", "recall", store, image);
        assertRefused("--explain-png", "recall", store, image);
        assertRefused("--responses", "recall", store, image, "--json");
        assertRefused("--png", "repair-qr", store, image, "--json");
        assertRefused("--png", "calibrate", store);
        assertRefused("--png", "stress", "--qr");
        assertRefused("--png", "stress", "--qr", store, "--json");
    }

    private static void assertRefused(String option, Object... verb) {
        Object[] args = Stream.concat(Stream.of(verb), Stream.of(option, "-")).toArray();
        Cli.Result result = Cli.run(args).expect(1);
        assertEquals(
                "engram: %s and the answer would both go to standard output: expected a file, found -; name a file\n"
                        .formatted(option),
                result.err());
        assertEquals("", result.out());
        assertTrue(Files.notExists(Path.of("-")), "a file of that name was written");
    }

    @Test
    void withinTheStoreStandardOutputIsStillNoPlaceInsideIt() throws Exception {
        Path out = directory.resolve("out.svg");
        Process process = Cli.process("plot", store, image, "-o", "-")
                .directory(store.toFile())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("", Cli.withoutJavasOwn(Files.readString(directory.resolve("err"))));
        assertEquals(0, process.exitValue());
        assertTrue(Files.readString(out).contains("<svg"));
        assertTrue(Files.notExists(store.resolve("-")));
    }
}
