package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Doors;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.Mask;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * FORMAT.md is normative: its example is what the code writes. The frozen stores, one of every layout and one with
 * masks and a batch, open, answer and grow, and the code still writes them byte for byte.
 *
 * <p>Until the first release the format may still change. Then change FORMAT.md and its example, have the frozen stores
 * written anew by {@code mvn -pl store test -Dtest=FormatTest -Dengram.freeze=true}, and read every difference. From the first
 * release on a frozen store is never written again.
 */
public class FormatTest {

    private static final UUID IDENTITY = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final List<String> FILES =
            List.of("header", "journal", "w.stripes", "v.stripes", "sketch.bits", "plane.bits");
    private static final Path FROZEN = Path.of("src", "test", "resources", "frozen");
    private static final String MASKED = "%d-packed-masks".formatted(Header.VERSION);
    /** Whether the frozen stores are written anew. */
    private static final boolean FREEZE = Boolean.getBoolean("engram.freeze");
    /** Two blocks a neuron: not all bits are in the sketch. */
    private static final Geometry G = new Geometry(19, 29);
    /** Recorded one after the other. */
    private static final List<Criteria> RECORDED =
            List.of(new Criteria(0.6f, 0.4f, 0.3f, 0.8f), new Criteria(0.5f, 0.25f, 0.2f, 0.9f));

    @TempDir
    Path temp;

    /** The store of the example: 2 x 2 pixels, one neuron under the kana GI. */
    private static void writeExample(Path dir) {
        Geometry geometry = new Geometry(2, 2);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(geometry);
        try (PatternStore store = Doors.create(dir, options, IDENTITY, Specimen.CLOCK)) {
            store.memorize("ギ", Pattern.of(geometry, 1, 0, 0, 1));
        }
    }

    @Test
    void theExampleInTheFormatDocumentIsWhatTheCodeWrites() throws IOException {
        Path dir = temp.resolve("store");
        writeExample(dir);
        Map<String, String> documented = documentedExample();
        for (String name : FILES) {
            assertEquals(
                    documented.get(name),
                    HexFormat.of().formatHex(Files.readAllBytes(dir.resolve(name))),
                    name + " differs from the example in FORMAT.md");
        }
        assertEquals(FILES.size(), documented.size());
    }

    /** The hex columns of the example, joined by file: lines of "offset  bytes  # meaning" under "file NAME". */
    private static Map<String, String> documentedExample() throws IOException {
        Map<String, StringBuilder> hex = new TreeMap<>();
        String file = "";
        java.util.regex.Pattern line =
                java.util.regex.Pattern.compile("^ *([0-9a-f]+) {2}((?:[0-9a-f]{2} ?)+)(?: *#.*)?$");
        for (String text : Files.readAllLines(Path.of("FORMAT.md"))) {
            if (text.startsWith("file ")) {
                file = text.substring(5).replaceAll(" .*", "");
                hex.put(file, new StringBuilder());
            }
            Matcher matcher = line.matcher(text);
            if (matcher.matches()) {
                StringBuilder bytes = hex.get(file);
                assertEquals(bytes.length() / 2, Integer.parseInt(matcher.group(1), 16), "offset in " + text);
                bytes.append(matcher.group(2).replace(" ", ""));
            }
        }
        Map<String, String> joined = new TreeMap<>();
        hex.forEach((name, bytes) -> joined.put(name, bytes.toString()));
        return joined;
    }

    @BeforeAll
    static void freeze(@TempDir Path temp) throws IOException {
        if (FREEZE) {
            for (Layout layout : Layout.values()) {
                Path written = temp.resolve(layout.name());
                writeFrozen(written, layout);
                freeze(written, frozenName(layout));
            }
            Path written = temp.resolve(MASKED);
            writeMasked(written);
            freeze(written, MASKED);
        }
    }

    private static void freeze(Path written, String name) throws IOException {
        Files.delete(written.resolve("lock"));
        StoreBytes.restore(Files.createDirectories(FROZEN.resolve(name)), StoreBytes.of(written));
    }

    private static String frozenName(Layout layout) {
        return "%d-%s".formatted(Header.VERSION, layout.name().toLowerCase(Locale.ROOT));
    }

    /** A copy of the frozen store of a layout, to open and to change. */
    public static Path thaw(Layout layout, Path dir) throws IOException {
        return thaw(frozenName(layout), dir);
    }

