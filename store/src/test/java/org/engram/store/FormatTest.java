package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FORMAT.md is normative: its example is what the code writes, and a store of format 1.0 opens for ever. */
class FormatTest {

    private static final UUID IDENTITY = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    private static final List<String> FILES = List.of("header", "journal", "w.stripes", "v.stripes");

    @TempDir
    Path temp;

    /** The store of the example: 2 x 2 pixels, one neuron under the kana GI. */
    private static void writeExample(Path dir) {
        Geometry geometry = new Geometry(2, 2);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(geometry).withIdentity(IDENTITY, CLOCK);
        try (PatternStore store = PatternStore.create(dir, options)) {
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
    }

    /** The hex columns of the example, joined by file: lines of "offset  bytes  # meaning" under "file NAME". */
    private static Map<String, String> documentedExample() throws IOException {
        Map<String, StringBuilder> hex = new TreeMap<>();
        String file = "";
        java.util.regex.Pattern line =
                java.util.regex.Pattern.compile("^ *([0-9a-f]+) {2}((?:[0-9a-f]{2} ?)+)(?: *#.*)?$");
        for (String text : Files.readAllLines(Path.of("FORMAT.md"))) {
            if (text.startsWith("file ")) {
                file = text.substring(5).trim();
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

    @Test
    void aStoreWrittenInFormatOneDotZeroOpens() throws IOException {
        Path dir = temp.resolve("frozen");
        Files.createDirectory(dir);
        for (String name : FILES) {
            try (InputStream in = FormatTest.class.getResourceAsStream("/frozen/1.0/" + name)) {
                Files.copy(in, dir.resolve(name));
            }
        }
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            assertFrozen(store);
        }
        try (PatternStore store = PatternStore.open(dir)) {
            assertFrozen(store);
            assertEquals("", store.recovery());
            store.memorize("new", Patterns.random(new Geometry(5, 7), 9));
        }
        assertTrue(StoreInspector.verify(dir, (done, total) -> {}).isSound());
    }

    private static void assertFrozen(PatternStore store) {
        Geometry geometry = new Geometry(5, 7);
        assertEquals(geometry, store.geometry());
        assertEquals(new LearningRule(1, 0.01f, 1, 3), store.rule());
        assertEquals(
                List.of("c", "ギ", "b", "soft"),
                store.neurons().stream().map(Neuron::key).toList());
        assertEquals(Patterns.random(geometry, 2), store.pattern("c"));
        assertEquals(Patterns.random(geometry, 3), store.pattern("ギ"));
        assertEquals(Patterns.random(geometry, 4), store.pattern("b"));
        assertEquals(Patterns.realValued(geometry, 5), store.pattern("soft"));
        assertFalse(store.contains("a"));
        assertEquals(
                "ギ", store.recall(Cue.bipolar(Patterns.random(geometry, 3))).key());
    }

    /** Writes the frozen store anew; for a new format version, never for an old one. */
    static void writeFrozen(Path dir) {
        Geometry geometry = new Geometry(5, 7);
        StoreOptions options = StoreOptions.DEFAULT
                .withGeometry(geometry)
                .withRule(new LearningRule(1, 0.01f, 1, 3))
                .withIdentity(IDENTITY, CLOCK);
        try (PatternStore store = PatternStore.create(dir, options)) {
            store.memorize("a", Patterns.random(geometry, 0));
            store.memorize("b", Patterns.random(geometry, 1));
            store.memorize("c", Patterns.random(geometry, 2));
            store.memorize("ギ", Patterns.random(geometry, 3));
            store.sync();
            store.forget("a");
            store.replace("b", Patterns.random(geometry, 4));
            store.memorize("soft", Patterns.realValued(geometry, 5));
        }
    }
}
