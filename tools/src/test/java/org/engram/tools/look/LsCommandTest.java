package org.engram.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Glob;
import org.engram.tools.console.Json;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsCommandTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreOfSix() {
        store = directory.resolve("signs");
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(new Geometry(2, 1));
        try (PatternStore signs = PatternStore.create(store, options)) {
            for (String key : List.of("b", "a\"x\",y", "B", "\uD83D\uDE00", "\uFFFD", "gone")) {
                signs.memorize(key, Pattern.of(new Geometry(2, 1), 0, 1));
            }
            signs.forget("gone");
        }
    }

    @Test
    void sortsByCodePointsAndBothWays() {
        assertEquals(List.of("B", "a\"x\",y", "b", "\uFFFD", "\uD83D\uDE00"), keys("--sort", "key"));
        assertEquals(List.of("\uD83D\uDE00", "\uFFFD", "b", "a\"x\",y", "B"), keys("--sort", "key", "--reverse"));
        assertEquals(List.of("\uFFFD", "\uD83D\uDE00"), keys("--reverse", "--limit", "2"));
        assertEquals(keys(), keys("--sort", "memorized"));
        assertEquals(List.of("gone"), keys("--all", "--reverse", "--limit", "1"));
    }

    @Test
    void filtersKeysByGlob() {
        assertEquals(List.of("b", "B"), keys("--filter", "[bB]"));
        assertEquals(List.of("b", "B", "\uD83D\uDE00", "\uFFFD"), keys("--filter", "?"));
        assertEquals(List.of("a\"x\",y"), keys("--filter", "a*y"));
        assertEquals(List.of(), keys("--filter", "x"));
        assertEquals(List.of("gone"), keys("--filter", "g*", "--all"));
    }

    @Test
    void globsFitWholeKeysCharacterByCharacter() {
        assertTrue(Glob.of("a.b").test("a.b"));
        assertFalse(Glob.of("a.b").test("axb"));
        assertTrue(Glob.of("*").test("a/b\nc"));
        assertTrue(Glob.of("[a-c]?").test("b\uD83D\uDE00"));
        assertFalse(Glob.of("[!a-c]").test("b"));
        assertTrue(Glob.of("[!a-c]").test("-"));
        assertTrue(Glob.of("[a-]").test("-"));
        assertTrue(Glob.of("[]x]").test("]"));
        assertTrue(Glob.of("[&&^]").test("&"));
        assertTrue(Glob.of("\\*\\[").test("*["));
        assertFalse(Glob.of("\\*").test("x"));
        assertFalse(Glob.of("").test("x"));
        assertTrue(Glob.of("\\").test("\\"));
        assertThrows(Failure.class, () -> Glob.of("a[b"));
    }

    @Test
    void theTableShowsTheColumnsThatAreAskedFor() {
        String out = ls("--columns", "key,neuron,retired,blackAndWhite", "--limit", "2");
        assertEquals("""
                key                         neuron  retired  blackAndWhite
                b                                0  false    true
                a"x",y                           1  false    true
                """, out);
    }

    @Test
    void jsonLinesAreOneObjectEach() throws Exception {
        List<String> lines = ls("--format", "jsonl", "--all").lines().toList();
        assertEquals(6, lines.size());
        Map<String, Object> second = JSON.std.mapFrom(lines.get(1));
        assertEquals(List.of("neuron", "key", "memorized", "blackAndWhite", "retired"), List.copyOf(second.keySet()));
        assertEquals("a\"x\",y", second.get("key"));
        assertEquals(true, JSON.std.mapFrom(lines.get(5)).get("retired"));
        assertEquals(
                "{\"key\":\"b\",\"kind\":\"b/w\"}",
                ls("--format", "jsonl", "--columns", "key,kind").split("\n", -1)[0]);
    }

    @Test
    void csvIsQuoted() {
        assertEquals(
                "key,neuron\nb,0\n\"a\"\"x\"\",y\",1\n",
                ls("--format", "csv", "--columns", "key,neuron", "--limit", "2"));
        assertTrue(ls("--format", "csv").startsWith("neuron,key,memorized,blackAndWhite,retired\n0,b,2"));
    }

    @Test
    void jsonIsTheSameDocumentThoughItIsWrittenPieceByPiece() throws Exception {
        String out = ls("--json");
        assertEquals(Json.text(JSON.std.anyFrom(out)) + "\n", out);
        assertEquals(Json.text(List.of()) + "\n", ls("--json", "--filter", "nothing"));
        assertEquals("[ {\n  \"key\" : \"b\"\n} ]\n", ls("--json", "--columns", "key", "--limit", "1"));
    }

    @Test
    void wrongWordsAreRefused() {
        refused("--sort is unknown: expected neuron, key or memorized, found size", "--sort", "size");
        refused("--format is unknown: expected table, jsonl or csv, found xml", "--format", "xml");
        refused(
                "--columns is unknown: expected neuron, key, memorized, kind, blackAndWhite or retired, found size",
                "--columns",
                "key,size");
        refused("--limit is out of range: expected at least 1, found 0", "--limit", "0");
        refused(
                "--filter is no pattern: expected a ] after the [, found a[b; write \\[ for a bracket itself",
                "--filter",
                "a[b");
        refused("expected either --json or --format, found both", "--json", "--format", "csv");
    }

    private void refused(String message, String... options) {
        Cli.Result result = Cli.run(arguments(options)).expect(1);
        assertEquals("engram: " + message + "\n", result.err());
        assertEquals("", result.out());
    }

    private List<String> keys(String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("--columns", "key"));
        return ls(arguments.toArray(String[]::new)).lines().skip(1).toList();
    }

    private String ls(String... options) {
        return Cli.run(arguments(options)).expect(0).out();
    }

    private Object[] arguments(String... options) {
        List<Object> arguments = new ArrayList<>(List.of("ls", store));
        arguments.addAll(Arrays.asList(options));
        return arguments.toArray();
    }
}
