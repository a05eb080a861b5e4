package org.engram.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.StoreOptions;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Browser;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Cli;
import org.engram.tools.paper.PaperSymbols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code engram report} in a real browser. */
class ReportBrowserTest {

    private static final int USABLE_MS = Campaign.USABLE_MS;

    static final List<String> HOSTILE_KEYS = List.of(
            "</script><img src=x onerror=\"window.injected=1\">",
            "<!--<script>window.injected=2//",
            "<script>window.injected=3</script>",
            "'\"`&lt;&amp;${window.injected=4}{{data}}{{script}}",
            "line\nbreak\u0000\u001b[31m\u2028\u202eright to left\\u003c",
            "\ud83e\udde0 \u30c7\u30e5 \u00e4",
            "__proto__",
            "constructor");

    @TempDir
    private Path directory;

    /** A cue, as the library and as the page take it. */
    private record Asked(Cue cue, Map<String, Object> json) {}

    /** A page of one store, which answers as another does. */
    private record Visited(Path store, Path like, List<Asked> asked) {}

    @Test
    void aPageAnswersAsTheLibraryAndIsUsedWithKeyboardMouseAndFinger() throws Exception {
        Browser browser = Browser.require();
        Path paper = directory.resolve("paper");
        try (PatternStore store = PatternStore.create(paper)) {
            PaperSymbols.all().forEach(symbol -> store.memorize(symbol.key(), symbol.pattern()));
        }
        Path hostile = createHostileStore();
        Path few = createStoreOfFew();
        Path empty = directory.resolve("empty");
        PatternStore.create(empty).close();
        Path damaged = directory.resolve("damaged");
        Cli.run("copy", hostile, damaged).expect(0);
        byte[] journal = Files.readAllBytes(damaged.resolve("journal"));
        journal[40] ^= 1;
        Files.write(damaged.resolve("journal"), journal);

        List<Visited> visits = List.of(
                new Visited(paper, paper, cues(paper, 20, 1)),
                new Visited(withRealValue(hostile), hostile, cues(hostile, 60, 2)),
                new Visited(few, few, cuesOfFew(few)),
                new Visited(empty, empty, List.of()),
                new Visited(damaged, damaged, List.of()));
        List<Map<String, Object>> pages = new ArrayList<>();
        for (Visited visit : visits) {
            Path page = directory.resolve(pages.size() + ".html");
            Cli.run("report", visit.store(), "-o", page).expect(visit.store().equals(damaged) ? 3 : 0);
            List<Map<String, Object>> cues =
                    visit.asked().stream().map(Asked::json).toList();
            pages.add(Map.of("file", page.toString(), "cues", cues, "tour", pages.isEmpty()));
        }
        Path sampled = directory.resolve("sampled.html");
        Cli.run("report", paper, "-o", sampled, "--embed", "20").expect(0);
        pages.add(Map.of("file", sampled.toString(), "cues", List.of(), "tour", false));
        List<Map<String, Object>> told = browser.visit(pages);
        for (int i = 0; i < visits.size(); i++) {
            Visited visit = visits.get(i);
            Map<String, Object> page = told.get(i);
            assertEquals(List.of(), page.get("requests"), "requests of page " + i);
            assertEquals(List.of(), page.get("complaints"), "complaints of page " + i);
            assertEquals(visit.store().getFileName() + " - Engram", page.get("title"));
            Map<String, Object> markup = Browser.map(page.get("markup"));
            assertEquals(List.of(0, 2), List.of(markup.get("images"), markup.get("scripts")), "elements of page " + i);
            assertNull(markup.get("injected"));
            assertAnswersAsTheLibrary(visit, page);
        }
        assertSampledPage(told.get(visits.size()));
        assertPaperPage(told.get(0), Files.size(directory.resolve("0.html")));
        assertHostilePage(told.get(1));
        assertEquals(
                "There are no patterns.", Browser.map(told.get(3).get("first")).get("found"));
        Object findings = Browser.map(told.get(4).get("markup")).get("findings");
        assertTrue(findings.toString().contains("journal is damaged"), findings.toString());
    }

