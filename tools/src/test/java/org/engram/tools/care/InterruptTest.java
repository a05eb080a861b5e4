package org.engram.tools.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that make a store, and somebody who interrupts or kills them while they do. */
class InterruptTest {

    private static final int NEURONS = 4000;
    private static final Geometry GEOMETRY = new Geometry(32, 32);
    private static final int ATTEMPTS = 10;

    @TempDir
    private static Path shared;

    private static Path store;
    private static long storeBytes;

    @TempDir
    private Path directory;

    @BeforeAll
    static void createAStore() throws Exception {
        store = shared.resolve("signs");
        Random random = new Random(1);
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            float[] values = new float[GEOMETRY.pixels()];
            for (int i = 0; i < NEURONS; i++) {
                for (int k = 0; k < values.length; k++) {
                    values[k] = random.nextInt(2);
                }
                open.memorize("n" + i, Pattern.of(GEOMETRY, values));
            }
        }
        storeBytes = bytesIn(store);
    }

    @ParameterizedTest
    @CsvSource({"copy, INT, 2, 130", "compact, TERM, 15, 143", "salvage, HUP, 1, 129"})
    void anInterruptLeavesNothingAndTheVerbCanRunAgain(String verb, String signal, int number, int code)
            throws Exception {
        assumeFalse(isIgnored(number), "whoever started this JVM has it ignore the signal, and so would its children");
        Path target = directory.resolve("target");
        Map<String, List<Object>> before = contents(store);
        Random random = new Random();
        double early = random.nextDouble(0.1);
        double late = random.nextDouble(0.6, 0.95);
        for (double moment : new double[] {early, late}) {
            assertEquals(code, stopAt(moment, verb, target, signal));
            assertEquals(List.of(), named("target"));
            assertEquals("", Files.readString(directory.resolve("out")));
            assertEquals("", Cli.withoutJavasOwn(Files.readString(directory.resolve("err"))));
        }
        assertEquals(before, contents(store));
        Cli.run(verb, store, target).expect(0);
        Cli.run("diff", store, target).expect(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "compact", "salvage"})
    void whatAKilledRunLeftIsReplacedByTheNext(String verb) throws Exception {
        Path target = directory.resolve("target");
        stopAt(new Random().nextDouble(0.6), verb, target, "KILL");
        assertEquals(List.of("target.tmp"), named("target"));
        Cli.run(verb, store, target).expect(0);
        assertEquals(List.of("target"), named("target"));
        Cli.run("diff", store, target).expect(0);
    }

    /**
     * Runs a verb, and stops it once it has written such a share of the target. A run that was through before the signal
     * came must have made a whole store, under whichever name; then another run is stopped earlier.
     *
     * @return the exit code
     */
    private int stopAt(double share, String verb, Path target, String signal) throws Exception {
        double moment = share;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process process = Cli.process(verb, store, target)
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile())
                    .start();
            Path unfinished = target.resolveSibling("target.tmp");
            while (process.isAlive() && bytesIn(unfinished) <= moment * storeBytes) {
                Thread.onSpinWait();
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertTrue(signal.equals("KILL") || !Files.exists(unfinished));
            Path whole = Files.exists(unfinished.resolve("header")) ? unfinished : target;
            if (!Files.exists(whole)) {
                return process.exitValue();
            }
            Cli.run("diff", store, whole).expect(0);
            try (Stream<Path> files = Files.list(whole)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(whole);
            moment /= 2;
        }
        return fail("no signal hit a running " + verb);
    }

    private List<String> named(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    /** The length of all files in a directory, -1 when it is not there. */
    private static long bytesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (NoSuchFileException | UncheckedIOException notThere) {
            return -1;
        }
    }

    /** The checksum and the time of the last change of every file. */
    private static Map<String, List<Object>> contents(Path place) throws IOException {
        Map<String, List<Object>> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                CRC32C checksum = new CRC32C();
                checksum.update(Files.readAllBytes(file));
                contents.put(
                        file.getFileName().toString(),
                        List.of(checksum.getValue(), Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return contents;
    }

    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >>> (signal - 1) & 1) == 1);
    }
}
