package org.engram.tools.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that verbs write for their users, and the name {@code -} in their place. */
class NewFileTest {

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
    @Timeout(30)
    void aPipeIsWrittenToAndStaysAPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<List<String>> read = CompletableFuture.supplyAsync(() -> lines(pipe));
        Cli.run("recall", store, image, "--responses", pipe).expect(0);
        List<String> lines = read.get(20, TimeUnit.SECONDS);
        assertEquals("neuron,key,q", lines.get(0));
        assertEquals(2, lines.size());
        assertTrue(Files.readAttributes(pipe, "isOther").containsValue(true));
    }

    @Test
    void theTargetOfALinkIsReplacedAndKeepsItsMode() throws Exception {
        Path target = Files.writeString(
                Files.createDirectory(directory.resolve("there")).resolve("old.png"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link.png"), Path.of("there", "old.png"));
        assertEquals(
                "wrote %s, 12 x 12 pixels\n".formatted(link),
                Cli.run("show", store, "x", "--png", link).expect(0).out());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
        Path plain = directory.resolve("plain.png");
        Cli.run("show", store, "x", "--png", plain).expect(0);
        assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(target));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("there", "new.png"));
        Cli.run("show", store, "x", "--png", dangling).expect(0);
        assertTrue(Files.isSymbolicLink(dangling));
        assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(directory.resolve("there/new.png")));
        try (Stream<Path> files = Files.list(directory.resolve("there"))) {
            assertEquals(2, files.count(), "an unfinished file is left");
        }
    }

    @Test
    void nothingIsWrittenAmongTheFilesOfTheStore() throws Exception {
        byte[] header = Files.readAllBytes(store.resolve("header"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), store.resolve("header"));
        Path roundabout = directory.resolve("signs/../signs/new.csv");
        for (Path path : List.of(store.resolve("header"), store.resolve("new.csv"), link, roundabout)) {
            String message =
                    "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                            .formatted(path, store);
            assertEquals(
                    message,
                    Cli.run("recall", store, image, "--responses", path)
                            .expect(1)
                            .err());
            assertEquals(
                    message,
                    Cli.run("recall", store, image, "--png", path).expect(1).err());
            assertEquals(
                    message,
                    Cli.run("show", store, "x", "--png", path).expect(1).err());
        }
        assertArrayEquals(header, Files.readAllBytes(store.resolve("header")));
        assertFalse(Files.exists(store.resolve("new.csv")));
    }

    @Test
    void aNameOfTheGreatestLengthIsWritten() throws Exception {
        Path longest = directory.resolve("n".repeat(251) + ".png");
        Cli.run("show", store, "x", "--png", longest).expect(0);
        assertTrue(Files.size(longest) > 0);
    }

    @Test
    void reasonsAreWordsAndSayWhatToDo() {
        assertEquals(
                "permission denied; change the permissions, or choose another place",
                IoReason.of(new AccessDeniedException("x")));
        assertEquals(
                "no space left on the device; free some, or choose another place",
                IoReason.of(new IOException("No space left on device")));
        assertEquals(
                "cannot read or write x: permission denied; change the permissions, or choose another place",
                Ending.line(new AccessDeniedException("x")));
        Path missing = directory.resolve("missing");
        assertEquals(
                "cannot read or write %s: it is not there; check the name".formatted(missing),
                Ending.line(Assertions.assertThrows(IOException.class, () -> Files.size(missing))));
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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