    /** Odd sizes, a retired neuron, twins, gains that differ, and keys that would break out. */
    private Path createHostileStore() {
        Path path = directory.resolve("hostile & <b>");
        Geometry geometry = new Geometry(37, 23);
        StoreOptions options = StoreOptions.DEFAULT
                .withLayout(Layout.TIED)
                .withGeometry(geometry)
                .withRule(new LearningRule(0.75f, 0.001f, 1, 3));
        try (PatternStore store = PatternStore.create(path, options)) {
            Random random = new Random(5);
            for (String key : HOSTILE_KEYS) {
                store.memorize(key, Pattern.twoValued(geometry, noise(geometry, random, 0.5)));
            }
            store.memorize("retired", Pattern.twoValued(geometry, noise(geometry, random, 0.5)));
            BitSet twin = noise(geometry, random, 0.5);
            store.memorize("twin", Pattern.twoValued(geometry, twin));
            store.memorize("other twin", Pattern.twoValued(geometry, twin));
            store.memorize("black", Pattern.twoValued(geometry, noise(geometry, random, 0.02)));
            store.memorize("white", Pattern.twoValued(geometry, noise(geometry, random, 0.98)));
            store.forget("retired");
        }
        return path;
    }

    /** With one more pattern, which the page shows, and does not recall. */
    private Path withRealValue(Path path) {
        Path copy = directory.resolve("hostile & <i>");
        Cli.run("copy", path, copy).expect(0);
        try (PatternStore store = PatternStore.open(copy)) {
            float[] values = new float[store.geometry().pixels()];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) j / values.length;
            }
            store.memorize("shades", Pattern.of(store.geometry(), values));
        }
        return copy;
    }

    /** Too few for contrast, and with criteria of its own. */
    private Path createStoreOfFew() {
        Path path = directory.resolve("few");
        Geometry geometry = new Geometry(8, 8);
        StoreOptions options = StoreOptions.DEFAULT
                .withLayout(Layout.PACKED)
                .withGeometry(geometry)
                .withCriteria(new Criteria(0.3f, 0.4f, 0.3f, 0.8f));
        try (PatternStore store = PatternStore.create(path, options)) {
            Random random = new Random(6);
            for (int i = 0; i < Criteria.COMPANY - 1; i++) {
                store.memorize("few " + i, Pattern.twoValued(geometry, noise(geometry, random, 0.5)));
            }
        }
        return path;
    }

    private static BitSet noise(Geometry geometry, Random random, double white) {
        BitSet bits = new BitSet(geometry.pixels());
        for (int j = 0; j < geometry.pixels(); j++) {
            bits.set(j, random.nextDouble() < white);
        }
        return bits;
    }

    /** Stored patterns of which much or nothing is erased, with much or no noise; every seventh was never stored. */
    private static List<Asked> cues(Path path, int number, int seed) {
        Random random = new Random(seed);
        List<Asked> asked = new ArrayList<>();
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            Geometry geometry = store.geometry();
            int count = store.neurons().size();
            for (int i = 0; i < number; i++) {
                BitSet shown =
                        white(store, store.neurons().get(random.nextInt(count)).neuron());
                if (i % 7 == 6) {
                    shown = noise(geometry, random, 0.6);
                }
                shown.xor(noise(geometry, random, new double[] {0, 0, 0.02, 0.1, 0.4}[random.nextInt(5)]));
                BitSet visible = noise(geometry, random, new double[] {1, 0.5, 0.02}[random.nextInt(3)]);
                if (random.nextBoolean()) {
                    int side = 1 + random.nextInt(Math.min(geometry.width(), geometry.height()));
                    visible = square(geometry, side);
                }
                if (i == 1) {
                    visible = new BitSet();
                }
                Coding coding = i % 2 == 0 ? Coding.BIPOLAR : Coding.UNIPOLAR;
                asked.add(asked(geometry, shown, visible, coding));
            }
        }
        return asked;
    }

    private static Asked asked(Geometry geometry, BitSet shown, BitSet visible, Coding coding) {
        Cue cue = Cue.of(Pattern.twoValued(geometry, shown), Mask.of(geometry, visible), coding);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shown", base64(shown, geometry));
        json.put("visible", base64(visible, geometry));
        json.put("coding", coding == Coding.BIPOLAR ? "bipolar" : "unipolar");
        return new Asked(cue, json);
    }

    /** The last of them agrees with 48 of 60 voters: 0.8, which is less than 0.8f. */
    private static List<Asked> cuesOfFew(Path path) {
        List<Asked> asked = new ArrayList<>(cues(path, 60, 3));
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            BitSet shown = white(store, 0);
            shown.flip(0, 12);
            BitSet visible = new BitSet();
            visible.set(0, 60);
            asked.add(asked(store.geometry(), shown, visible, Coding.BIPOLAR));
            assertEquals(0.8, store.recall(asked.get(60).cue()).agreement());
        }
        return asked;
    }

    private static BitSet white(PatternStore store, int neuron) {
        float[] values = store.pattern(neuron).values();
        BitSet white = new BitSet();
        for (int j = 0; j < values.length; j++) {
            white.set(j, values[j] != 0);
        }
        return white;
    }

    private static BitSet square(Geometry geometry, int side) {
        Mask mask = Mask.lowerRight(geometry, side);
        BitSet visible = new BitSet();
        for (int j = 0; j < geometry.pixels(); j++) {
            visible.set(j, mask.isVisible(j % geometry.width(), j / geometry.width()));
        }
        return visible;
    }

    private static String base64(BitSet bits, Geometry geometry) {
        int bytes = Math.ceilDiv(geometry.pixels(), 32) * 4;
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bits.toByteArray(), bytes));
    }

    /** To the last digit, which is more than the six that people see. */
    private static void assertAnswersAsTheLibrary(Visited visit, Map<String, Object> page) {
        List<Asked> asked = visit.asked();
        List<?> answers = (List<?>) page.get("answers");
        assertEquals(asked.size(), answers.size());
        if (asked.isEmpty()) {
            return;
        }
        try (PatternStore store = PatternStore.openReadOnly(visit.like())) {
            for (int i = 0; i < asked.size(); i++) {
                Cue cue = asked.get(i).cue();
                Recall recall = store.recall(cue);
                Map<String, Object> answer = Browser.map(answers.get(i));
                String what = "cue %d of %s".formatted(i, visit.like().getFileName());
                boolean none = cue.voters() == 0;
                assertEquals(recall.verdict().name(), answer.get("verdict"), what);
                assertEquals(none ? null : recall.key(), answer.get("key"), what);
                assertEquals(none ? null : recall.neuron(), answer.get("neuron"), what);
                assertEquals(cue.voters(), answer.get("voters"), what);
                assertEquals(none ? Double.NaN : recall.normalisedQ(), number(answer.get("q")), what);
                assertEquals(none ? Double.NaN : recall.agreement(), number(answer.get("agreement")), what);
                assertEquals(recall.contrast(), number(answer.get("contrast")), what);
                assertEquals(responses(store, cue), answer.get("responses").toString(), what);
            }
        }
    }

    private static double number(Object json) {
        return json == null ? Double.NaN : ((Number) json).doubleValue();
    }

    /** q/R of the live neurons, with the digits of the page. */
    private static String responses(PatternStore store, Cue cue) {
        float[] q = store.responses(cue);
        List<Object> live = new ArrayList<>();
        for (float response : q) {
            double normalised = (double) response / store.geometry().pixels();
            if (!Float.isNaN(response)) {
                live.add(normalised == Math.rint(normalised) ? (Object) (int) normalised : (Object) normalised);
            }
        }
        return live.toString();
    }

    private static void assertHostilePage(Map<String, Object> page) {
        Map<String, Object> first = Browser.map(page.get("first"));
        List<String> cards =
                ((List<?>) first.get("cards")).stream().map(Object::toString).toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < HOSTILE_KEYS.size(); i++) {
            expected.add("%s, neuron %d".formatted(Text.escape(HOSTILE_KEYS.get(i)), i));
        }
        assertEquals(expected, cards.subList(0, HOSTILE_KEYS.size()));
        assertEquals("shades, neuron 13, real-valued", cards.get(cards.size() - 1));
        assertEquals(HOSTILE_KEYS.get(0), first.get("key"));
        assertEquals(
                "Real-valued patterns are shown here, but the playground recalls among the black and white ones only.",
                Browser.map(page.get("markup")).get("notice"));
    }

    private static void assertSampledPage(Map<String, Object> page) {
        assertEquals("1 to 20 of 20", Browser.map(page.get("first")).get("found"));
        String notice = Browser.map(page.get("markup")).get("notice").toString();
        assertTrue(
                notice.matches("This page has 20 of the 298 patterns, chosen at random \\(seed \\d+\\)\\. "
                        + "All it shows and recalls is among these\\."),
                notice);
    }

    private static void assertPaperPage(Map<String, Object> page, long bytes) {
        assertTrue(bytes < 3_000_000, "page has " + bytes + " bytes");
        List<?> ready = (List<?>) page.get("ready");
        System.out.println("the page of the paper's store is usable after so many ms: " + ready);
        // how long it takes is a matter of the machine; the nightly run wants less than a second
        assertTrue(number(ready.get(ready.size() - 1)) < USABLE_MS, "usable after so many ms: " + ready);
        Map<String, Object> first = Browser.map(page.get("first"));
        assertSeen(first, "RECOGNISED", "A", "75.0 % hidden, 0 of 3,364 visible pixels flipped");
        assertEquals("1 to 48 of 298", first.get("found"));
        Map<String, Object> symbol = Browser.map(first.get("recalled"));
        assertEquals(Map.of("white", 9872, "black", 3584, "other", 0), symbol);
        assertKeyboard(Browser.map(page.get("keyboard")), symbol);
        assertMouse(Browser.map(page.get("mouse")));
        Map<String, Object> looks = Browser.map(page.get("looks"));
        assertEquals("rgb(19, 20, 23)", looks.get("dark"));
        assertEquals("rgb(247, 246, 243)", looks.get("toggled"));
        assertEquals(0, looks.get("tooWide"));
        String tapped = Browser.map(looks.get("tapped")).get("hidden").toString();
        assertNotEquals("75.0 % hidden, 0 of 3,364 visible pixels flipped", tapped);
    }

    private static void assertKeyboard(Map<String, Object> steps, Map<String, Object> symbol) {
        Map<String, Object> searched = Browser.map(steps.get("searched"));
        assertEquals(List.of("V, neuron 21", "v, neuron 47"), searched.get("cards"));
        assertEquals("1 to 2 of 2", searched.get("found"));
        assertSeen(searched, "RECOGNISED", "A", null);
        Map<String, Object> taken = Browser.map(steps.get("taken"));
        assertSeen(taken, "RECOGNISED", "v", "75.0 % hidden, 0 of 3,364 visible pixels flipped");
        assertEquals("v  (47)", taken.get("picked"));
        assertEquals("cue", taken.get("focus"));
        assertSeen(steps.get("whole"), "RECOGNISED", "v", "0.0 % hidden, 0 of 13,456 visible pixels flipped");
        assertSeen(steps.get("dotted"), "RECOGNISED", "v", "1.3 % hidden, 0 of 13,287 visible pixels flipped");
        assertSeen(steps.get("stroked"), "RECOGNISED", "v", "1.8 % hidden, 0 of 13,209 visible pixels flipped");
        String read = Browser.map(steps.get("read")).get("read").toString();
        assertTrue(read.startsWith("\u30c7\u30a3, neuron 296, q/R 0."), read);
        Map<String, Object> picked = Browser.map(steps.get("pickedFromPlot"));
        assertSeen(picked, "RECOGNISED", "\u30c7\u30a3", null);
        assertNotEquals(symbol, picked.get("recalled"));
        Map<String, Object> nothing = Browser.map(steps.get("nothing"));
        assertEquals(List.of(), nothing.get("cards"));
        assertEquals("No key has this in it.", nothing.get("found"));
        Map<String, Object> turned = Browser.map(steps.get("turned"));
        assertEquals("49 to 96 of 298", turned.get("found"));
        assertEquals("w, neuron 48", ((List<?>) turned.get("cards")).get(0));
    }

    private static void assertMouse(Map<String, Object> steps) {
        String key = "\u30c7\u30a3";
        Map<String, Object> brushed = Browser.map(steps.get("brushed"));
        assertSeen(brushed, "RECOGNISED", key, null);
        int hidden = (int) Browser.map(brushed.get("cue")).get("other");
        assertTrue(hidden > 1000 && hidden < 2500, "the brush hid " + hidden);
        assertTrue(hidden + 1345
                <= (int)
                        Browser.map(Browser.map(steps.get("blocks")).get("cue")).get("other"));
        Map<String, Object> noisy = Browser.map(steps.get("noisy"));
        assertSeen(noisy, "RECOGNISED", key, null);
        assertEquals("10 %, seed 1", noisy.get("noise"));
        Map<String, Object> other = Browser.map(steps.get("otherNoise"));
        assertEquals("10 %, seed 2", other.get("noise"));
        assertNotEquals(noisy.get("cue"), other.get("cue"));
        assertSeen(steps.get("unipolar"), "UNKNOWN", key, null);
        assertSeen(steps.get("quarter"), "RECOGNISED", key, "75.0 % hidden, 0 of 3,364 visible pixels flipped");
        assertNotEquals(
                Browser.map(steps.get("quarter")).get("hidden"),
                Browser.map(steps.get("broughtBack")).get("hidden"));
    }

    private static void assertSeen(Object step, String verdict, String key, String hidden) {
        Map<String, Object> seen = Browser.map(step);
        assertEquals(verdict, seen.get("verdict"), seen::toString);
        assertEquals(key, seen.get("key"), seen::toString);
        if (hidden != null) {
            assertEquals(hidden, seen.get("hidden"), seen::toString);
        }
    }
}
