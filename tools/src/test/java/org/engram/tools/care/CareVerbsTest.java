package org.engram.tools.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that make a store of another, compare two, or look more or less closely at one. */
class CareVerbsTest {

    @TempDir
    private Path directory;

    private Path store;
    private Path target;

    @BeforeEach
    void createAStoreOfThreeOfWhichOneIsRetired() throws Exception {
        store = Stores.storeOfThree(directory);
        target = directory.resolve("target");
        Cli.run("forget", store, "n1").expect(0);
    }

    @Test
    void copyTellsHowMuchItCopiedAndTheCopyIsTheSameStore() throws Exception {
        Cli.Result copied = Cli.run("copy", store, target).expect(0);
        assertEquals("copied 3 neurons to %s: %s\n".formatted(target, bytes(target)), copied.out());
        assertEquals("", copied.err());
        assertEquals(info(store).get("uuid"), info(target).get("uuid"));
        assertEquals(
                Cli.run("ls", store, "--all").out(),
                Cli.run("ls", target, "--all").out());
        Cli.run("verify", target, "--level", "weights").expect(0);
        Path second = directory.resolve("second");
        assertEquals(
                """
                {
                  "neurons" : 3,
                  "bytes" : %d
                }
                """.formatted(length(target)),
                Cli.run("copy", store, second, "--json").expect(0).out());
    }

    @Test
    void compactDropsTheRetiredAndTellsTheBytesBeforeAndAfter() throws Exception {
        Cli.Result compacted = Cli.run("compact", store, target).expect(0);
        assertEquals(
                "compacted 2 neurons into %s: dropped 1 retired neuron; %s before, %s after\n"
                        .formatted(target, bytes(store), bytes(target)),
                compacted.out());
        assertEquals("", compacted.err());
        assertTrue(length(target) < length(store));
        assertEquals("full", info(target).get("layout"));
        assertEquals(0, info(target).get("retired"));
        assertFalse(info(store).get("uuid").equals(info(target).get("uuid")));
        Cli.run("diff", store, target).expect(0);
        Cli.run("verify", target, "--level", "weights").expect(0);
    }

    @Test
    void compactChangesTheLayoutWhenAsked() throws Exception {
        String json = Cli.run("compact", store, target, "--layout", "packed", "--json")
                .expect(0)
                .out();
        assertEquals("""
                {
                  "neurons" : 2,
                  "dropped" : 1,
                  "bytesBefore" : %d,
                  "bytesAfter" : %d
                }
                """.formatted(length(store), length(target)), json);
        assertEquals("packed", info(target).get("layout"));
        Cli.run("diff", store, target).expect(0);
    }

    @Test
    void compactRefusesALayoutThatCannotBe() throws Exception {
        assertEquals(
                "engram: --layout is unknown: expected full, tied or packed, found dense\n",
                Cli.run("compact", store, target, "--layout", "dense").expect(1).err());
        Path image = directory.resolve("grey.png");
        Images.write(Images.noise(32, 24, 1), image);
        Cli.run("memorize", store, image, "--grey").expect(0);
        String err = Cli.run("compact", store, target, "--layout", "packed")
                .expect(1)
                .err();
        assertEquals(
                "engram: pattern does not fit a PACKED store: %s: expected black and white patterns only, found neuron 3 under \"grey\"; choose another layout\n"
                        .formatted(store),
                err);
        assertNothingIsLeft();
    }

    @Test
    void diffOfEqualStoresSaysSo() throws Exception {
        Cli.run("copy", store, target).expect(0);
        assertEquals("equal: 2 keys\n", Cli.run("diff", store, target).expect(0).out());
        assertEquals("""
                {
                  "equal" : true,
                  "settings" : [ ],
                  "onlyInFirst" : [ ],
                  "onlyInSecond" : [ ],
                  "changed" : [ ],
                  "same" : 2
                }
                """, Cli.run("diff", store, target, "--json").expect(0).out());
    }

