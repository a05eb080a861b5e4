package org.engram.tools.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Browser;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.PageCues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code engram report} as text; ReportBrowserTest opens it. */
class ReportCommandTest {

    private static final Geometry GEOMETRY = new Geometry(9, 7);
    private static final int PATTERNS = 12;

    @TempDir
    private Path directory;

    private Path store;
    private Path page;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("store");
        page = directory.resolve("page.html");
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            for (int i = 0; i < PATTERNS; i++) {
                open.memorize(key(i), Pattern.twoValued(GEOMETRY, white(i)));
            }
        }
    }

    private static String key(int i) {
        return i < PageCues.HOSTILE_KEYS.size() ? PageCues.HOSTILE_KEYS.get(i) : "p" + i;
    }

    private static BitSet white(int i) {
        return BitSet.valueOf(new long[] {new Random(i).nextLong() >>> 1});
    }

    private String report(Object... more) throws Exception {
        Object[] args = Arrays.copyOf(new Object[] {"report", store, "-o", page}, 4 + more.length);
        System.arraycopy(more, 0, args, 4, more.length);
        Cli.run(args).expect(0);
        return Files.readString(page);
    }

    private static Map<String, Object> data(String html) throws Exception {
        return JSON.std.mapFrom(between(html, "<script type=\"application/json\" id=\"data\">", "</script>"));
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    @Test
    void theSameStoreMakesTheSamePageInAFileAndOnStandardOutput() throws Exception {
        Cli.Result first = Cli.run("report", store, "-o", page).expect(0);
        byte[] html = Files.readAllBytes(page);
        assertEquals("wrote %s, %s\n".formatted(page, Text.bytes(html.length)), first.out());
        assertEquals("", first.err());
        Path again = directory.resolve("again.html");
        Cli.run("report", store, "--out", again).expect(0);
        assertArrayEquals(html, Files.readAllBytes(again));
        Cli.Result piped = Cli.run("report", store, "-o", "-").expect(0);
        assertEquals(new String(html, StandardCharsets.UTF_8), piped.out());
        assertEquals("", piped.err());
    }

    @Test
    void thePolicyAllowsThisStyleAndThisScriptAndNothingElse() throws Exception {
        String html = report();
        String style = between(html, "<style>", "</style>");
        String script = between(html, "<script type=\"module\">", "</script>");
        assertEquals(
                "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '%s'; script-src '%s'"
                        .formatted(hash(style), hash(script)),
                between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\""));
        assertFalse(html.contains("{{style}}") || html.contains("{{policy}}"));
        String withoutNamespace = html.replace("http://www.w3.org/2000/svg", "");
        assertFalse(withoutNamespace.contains("http:") || withoutNamespace.contains("https:"));
        assertFalse(html.contains("@import") || html.contains("url(") || script.contains("innerHTML"));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void keysAreDataWhateverTheyAre() throws Exception {
        String html = report();
        assertEquals(3, html.split("<script", -1).length, "elements of script");
        assertEquals(3, html.split("</script", -1).length, "ends of script");
        String json = between(html, "id=\"data\">", "</script>");
        for (String markup : List.of("<", ">", "&", "\n", "\u2028")) {
            assertFalse(json.contains(markup), markup);
        }
        List<?> patterns = (List<?>) data(html).get("patterns");
        for (int i = 0; i < PATTERNS; i++) {
            assertEquals(key(i), Browser.map(patterns.get(i)).get("key"));
        }
    }

    @Test
    void thePageHasTheDocumentsOfInfoAndStatsAndTheBitsOfEveryPattern() throws Exception {
        Map<String, Object> data = data(report());
        assertEquals(JSON.std.mapFrom(Cli.run("info", store, "--json").out()), data.get("info"));
        assertEquals(JSON.std.mapFrom(Cli.run("stats", store, "--json").out()), data.get("statistics"));
        assertEquals(PATTERNS, data.get("checked"));
        assertEquals(PATTERNS, data.get("live"));
        assertEquals(null, data.get("seed"));
        byte[] bits = Base64.getDecoder().decode(data.get("bits").toString());
        assertEquals(8 * PATTERNS, bits.length);
        for (int i = 0; i < PATTERNS; i++) {
            assertEquals(white(i), BitSet.valueOf(Arrays.copyOfRange(bits, 8 * i, 8 * i + 8)));
            Map<String, Object> pattern = Browser.map(((List<?>) data.get("patterns")).get(i));
            assertEquals(i, pattern.get("neuron"));
            assertEquals(1, ((Number) pattern.get("gain")).intValue());
            assertEquals(white(i).cardinality() / 63.0, pattern.get("white"));
            assertEquals(nearest(i) / 63.0, pattern.get("distance"));
        }
    }

    private static int nearest(int pattern) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < PATTERNS; i++) {
            BitSet differing = white(i);
            differing.xor(white(pattern));
            least = i == pattern ? least : Math.min(least, differing.cardinality());
        }
        return least;
    }

    @Test
    void aRealValuedPatternIsShownSmall() throws Exception {
        Path large = directory.resolve("large");
        Geometry geometry = new Geometry(130, 65);
        float[] values = new float[geometry.pixels()];
        Arrays.fill(values, 0.5f);
        values[0] = 1.4f;
        values[geometry.pixels() - 1] = -9;
        try (PatternStore open = PatternStore.create(large, StoreOptions.DEFAULT.withGeometry(geometry))) {
            open.memorize("grey", Pattern.of(geometry, values));
        }
        Cli.run("report", large, "-o", page).expect(0);
        Map<String, Object> data = data(Files.readString(page));
        Map<String, Object> grey =
                Browser.map(Browser.map(((List<?>) data.get("patterns")).get(0)).get("grey"));
        assertEquals(44, grey.get("width"));
        assertEquals(22, grey.get("height"));
        byte[] bytes = Base64.getDecoder().decode(grey.get("bytes").toString());
        byte[] expected = new byte[44 * 22];
        Arrays.fill(expected, (byte) 128);
        expected[0] = (byte) Math.round(255 * (0.5 + 0.9 / 9));
        expected[expected.length - 1] = 0;
        assertArrayEquals(expected, bytes);
        assertEquals("", data.get("bits"));
    }

    @Test
    void ofManyPatternsAFewAreChosenBySeed() throws Exception {
        Map<String, Object> few = data(report("--embed", "5"));
        assertEquals(5, ((List<?>) few.get("patterns")).size());
        assertEquals(PATTERNS, few.get("live"));
        assertEquals(1, few.get("seed"));
        assertEquals(
                Map.of("patterns", 5, "of", PATTERNS, "seed", 1),
                Browser.map(few.get("statistics")).get("sample"));
        assertEquals(few, data(report("--embed", "5", "--seed", "1")));
        assertFalse(few.get("patterns")
                .equals(data(report("--embed", "5", "--seed", "2")).get("patterns")));
        assertEquals(List.of(), data(report("--embed", "0")).get("patterns"));
    }

    @Test
    void aDamagedStoreHasAPageThatSaysSo() throws Exception {
        flip(store.resolve("w.stripes"), 300);
        Cli.Result damaged = Cli.run("report", store, "-o", page).expect(3);
        Map<String, Object> data = data(Files.readString(page));
        List<?> problems = (List<?>) Browser.map(data.get("info")).get("problems");
        assertEquals(1, problems.size());
        assertEquals("engram: note: %s\n".formatted(problems.get(0)), damaged.err());
        assertEquals(PATTERNS, ((List<?>) data.get("patterns")).size());
    }

    @Test
    void aStoreThatCannotBeOpenedHasAPageWithoutPatterns() throws Exception {
        flip(store.resolve("journal"), 40);
        Cli.run("report", store, "-o", page).expect(3);
        Map<String, Object> data = data(Files.readString(page));
        assertTrue(
                data.get("refused").toString().startsWith("journal is damaged: "),
                data.get("refused").toString());
        assertEquals(List.of(), data.get("patterns"));
    }

    private static void flip(Path file, int offset) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void whatCannotBeWrittenIsRefusedWithOneLine() throws Exception {
        Path inside = store.resolve("page.html");
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(inside, store),
                Cli.run("report", store, "-o", inside).expect(1).err());
        Path lost = directory.resolve("no/page.html");
        assertEquals(
                "engram: cannot write %s: %s is no directory; create it first\n".formatted(lost, lost.getParent()),
                Cli.run("report", store, "-o", lost).expect(2).err());
        assertEquals(
                "engram: Missing required option: '--out=FILE'; engram report --help shows how\n",
                Cli.run("report", store).expect(1).err());
        assertEquals(
                "engram: --embed is out of range: expected 0 to 33554432 for 9 x 7, found -1\n",
                Cli.run("report", store, "-o", page, "--embed", "-1").expect(1).err());
        Cli.run("report", directory.resolve("nowhere"), "-o", page).expect(2);
        assertFalse(Files.exists(page));
    }
}