    private static Path thaw(String name, Path dir) throws IOException {
        Files.createDirectories(dir);
        StoreBytes.restore(dir, StoreBytes.of(FROZEN.resolve(name)));
        return dir;
    }

    @ParameterizedTest
    @EnumSource
    void theCodeStillWritesTheFrozenStoreByteForByte(Layout layout) throws IOException {
        Path now = temp.resolve("now");
        writeFrozen(now, layout);
        assertWritten(frozenName(layout), now);
    }

    private static void assertWritten(String frozen, Path now) throws IOException {
        Map<String, byte[]> written = StoreBytes.of(now);
        written.remove("lock");
        StoreBytes.assertSame(StoreBytes.of(FROZEN.resolve(frozen)), written);
    }

    @ParameterizedTest
    @EnumSource
    void theFrozenStoreOpensReadOnlyAndAnswersOnEveryPath(Layout layout) throws IOException {
        Path dir = thaw(layout, temp.resolve("frozen"));
        Map<String, byte[]> before = StoreBytes.of(dir);
        assertSound(dir, layout);
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertFrozen(store, layout);
            assertAllPathsAgree(store);
        }
        StoreBytes.assertSame(before, StoreBytes.of(dir));
    }

    @ParameterizedTest
    @EnumSource
    void theFrozenStoreOpensForWritingAnswersTheSameAndGrows(Layout layout) throws IOException {
        Path dir = thaw(layout, temp.resolve("frozen"));
        List<Object> before;
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            before = answers(store, RecallOptions.DEFAULT);
        }
        Pattern soft = layout == Layout.PACKED ? Patterns.random(G, 10) : Patterns.realValued(G, 10);
        int first = layout == Layout.PACKED ? 5 : 6;
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals("", Sentences.of(store.recovery()));
            assertFrozen(store, layout);
            assertEquals(before, answers(store, RecallOptions.DEFAULT));
            assertEquals(first, store.memorize("new", Patterns.random(G, 9)));
            assertEquals(first + 1, store.memorize("new soft", soft));
            assertEquals(first + 2, store.replace("c", Patterns.random(G, 11)));
            store.setCriteria(RECORDED.get(0));
        }
        assertSound(dir, layout);
        assertEquals((first + 3) * 64L, Files.size(dir.resolve("sketch.bits")));
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(RECORDED.get(0), store.criteria());
            assertEquals(Patterns.random(G, 9), store.pattern("new"));
            assertEquals(soft, store.pattern("new soft"));
            assertEquals(first, store.recall(Cue.bipolar(Patterns.random(G, 9))).neuron());
            assertEquals(
                    first + 2, store.recall(Cue.bipolar(Patterns.random(G, 11))).neuron());
            assertAllPathsAgree(store);
        }
    }

    @Test
    void theCodeStillWritesTheFrozenStoreWithMasksByteForByte() throws IOException {
        Path now = temp.resolve("now");
        writeMasked(now);
        assertWritten(MASKED, now);
    }

    @Test
    void theFrozenStoreWithMasksOpensForWritingAndGrows() throws IOException {
        Path dir = thaw(MASKED, temp.resolve("frozen"));
        assertSound(dir, Layout.PACKED);
        try (PatternStore store = PatternStore.open(dir)) {
            assertTrue(store.hasMasks());
            assertEquals("", Sentences.of(store.recovery()));
            assertEquals(
                    List.of("b", "whole", "ギ", "c"),
                    store.neurons().stream().map(Neuron::key).toList());
            assertEquals(masked(1), store.pattern("b"));
            assertEquals(masked(3), store.pattern("ギ"));
            assertEquals(masked(5), store.pattern("c"));
            assertEquals(Patterns.random(G, 2), store.pattern("whole"));
            assertEquals(
                    "ギ", store.recall(Cue.bipolar(masked(3), masked(3).known())).key());
            assertEquals(6, store.memorizeAll(List.of(Map.entry("new", masked(6)), Map.entry("new too", masked(7)))));
        }
        assertSound(dir, Layout.PACKED);
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(masked(7), store.pattern("new too"));
        }
    }

    private static void assertSound(Path dir, Layout layout) {
        StoreReport report = StoreCare.verify(dir, VerifyLevel.WEIGHTS, (done, total) -> {});
        assertEquals(List.of(), Sentences.of(report.problems()));
        assertEquals(List.of(), Sentences.of(report.notes()));
        assertEquals("1", report.format());
        assertEquals(layout, report.layout());
        assertTrue(report.retired() >= 2, "retired neurons stay");
    }

    private static void assertAllPathsAgree(PatternStore store) {
        List<Object> answers = answers(store, RecallOptions.DEFAULT);
        for (RecallPath path : RecallPath.values()) {
            assertEquals(answers, answers(store, Doors.withPath(RecallOptions.DEFAULT, path)), path.name());
        }
    }

    /** Every answer, in every way to ask for it. */
    private static List<Object> answers(PatternStore store, RecallOptions options) {
        List<Object> answers = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            Pattern shown = seed % 6 == 5
                    ? Patterns.realValued(store.geometry(), seed)
                    : Patterns.flipped(Patterns.random(store.geometry(), seed % 6), seed * 0.02, seed);
            Mask mask = Patterns.mask(store.geometry(), 1 - seed / 40.0, seed);
            for (Coding coding : Coding.values()) {
                Cue cue = Cue.of(shown, mask, coding);
                answers.add(store.recall(cue, options.withCandidates(10)));
                answers.add(HexFormat.of().formatHex(bytes(store.network().responses(cue))));
            }
        }
        store.neurons().forEach(neuron -> answers.add(store.pattern(neuron.neuron())));
        return answers;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static void assertFrozen(PatternStore store, Layout layout) {
        boolean soft = layout != Layout.PACKED;
        assertEquals(G, store.geometry());
        assertEquals(layout, store.layout());
        assertEquals(ruleOf(layout), store.rule());
        assertEquals(RECORDED.get(1), store.criteria());
        assertEquals(
                soft ? List.of("c", "ギ", "b", "soft") : List.of("c", "ギ", "b"),
                store.neurons().stream().map(Neuron::key).toList());
        assertEquals(Patterns.random(G, 2), store.pattern("c"));
        assertEquals(Patterns.random(G, 3), store.pattern("ギ"));
        assertEquals(Patterns.random(G, 4), store.pattern("b"));
        if (soft) {
            assertEquals(Patterns.realValued(G, 5), store.pattern("soft"));
        }
        assertFalse(store.contains("a"));
        for (RecallPath path : RecallPath.values()) {
            Recall recall =
                    store.recall(Cue.bipolar(Patterns.random(G, 3)), Doors.withPath(RecallOptions.DEFAULT, path));
            assertEquals("ギ", recall.key());
            assertEquals(1, recall.agreement());
            assertTrue(recall.isRecognised());
        }
    }

    private static LearningRule ruleOf(Layout layout) {
        return layout == Layout.PACKED ? LearningRule.PAPER : new LearningRule(1, 0.004f, 1, 3);
    }

    /** Two retired neurons, one that is real-valued where the layout can hold it, and criteria that were recorded twice. */
    private static void writeFrozen(Path dir, Layout layout) {
        StoreOptions options =
                StoreOptions.DEFAULT.withLayout(layout).withGeometry(G).withRule(ruleOf(layout));
        try (PatternStore store = Doors.create(dir, options, IDENTITY, Specimen.CLOCK)) {
            store.memorize("a", Patterns.random(G, 0));
            store.memorize("b", Patterns.random(G, 1));
            store.memorize("c", Patterns.random(G, 2));
            store.memorize("ギ", Patterns.random(G, 3));
            store.sync();
            store.forget("a");
            store.replace("b", Patterns.random(G, 4));
            if (layout != Layout.PACKED) {
                store.memorize("soft", Patterns.realValued(G, 5));
            }
            RECORDED.forEach(store::setCriteria);
        }
    }

    private static Pattern masked(int seed) {
        return Patterns.random(G, seed).withKnown(Patterns.mask(G, 0.8, seed));
    }

    /** Unknown pixels in a batch and alone, and two retired neurons. */
    private static void writeMasked(Path dir) {
        StoreOptions options =
                StoreOptions.DEFAULT.withLayout(Layout.PACKED).withGeometry(G).withMasks();
        try (PatternStore store = Doors.create(dir, options, IDENTITY, Specimen.CLOCK)) {
            store.memorizeAll(List.of(
                    Map.entry("a", masked(0)),
                    Map.entry("b", masked(1)),
                    Map.entry("whole", Patterns.random(G, 2)),
                    Map.entry("ギ", masked(3))));
            store.memorize("c", masked(4));
            store.forget("a");
            store.replace("c", masked(5));
        }
    }
}