    @Test
    void diffListsWhatOnlyOneHasAndWhatChangedAndTheSettings() throws Exception {
        Cli.run("create", target, "--size", "16x12", "--threshold", "0.5").expect(0);
        Path images = directory.resolve("images");
        Cli.run("memorize", target, images.resolve("n0.png")).expect(0);
        Cli.run("memorize", target, images.resolve("n0.png"), "--key", "n2").expect(0);
        Cli.run("memorize", target, images.resolve("n1.png"), "--key", "new\u001b[2J")
                .expect(0);
        Cli.run("memorize", store, images.resolve("n1.png"), "--key", "old").expect(0);
        Cli.Result different = Cli.run("diff", store, target).expect(5);
        assertEquals("""
                threshold: 0.7, 0.5
                - old
                + new\\u001b[2J
                ~ n2
                different: 1 setting, 1 key only in the first, 1 only in the second, 1 changed, 1 the same
                """, different.out());
        assertEquals("", different.err());
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("diff", store, target, "--json").expect(5).out());
        assertEquals(false, json.get("equal"));
        assertEquals(List.of("threshold: 0.7, 0.5"), json.get("settings"));
        assertEquals(List.of("old"), json.get("onlyInFirst"));
        assertEquals(List.of("new\u001b[2J"), json.get("onlyInSecond"));
        assertEquals(List.of("n2"), json.get("changed"));
        assertEquals(1, json.get("same"));
    }

    @Test
    void verifyLooksAsCloselyAsAsked() throws Exception {
        assertEquals(
                "sound: no neuron checked, 2 live, 1 retired\n",
                Cli.run("verify", store, "--level", "structure").expect(0).out());
        for (String level : List.of("checksums", "weights")) {
            assertEquals(
                    "sound: 3 neurons checked, 2 live, 1 retired\n",
                    Cli.run("verify", store, "--level", level).expect(0).out());
        }
        Stores.flip(store.resolve("v.stripes"), 5);
        Cli.run("verify", store, "--level", "structure").expect(0);
        Cli.run("verify", store, "--level", "checksums").expect(3);
        Cli.run("verify", store, "--level", "weights").expect(3);
        assertEquals(
                """
                {
                  "sound" : true,
                  "level" : "structure",
                  "neurons" : 3,
                  "live" : 2,
                  "retired" : 1,
                  "checked" : 0,
                  "notes" : [ ],
                  "problems" : [ ]
                }
                """,
                Cli.run("verify", store, "--level", "structure", "--json")
                        .expect(0)
                        .out());
        assertEquals(
                "engram: --level is unknown: expected structure, checksums or weights, found all\n",
                Cli.run("verify", store, "--level", "all").expect(1).err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "compact", "salvage"})
    void whatCannotBeMadeIsRefusedWithOneLineAndNothingIsLeft(String verb) throws Exception {
        Path nothing = directory.resolve("nothing");
        assertEquals(
                "engram: not a store: %s: expected a directory, found nothing; name the directory of a store, or create one\n"
                        .formatted(nothing),
                Cli.run(verb, nothing, target).expect(2).err());
        assertEquals(
                "engram: Missing required parameter: 'TARGET'; engram %s --help shows how\n".formatted(verb),
                Cli.run(verb, store).expect(1).err());
        assertEquals(
                "engram: cannot create a store: %s: expected a place outside of %s, found one within; choose another path\n"
                        .formatted(store.resolve("inside"), store),
                Cli.run(verb, store, store.resolve("inside")).expect(2).err());
        assertOccupied(verb, store);
        assertNothingIsLeft();
        Cli.run("create", target).expect(0);
        assertOccupied(verb, target);
        assertEquals(0, Cli.run("ls", target).expect(0).out().lines().skip(1).count());
    }

    @Test
    void anEmptyStoreCanBeCopiedCompactedSalvagedAndCompared() {
        Path empty = directory.resolve("empty");
        Cli.run("create", empty).expect(0);
        for (String verb : List.of("copy", "compact", "salvage")) {
            Path made = directory.resolve(verb);
            String out = Cli.run(verb, empty, made).expect(0).out();
            assertTrue(out.contains(" 0 neurons "), out);
            assertEquals(
                    "equal: 0 keys\n", Cli.run("diff", empty, made).expect(0).out());
        }
    }

    @Test
    void aLiveWriterStopsNoCopyAndNoCompactionButASalvage() throws Exception {
        try (PatternStore writer = PatternStore.open(store)) {
            assertEquals(2, writer.size());
            Cli.run("copy", store, directory.resolve("copy")).expect(0);
            Cli.run("compact", store, directory.resolve("compact")).expect(0);
            Cli.run("diff", store, directory.resolve("compact")).expect(0);
            assertEquals(
                    "engram: store is open for writing: %s: expected no writer, found %s; close it there\n"
                            .formatted(store, StoreCare.writer(store).orElseThrow()),
                    Cli.run("salvage", store, target).expect(6).err());
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "compact", "salvage", "diff"})
    void progressIsShownOnATerminalOnly(String verb) {
        Cli.run("copy", store, directory.resolve("other")).expect(0);
        Object second = verb.equals("diff") ? directory.resolve("other") : target;
        String bar = Cli.runOnTerminal(verb, store, second).expect(0).err();
        String neurons = verb.equals("copy") ? "3/3" : "2/2";
        assertTrue(bar.contains(verb) && bar.contains(neurons), bar);
    }

    @Test
    void infoAlignsTheSizesOnTheLongestName() {
        Path packed = directory.resolve("packed");
        Cli.run("create", packed, "--layout", "packed").expect(0);
        String out = Cli.run("info", packed).expect(0).out();
        assertTrue(out.contains("\n  header       128 B\n"), out);
        assertTrue(out.contains("\n  sketch.bits  0 B\n"), out);
    }

    private void assertNothingIsLeft() throws Exception {
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("target"))
                            .toList());
        }
    }

    private void assertOccupied(String verb, Path place) {
        assertEquals(
                "engram: cannot create a store: %s: expected an empty directory or none, found header in it; choose another path\n"
                        .formatted(place),
                Cli.run(verb, store, place).expect(2).err());
    }

    private static Map<String, Object> info(Path store) throws Exception {
        return JSON.std.mapFrom(Cli.run("info", store, "--json").expect(0).out());
    }

    private static long length(Path store) throws Exception {
        return ((Number) info(store).get("bytes")).longValue();
    }

    private static String bytes(Path store) throws Exception {
        return Text.bytes(length(store));
    }
}
