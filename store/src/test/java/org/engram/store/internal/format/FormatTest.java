package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FORMAT.md is normative: its example is what the code writes, and a store of any format so far opens for ever. */
public class FormatTest {

    private static final UUID IDENTITY = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final List<String> FILES =
            List.of("header", "journal", "w.stripes", "v.stripes", "sketch.bits", "plane.bits");
    public static final Geometry OF_1_0 = new Geometry(5, 7);
    /** Two blocks a neuron: not all bits are in the sketch. */
    private static final Geometry OF_1_1 = new Geometry(19, 29);
    /** Recorded one after the other. */
    private static final List<Criteria> OF_1_2 =
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

    /** A copy of a frozen store, to open and to change. */
    public static Path thaw(String frozen, Path dir) throws IOException {
        Files.createDirectory(dir);
        for (String name : FILES) {
            try (InputStream in = FormatTest.class.getResourceAsStream("/frozen/%s/%s".formatted(frozen, name))) {
                if (in != null) {
                    Files.copy(in, dir.resolve(name));
                }
            }
        }
        return dir;
    }

    private static String format(Path dir) {
        StoreReport report = StoreCare.verify(dir, (done, total) -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(List.of(), report.notes());
        return report.format() + " " + report.layout();
    }

    @Test
    void aStoreOfFormatOneDotZeroOpensAndGrowsAsItIs() throws IOException {
        Path dir = thaw("1.0", temp.resolve("frozen"));
        List<String> names = List.of("header", "journal", "v.stripes", "w.stripes");
        assertEquals(names, List.copyOf(StoreBytes.of(dir).keySet()));
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertFrozen(store, OF_1_0, Layout.FULL, true);
        }
        assertEquals(names, List.copyOf(StoreBytes.of(dir).keySet()));
        try (PatternStore store = PatternStore.open(dir)) {
            assertFrozen(store, OF_1_0, Layout.FULL, true);
            assertEquals("", store.recovery());
            assertEquals(6, store.memorize("new", Patterns.random(OF_1_0, 9)));
            assertEquals(7, store.memorize("new soft", Patterns.realValued(OF_1_0, 10)));
        }
        assertEquals(
                List.of("header", "journal", "lock", "v.stripes", "w.stripes"),
                List.copyOf(StoreBytes.of(dir).keySet()));
        assertEquals("1.0 FULL", format(dir));
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(Patterns.random(OF_1_0, 9), store.pattern("new"));
            assertEquals(Patterns.realValued(OF_1_0, 10), store.pattern("new soft"));
            for (RecallPath path : RecallPath.values()) {
                Recall recall =
                        store.recall(Cue.bipolar(Patterns.random(OF_1_0, 9)), RecallOptions.DEFAULT.withPath(path));
                assertEquals("new", recall.key(), "there are only stripes, whatever is asked for");
                assertEquals(1, recall.agreement());
            }
        }
    }

    @Test
    void aRebuiltStoreOfFormatOneDotZeroIsOneDotOneAnswersTheSameAndGrows() throws IOException {
        Path dir = thaw("1.0", temp.resolve("frozen"));
        List<Object> before;
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            before = answers(store);
        }
        Map<String, byte[]> files = StoreBytes.of(dir);
        assertEquals(6, StoreCare.rebuild(dir, (done, total) -> {}));
        assertEquals("1.1 FULL", format(dir));
        Map<String, byte[]> rebuilt = StoreBytes.of(dir);
        for (String untouched : List.of("journal", "w.stripes", "v.stripes")) {
            assertEquals(
                    HexFormat.of().formatHex(files.get(untouched)),
                    HexFormat.of().formatHex(rebuilt.get(untouched)));
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertFrozen(store, OF_1_0, Layout.FULL, true);
            assertEquals(before, answers(store));
            assertEquals(6, store.memorize("new", Patterns.random(OF_1_0, 9)));
            assertEquals(7, store.memorize("new soft", Patterns.realValued(OF_1_0, 10)));
            assertEquals(8, store.replace("soft", Patterns.random(OF_1_0, 11)));
        }
        assertEquals("1.1 FULL", format(dir));
        assertEquals(9 * 64, Files.size(dir.resolve("sketch.bits")));
        List<Object> grown;
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            grown = answers(store);
            assertEquals(
                    "new", store.recall(Cue.bipolar(Patterns.random(OF_1_0, 9))).key());
            assertEquals(Patterns.realValued(OF_1_0, 10), store.pattern("new soft"));
            assertEquals(
                    8, store.recall(Cue.bipolar(Patterns.random(OF_1_0, 11))).neuron());
        }
        assertEquals(9, StoreCare.rebuild(dir, (done, total) -> {}), "once more changes nothing");
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(grown, answers(store));
        }
        assertEquals("1.1 FULL", format(dir));
    }

    /** Every answer, in every way to ask for it. */
    private static List<Object> answers(PatternStore store) {
        List<Object> answers = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            Pattern shown = seed % 6 == 5
                    ? Patterns.realValued(store.geometry(), seed)
                    : Patterns.flipped(Patterns.random(store.geometry(), seed % 6), seed * 0.02, seed);
            Mask mask = Patterns.mask(store.geometry(), 1 - seed / 40.0, seed);
            for (Coding coding : Coding.values()) {
                Cue cue = Cue.of(shown, mask, coding);
                answers.add(store.recall(cue, RecallOptions.DEFAULT.withCandidates(10)));
                answers.add(HexFormat.of().formatHex(bytes(store.responses(cue))));
            }
        }
        store.neurons().forEach(neuron -> answers.add(store.pattern(neuron.neuron())));
        return answers;
    }

    private static byte[] bytes(float[] values) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aStoreOfFormatOneDotOneOpensAnswersAndGrows(Layout layout) throws IOException {
        assertOpensAnswersAndGrows("1.1", layout, Criteria.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void theCodeStillWritesFormatOneDotOneByteForByte(Layout layout) throws IOException {
        assertStillWritten("1.1", layout, List.of());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aStoreOfFormatOneDotTwoOpensWithItsLastCriteriaAndGrows(Layout layout) throws IOException {
        assertOpensAnswersAndGrows("1.2", layout, OF_1_2.get(1));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void theCodeStillWritesFormatOneDotTwoByteForByte(Layout layout) throws IOException {
        assertStillWritten("1.2", layout, OF_1_2);
    }

    private void assertOpensAnswersAndGrows(String version, Layout layout, Criteria criteria) throws IOException {
        Path dir = thaw(frozenName(version, layout), temp.resolve("frozen"));
        String format = version + " " + layout;
        assertEquals(format, format(dir));
        boolean soft = layout != Layout.PACKED;
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertFrozen(store, OF_1_1, layout, soft);
            assertEquals(criteria, store.criteria());
            answers(store);
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertEquals("", store.recovery());
            assertFrozen(store, OF_1_1, layout, soft);
            assertEquals(criteria, store.criteria());
            store.memorize("new", Patterns.random(OF_1_1, 9));
            assertEquals(
                    "new", store.recall(Cue.bipolar(Patterns.random(OF_1_1, 9))).key());
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertEquals(criteria, store.criteria());
            assertEquals(
                    "new", store.recall(Cue.bipolar(Patterns.random(OF_1_1, 9))).key());
        }
        assertEquals(format, format(dir));
    }

    private void assertStillWritten(String version, Layout layout, List<Criteria> criteria) throws IOException {
        Path frozen = thaw(frozenName(version, layout), temp.resolve("frozen"));
        Path now = temp.resolve("now");
        writeFrozen(now, layout, criteria);
        Map<String, byte[]> written = StoreBytes.of(now);
        written.remove("lock");
        StoreBytes.assertSame(StoreBytes.of(frozen), written);
    }

    private static void assertFrozen(PatternStore store, Geometry geometry, Layout layout, boolean soft) {
        assertEquals(geometry, store.geometry());
        assertEquals(layout, store.layout());
        assertEquals(geometry.equals(OF_1_0) ? new LearningRule(1, 0.01f, 1, 3) : ruleOf(layout), store.rule());
        assertEquals(
                soft ? List.of("c", "ギ", "b", "soft") : List.of("c", "ギ", "b"),
                store.neurons().stream().map(Neuron::key).toList());
        assertEquals(Patterns.random(geometry, 2), store.pattern("c"));
        assertEquals(Patterns.random(geometry, 3), store.pattern("ギ"));
        assertEquals(Patterns.random(geometry, 4), store.pattern("b"));
        if (soft) {
            assertEquals(Patterns.realValued(geometry, 5), store.pattern("soft"));
        }
        assertFalse(store.contains("a"));
        for (RecallPath path : RecallPath.values()) {
            Recall recall =
                    store.recall(Cue.bipolar(Patterns.random(geometry, 3)), RecallOptions.DEFAULT.withPath(path));
            assertEquals("ギ", recall.key());
            assertTrue(recall.isRecognised());
        }
    }

    private static String frozenName(String version, Layout layout) {
        return version + "-" + layout.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static LearningRule ruleOf(Layout layout) {
        return layout == Layout.PACKED ? LearningRule.PAPER : new LearningRule(1, 0.004f, 1, 3);
    }

    /** Writes a frozen store anew; for a new format version, never for an old one. */
    private static void writeFrozen(Path dir, Layout layout, List<Criteria> criteria) {
        StoreOptions options =
                StoreOptions.DEFAULT.withLayout(layout).withGeometry(OF_1_1).withRule(ruleOf(layout));
        try (PatternStore store = Doors.create(dir, options, IDENTITY, Specimen.CLOCK)) {
            store.memorize("a", Patterns.random(OF_1_1, 0));
            store.memorize("b", Patterns.random(OF_1_1, 1));
            store.memorize("c", Patterns.random(OF_1_1, 2));
            store.memorize("ギ", Patterns.random(OF_1_1, 3));
            store.sync();
            store.forget("a");
            store.replace("b", Patterns.random(OF_1_1, 4));
            if (layout != Layout.PACKED) {
                store.memorize("soft", Patterns.realValued(OF_1_1, 5));
            }
            criteria.forEach(store::setCriteria);
        }
    }
}
