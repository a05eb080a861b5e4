package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as its users meet it: a process with streams, an exit code, and somebody who kills it. */
class ProcessTest {

    private static final int KILLS = 5;
    private static final int FILES = 200;

    @TempDir
    private Path directory;

    @Test
    void resultsAreUtf8AndErrorsEndWithTheirCode() throws Exception {
        Path store = directory.resolve("signs");
        Cli.runProcess("create", store, "--size", "12x12").expect(0);
        Path image = Images.write(Images.noise(12, 12, 1), directory.resolve("x.png"));
        Cli.run("memorize", store, image, "--key", "ギ").expect(0);
        Cli.Result recalled = Cli.runProcess("recall", store, image).expect(0);
        assertEquals("RECOGNISED ギ (neuron 0)", recalled.line(0));
        assertEquals("", recalled.err());
        Cli.Result refused =
                Cli.runProcess("recall", directory.resolve("none"), image).expect(2);
        assertEquals("", refused.out());
        assertEquals(1, refused.err().lines().count());
        Cli.Result debugged =
                Cli.runProcess("info", directory.resolve("none"), "--debug").expect(2);
        assertTrue(debugged.err().contains("\n\tat org.engram.store.internal.format.Header.read("), debugged.err());
    }

    @Test
    void aReaderThatGoesAwayEndsTheListingQuietly() throws Exception {
        Path store = directory.resolve("many");
        int neurons = 20_000;
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(new Geometry(4, 4)))) {
            Pattern pattern = Pattern.of(new Geometry(4, 4), new float[16]);
            for (int i = 0; i < neurons; i++) {
                open.memorize("a rather long key with the number " + i, pattern);
            }
        }
        Path err = directory.resolve("err");
        Process process = Cli.process("ls", store).redirectError(err.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            assertTrue(out.readLine().startsWith("  neuron"));
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals("", Cli.withoutJavasOwn(Files.readString(err)));
    }

    @Test
    void anImageThatDoesNotFitTheHeapIsRefusedWithOneLine() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x12").expect(0);
        Path image = Images.claiming(8000, 8000, directory.resolve("large.png"));
        ProcessBuilder builder = Cli.process("recall", store, image);
        builder.command().add(1, "-Xmx32m");
        Path err = directory.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
        assertEquals(
                "engram: image is too large for the memory of this Java: %s: scale it down, or raise -Xmx\n"
                        .formatted(image),
                Cli.withoutJavasOwn(Files.readString(err)));
    }

    @Test
    void aJavaWithoutTheFlagsDoesTheSame() throws Exception {
        Cli.run("create", directory.resolve("signs"), "--size", "12x12").expect(0);
        List<String> command = Cli.process("info", directory.resolve("signs")).command();
        command.removeIf(word -> word.startsWith("@"));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("err")));
        assertTrue(Files.readString(directory.resolve("out")).contains("12 x 12 pixels"));
    }

    @Test
    void anImageComesFromStandardInputWhereItsNameIsADash() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x12").expect(0);
        Path image = Images.write(Images.noise(12, 12, 1), directory.resolve("x.png"));
        assertEquals(
                "engram: an image from standard input has no name: expected --key KEY with it, found none\n",
                Cli.run("memorize", store, "-").expect(1).err());
        assertEquals(0, piped(image, "memorize", store, "-", "--key", "x"));
        assertEquals(
                "memorized \"x\" as neuron 0; the store holds 1 pattern\n", Files.readString(directory.resolve("out")));
        assertEquals(0, piped(image, "recall", store, "-"));
        assertTrue(Files.readString(directory.resolve("out")).startsWith("RECOGNISED x (neuron 0)\n"));
        assertEquals(2, piped(store.resolve("header"), "recall", store, "-"));
        assertTrue(Files.readString(directory.resolve("err"))
                .contains("engram: not an image: standard input: expected PNG, JPEG, GIF, BMP or TIFF, found none"));
    }

    private int piped(Path in, Object... args) throws Exception {
        Process process = Cli.process(args)
                .redirectInput(in.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Test
    void readingVerbsWorkOnAReadOnlyDirectoryAndWriteNothing() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x12").expect(0);
        Path image = Images.write(Images.noise(12, 12, 1), directory.resolve("x.png"));
        Cli.run("memorize", store, image).expect(0);
        Map<String, List<Object>> before = contents(store);
        for (String name : before.keySet()) {
            Files.setPosixFilePermissions(store.resolve(name), PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r-xr-xr-x"));
        // to root modes mean nothing, but a read-only mount does
        boolean mounted = ran("mount", "--bind", "-o", "ro", store, store);
        try {
            assertFalse(mounted && Files.isWritable(store));
            Cli.run("recall", store, image, "--explain").expect(0);
            Cli.run("plot", store, image, "-o", directory.resolve("plot.svg")).expect(0);
            Cli.run("watch", store, "--count", "1").expect(0);
            Cli.run("show", store, "x").expect(0);
            Cli.run("info", store).expect(0);
            Cli.run("ls", store).expect(0);
            Cli.run("verify", store).expect(0);
            Cli.run("doctor", store).expect(0);
            assertEquals(before, contents(store));
        } finally {
            assertTrue(!mounted || ran("umount", store));
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void numbersHaveTheSameDigitsInEveryLocale() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "100x100").expect(0);
        ProcessBuilder builder = Cli.process("info", store);
        builder.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
        Path out = directory.resolve("out");
        Process process = builder.redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String text = Files.readString(out);
        assertTrue(text.contains(", 81,280 B (81.3 kB) for each neuron\n"), text);
        assertTrue(text.chars().allMatch(c -> c < 0x80), text);
    }

    @Test
    void aKilledMemorizeLeavesASoundPrefixOfTheFiles() throws Exception {
        Path images = Images.directory(directory.resolve("images"), FILES, 116);
        Random random = new Random();
        int partial = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path store = directory.resolve("killed" + kill);
            Cli.run("create", store).expect(0);
            int stored = killAfter(store, images, random.nextInt(FILES * 3 / 4));
            Cli.Result verified = Cli.run("verify", store).expect(0);
            assertTrue(verified.out().contains("sound: " + stored + " neuron"), verified.out());
            List<String> keys = Cli.run("ls", store)
                    .expect(0)
                    .out()
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .toList();
            assertEquals(IntStream.range(0, stored).mapToObj("n%03d"::formatted).toList(), keys);
            partial += stored > 0 && stored < FILES ? 1 : 0;
            Cli.run("memorize", store, images.resolve("n199.png"), "--key", "after")
                    .expect(0);
        }
        assertTrue(partial > 0, "no kill hit a running memorize");
    }

    /** Kills a memorize once it has stored this many files, and tells how many there were in the end. */
    private static int killAfter(Path store, Path images, int files) throws Exception {
        Process process = Cli.process("memorize", store, images)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long awaited = files * 53_824L;
        while (process.isAlive() && Files.size(store.resolve("v.stripes")) <= awaited) {
            Thread.onSpinWait();
        }
        process.destroyForcibly();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertFalse(process.isAlive());
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.size();
        }
    }

    private static boolean ran(Object... command) throws Exception {
        List<String> words = Stream.of(command).map(Object::toString).toList();
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    /** The bytes and the time of the last change of every file. */
    private static Map<String, List<Object>> contents(Path store) throws Exception {
        Map<String, List<Object>> contents = new TreeMap<>();
        try (var files = Files.list(store)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(),
                        List.of(HexFormat.of().formatHex(Files.readAllBytes(file)), Files.getLastModifiedTime(file)));
            }
        }
        return contents;
    }
}
