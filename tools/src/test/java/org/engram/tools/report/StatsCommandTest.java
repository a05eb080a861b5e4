package org.engram.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Browser;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsCommandTest {

    private static final Geometry GEOMETRY = new Geometry(4, 2);

    @TempDir
    private Path directory;

    private Path store(StoreOptions options, String... patterns) {
        Path path = directory.resolve("store");
        try (PatternStore store = PatternStore.create(path, options.withGeometry(GEOMETRY))) {
            for (String pattern : patterns) {
                store.memorize("p" + store.size(), pattern(pattern));
            }
        }
        return path;
    }

    /** Eight pixels: white is 1, and any other digit n is n / 10. */
    private static Pattern pattern(String pixels) {
        float[] values = new float[pixels.length()];
        for (int j = 0; j < values.length; j++) {
            int digit = pixels.charAt(j) - '0';
            values[j] = digit <= 1 ? digit : digit / 10f;
        }
        return Pattern.of(GEOMETRY, values);
    }

    private static Map<String, Object> json(Object... args) throws Exception {
        return JSON.std.mapFrom(Cli.run(args).expect(0).out());
    }

    @Test
    void statsCountNeuronsBytesAndPatterns() throws Exception {
        // Distances: p0 and p1 differ in 1 pixel, p2 from p1 in 3 and from p0 in 4, p3 is p2 again.
        Path store = store(StoreOptions.DEFAULT, "11110000", "11110001", "00110111", "00110111", "19000000");
        Cli.run("forget", store, "p1").expect(0);
        Cli.run("verify", store).expect(0);
        Map<String, Object> info = json("info", store, "--json");
        Map<String, Object> stats = json("stats", store, "--json");
        for (String field : List.of("neurons", "live", "retired", "bytes", "bytesPerNeuron", "files", "writer")) {
            assertEquals(info.get(field), stats.get(field), field);
        }
        assertEquals(4, stats.get("live"));
        assertEquals(1, stats.get("realValued"));
        Map<String, Object> sample = Browser.map(stats.get("sample"));
        assertEquals(3, sample.get("patterns"));
        assertEquals(3, sample.get("of"));
        assertEquals(null, sample.get("seed"));
        assertEquals(Map.of("least", 0.5, "median", 0.625, "mean", 1.75 / 3, "most", 0.625), stats.get("density"));
        assertEquals(Map.of("least", 0.0, "median", 0.0, "mean", 0.625 / 3, "most", 0.625), stats.get("distinctness"));
        assertEquals(2, stats.get("duplicates"));
        List<?> neurons =
                JSON.std.listFrom(Cli.run("ls", store, "--all", "--json").out());
        assertEquals(Browser.map(neurons.get(0)).get("memorized"), stats.get("firstMemorized"));
        assertEquals(Browser.map(neurons.get(4)).get("memorized"), stats.get("lastMemorized"));
        assertEquals(
                """
                neurons     4 live, 1 retired
                patterns    3 black and white, 1 real-valued
                size        %s
                memorized   first %s, last %s
                density     0.5000 to 0.6250, median 0.6250, mean 0.5833
                distance    0.0000 to 0.6250, median 0.0000, mean 0.2083
                duplicates  2
                writer      none
                """.formatted(sizes(store), stats.get("firstMemorized"), stats.get("lastMemorized")),
                Cli.run("stats", store).expect(0).out());
    }

    /** The lines of info about sizes, which are the same. */
    private static String sizes(Path store) {
        String info = Cli.run("info", store).expect(0).out();
        return info.substring(info.indexOf("size      ") + 10, info.indexOf("\nwriter"));
    }

    @Test
    void aStoreWithAnotherRuleHasTheSameStatistics() throws Exception {
        Path store = store(
                StoreOptions.DEFAULT.withRule(new LearningRule(0.5f, 0.01f, 1, 3)), "11110000", "11110001", "00000000");
        Map<String, Object> stats = json("stats", store, "--json");
        assertEquals(Map.of("least", 0.0, "median", 0.5, "mean", 1.125 / 3, "most", 0.625), stats.get("density"));
        assertEquals(Map.of("least", 0.125, "median", 0.125, "mean", 0.25, "most", 0.5), stats.get("distinctness"));
    }

    @Test
    void anEmptyStoreHasNothingToCount() throws Exception {
        Path store = store(StoreOptions.DEFAULT);
        Map<String, Object> stats = json("stats", store, "--json");
        for (String field : List.of("firstMemorized", "lastMemorized", "density", "distinctness")) {
            assertTrue(stats.containsKey(field));
            assertEquals(null, stats.get(field), field);
        }
        String out = Cli.run("stats", store).expect(0).out();
        assertTrue(out.contains("\nmemorized   nothing yet\ndensity     none\ndistance    none\nduplicates  0\n"), out);
    }

    @Test
    void aSampleIsChosenBySeedAndTold() throws Exception {
        Path store = directory.resolve("store");
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(new Geometry(8, 8)))) {
            Random random = new Random(1);
            for (int i = 0; i < 40; i++) {
                BitSet white = BitSet.valueOf(new long[] {random.nextLong() >>> i});
                open.memorize("p" + i, Pattern.twoValued(open.geometry(), white));
            }
        }
        Map<String, Object> first = json("stats", store, "--sample", "10", "--seed", "7", "--json");
        assertEquals(Map.of("patterns", 10, "of", 40, "seed", 7), first.get("sample"));
        assertEquals(first, json("stats", store, "--sample", "10", "--seed", "7", "--json"));
        Map<String, Object> other = json("stats", store, "--sample", "10", "--seed", "8", "--json");
        assertTrue(!first.get("density").equals(other.get("density")));
        String out = Cli.run("stats", store, "--sample", "10").expect(0).out();
        assertTrue(
                out.contains("\nsample      10 of 40 patterns, seed 1; density, distance and duplicates are theirs\n"),
                out);
    }

    @Test
    void theWriterIsNamed() throws Exception {
        Path path = store(StoreOptions.DEFAULT, "11110000");
        try (PatternStore writer = PatternStore.open(path)) {
            long pid = ProcessHandle.current().pid();
            assertEquals(1, writer.size());
            assertEquals((int) pid, ((Map<?, ?>) json("stats", path, "--json").get("writer")).get("pid"));
            assertTrue(Cli.run("stats", path).expect(0).out().contains("\nwriter      process " + pid + " on "));
        }
    }

    @Test
    void whatCannotBeCountedIsRefusedWithOneLine() throws Exception {
        Path store = store(StoreOptions.DEFAULT, "11110000");
        assertEquals(
                "engram: --sample is out of range: expected 0 or more, found -1\n",
                Cli.run("stats", store, "--sample", "-1").expect(1).err());
        Cli.run("stats", directory.resolve("nowhere")).expect(2);
        byte[] journal = Files.readAllBytes(store.resolve("journal"));
        journal[40] ^= 1;
        Files.write(store.resolve("journal"), journal);
        Cli.run("stats", store).expect(3);
    }
}
