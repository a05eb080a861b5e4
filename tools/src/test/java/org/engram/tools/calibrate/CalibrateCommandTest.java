package org.engram.tools.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.Verdict;
import org.engram.tools.console.Describe;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {

    private static final Geometry G = new Geometry(32, 32);
    private static final int PATTERNS = 40;

    @TempDir
    Path temp;

    private Path store(int patterns) {
        Path dir = temp.resolve("store");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < patterns; i++) {
                store.memorize("k" + i, random(i));
            }
        }
        return dir;
    }

    private static Pattern random(long seed) {
        Random random = new Random(seed);
        BitSet white = new BitSet();
        for (int j = 0; j < G.pixels(); j++) {
            white.set(j, random.nextBoolean());
        }
        return Pattern.twoValued(G, white);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(Object... args) throws IOException {
        return JSON.std.mapFrom(Cli.run(args).expect(0).out());
    }

    @SuppressWarnings("unchecked")
    private static double number(Map<String, Object> json, String... path) {
        Object at = json;
        for (String name : path) {
            at = ((Map<String, Object>) at).get(name);
        }
        return ((Number) at).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> conditions(Map<String, Object> json) {
        return (List<Map<String, Object>>) json.get("conditions");
    }

    @Test
    void whatIsRecommendedLiesBetweenStoredAndUnseenPatternsAndMakesNoMistake() throws IOException {
        Map<String, Object> json = json("calibrate", store(PATTERNS), "--json");
        assertEquals(PATTERNS, json.get("patterns"));
        assertEquals(PATTERNS, json.get("sampled"));
        assertEquals(0, json.get("twins"));
        assertEquals(9, conditions(json).size());
        double contrast = number(json, "recommended", "contrast");
        for (Map<String, Object> condition : conditions(json)) {
            assertTrue(number(condition, "unseen", "contrast", "most") < contrast, condition::toString);
            assertTrue(number(condition, "stored", "contrast", "least") >= contrast, condition::toString);
            assertEquals(PATTERNS, number(condition, "then", "recognised"));
            assertEquals(0, number(condition, "then", "mistaken"));
        }
        Map<String, Object> clean = conditions(json).get(0);
        assertEquals(1, number(clean, "stored", "contrast", "least"), "a stored pattern without damage");
        assertEquals(0, number(clean, "stored", "disagreement", "most"));
        // random pictures of 1,024 pixels differ in about half of them
        assertTrue(number(json, "nearest", "least") > 0.4 && number(json, "nearest", "most") < 0.55, json::toString);
        assertEquals(0.5, number(json, "criteria", "contrast"));
        assertEquals(false, json.get("recorded"));
    }

    @Test
    void theSameSeedMeasuresTheSameAndAnotherSomethingElse() throws IOException {
        Path store = store(PATTERNS);
        assertEquals(json("calibrate", store, "--json"), json("calibrate", store, "--json"));
        assertTrue(!json("calibrate", store, "--json").equals(json("calibrate", store, "--json", "--seed", 2)));
        Map<String, Object> sampled = json("calibrate", store, "--json", "--sample", 10);
        assertEquals(PATTERNS, sampled.get("patterns"));
        assertEquals(10, sampled.get("sampled"));
    }

    @Test
    void withRecordTheStoreJudgesByItFromThenOnAndWithoutItNothingIsWritten() throws IOException {
        Path store = store(PATTERNS);
        byte[] journal = Files.readAllBytes(store.resolve("journal"));
        Cli.run("calibrate", store).expect(0);
        assertArrayEquals(journal, Files.readAllBytes(store.resolve("journal")));
        String out = Cli.run("calibrate", store, "--record").expect(0).out();
        Criteria recorded;
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            recorded = open.criteria();
            assertEquals(Verdict.RECOGNISED, open.recall(Cue.bipolar(random(3))).verdict());
            assertEquals(Verdict.UNKNOWN, open.recall(Cue.bipolar(random(-1))).verdict());
        }
        assertTrue(!recorded.equals(Criteria.DEFAULT));
        assertTrue(out.endsWith("recorded: " + Describe.criteria(recorded) + "\n"), out);
        assertEquals((double) recorded.contrast(), number(json("info", store, "--json"), "criteria", "contrast"), 1e-7);
        String again = Cli.run("calibrate", store).expect(0).out();
        assertTrue(again.endsWith("what the store judges by is what is recommended\n"), again);
        Cli.run("verify", store).expect(0);
    }

    @Test
    void patternsThatAreStoredTwiceAndAlikeAreTold() throws IOException {
        Path store = store(PATTERNS);
        try (PatternStore open = PatternStore.open(store)) {
            open.memorize("twin", random(5));
        }
        Map<String, Object> json = json("calibrate", store, "--json");
        assertEquals(2, json.get("twins"));
        assertEquals(0, number(json, "nearest", "least"));
        String out = Cli.run("calibrate", store).expect(0).out();
        assertTrue(out.contains("; 2 stored twice\n"), out);
    }

    @Test
    void whereStoredAndUnseenOverlapAtMostTheGivenShareOfTheUnseenPasses() throws IOException {
        Path store = store(PATTERNS);
        Map<String, Object> json =
                json("calibrate", store, "--json", "--hidden", "0.97", "--noise", "0.3", "--mistakes", "0.05");
        Map<String, Object> hard = conditions(json).get(0);
        double stored = number(hard, "stored", "contrast", "least");
        double unseen = number(hard, "unseen", "contrast", "most");
        assertTrue(stored < unseen, "the condition is not hard enough for this test: " + hard);
        assertTrue(number(hard, "then", "mistaken") <= 0.05 * 2 * PATTERNS, hard::toString);
    }

    @Test
    void theHistogramIsDrawnInTheTerminalAndAsAPicture() throws IOException {
        Path png = temp.resolve("contrast.png");
        String out =
                Cli.run("calibrate", store(PATTERNS), "--png", png).expect(0).out();
        assertTrue(out.lines().anyMatch(line -> line.matches("stored    [ ▁▂▃▄▅▆▇█]{49}█")), out);
        assertTrue(out.lines().anyMatch(line -> line.matches("unseen    [▁▂▃▄▅▆▇█][ ▁▂▃▄▅▆▇█]*")), out);
        assertEquals(1000, ImageIO.read(png.toFile()).getWidth());
    }

    @Test
    void wrongArgumentsAreOneLine() {
        Path store = store(7);
        assertEquals(
                "engram: too few patterns to calibrate with: expected at least 8, found 7; memorize more, until then agreement decides\n",
                Cli.run("calibrate", store).expect(1).err());
        assertEquals(
                "engram: --hidden is out of range: expected shares from 0 to below 1.0, found 1.0\n",
                Cli.run("calibrate", store, "--hidden", "0,1").expect(1).err());
        assertEquals(
                "engram: --noise is out of range: expected shares from 0 to below 0.5, found -0.1\n",
                Cli.run("calibrate", store, "--noise", "-0.1").expect(1).err());
        assertEquals(
                "engram: --sample is out of range: expected at least 8, found 3\n",
                Cli.run("calibrate", store, "--sample", 3).expect(1).err());
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(store.resolve("x.png"), store),
                Cli.run("calibrate", store, "--png", store.resolve("x.png"))
                        .expect(1)
                        .err());
    }
}
