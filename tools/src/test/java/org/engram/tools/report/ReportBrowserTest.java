package org.engram.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.PatternStore;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Browser;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.PageCues;
import org.engram.tools.paper.PaperSymbols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code engram report} in a real browser. */
class ReportBrowserTest {

    private static final int USABLE_MS = Campaign.USABLE_MS;

    @TempDir
    private Path directory;

    @Test
    void aPageAnswersAsTheLibraryAndIsUsedWithKeyboardMouseAndFinger() throws Exception {
        Browser browser = Browser.require();
        Path paper = directory.resolve("paper");
        try (PatternStore store = PatternStore.create(paper)) {
            PaperSymbols.all().forEach(symbol -> store.memorize(symbol.key(), symbol.pattern()));
        }
        Path hostile = PageCues.createHostileStore(directory);
        Path few = PageCues.createStoreOfFew(directory);
        Path empty = directory.resolve("empty");
        PatternStore.create(empty).close();
        Path damaged = directory.resolve("damaged");
        Cli.run("copy", hostile, damaged).expect(0);
        byte[] journal = Files.readAllBytes(damaged.resolve("journal"));
        journal[40] ^= 1;
        Files.write(damaged.resolve("journal"), journal);

        List<PageCues> visits = List.of(
                new PageCues(paper, paper, PageCues.cues(paper, 20, 1)),
                new PageCues(PageCues.withRealValue(hostile, directory), hostile, PageCues.cues(hostile, 60, 2)),
                new PageCues(few, few, PageCues.cuesOfFew(few)),
                new PageCues(empty, empty, List.of()),
                new PageCues(damaged, damaged, List.of()));
        List<Map<String, Object>> pages = new ArrayList<>();
        for (PageCues visit : visits) {
            Path page = directory.resolve(pages.size() + ".html");
            Cli.run("report", visit.store(), "-o", page).expect(visit.store().equals(damaged) ? 3 : 0);
            pages.add(Map.of("file", page.toString(), "cues", visit.json(), "tour", pages.isEmpty()));
        }
        Path sampled = directory.resolve("sampled.html");
        Cli.run("report", paper, "-o", sampled, "--embed", "20").expect(0);
        pages.add(Map.of("file", sampled.toString(), "cues", List.of(), "tour", false));
        List<Map<String, Object>> told = browser.visit(pages);
        for (int i = 0; i < visits.size(); i++) {
            PageCues visit = visits.get(i);
            Map<String, Object> page = told.get(i);
            assertEquals(List.of(), page.get("requests"), "requests of page " + i);
            assertEquals(List.of(), page.get("complaints"), "complaints of page " + i);
            assertEquals(visit.store().getFileName() + " - Engram", page.get("title"));
            Map<String, Object> markup = Browser.map(page.get("markup"));
            assertEquals(List.of(0, 2), List.of(markup.get("images"), markup.get("scripts")), "elements of page " + i);
            assertNull(markup.get("injected"));
            visit.assertAnswersAsTheLibrary(page);
        }
        assertSampledPage(told.get(visits.size()));
        assertPaperPage(told.get(0), Files.size(directory.resolve("0.html")));
        assertHostilePage(told.get(1));
        assertEquals(
                "There are no patterns.", Browser.map(told.get(3).get("first")).get("found"));
        Object findings = Browser.map(told.get(4).get("markup")).get("findings");
        assertTrue(findings.toString().contains("journal is damaged"), findings.toString());
    }

    private static void assertHostilePage(Map<String, Object> page) {
        Map<String, Object> first = Browser.map(page.get("first"));
        List<String> cards =
                ((List<?>) first.get("cards")).stream().map(Object::toString).toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PageCues.HOSTILE_KEYS.size(); i++) {
            expected.add("%s, neuron %d".formatted(Text.escape(PageCues.HOSTILE_KEYS.get(i)), i));
        }
        assertEquals(expected, cards.subList(0, PageCues.HOSTILE_KEYS.size()));
        assertEquals("shades, neuron 13, real-valued", cards.get(cards.size() - 1));
        assertEquals(PageCues.HOSTILE_KEYS.get(0), first.get("key"));
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
        System.out.println("the page of the paper's store is usable after this many ms: " + ready);
        // how long it takes is a matter of the machine; the nightly run wants less than a second
        assertTrue(PageCues.number(ready.get(ready.size() - 1)) < USABLE_MS, "usable after this many ms: " + ready);
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
