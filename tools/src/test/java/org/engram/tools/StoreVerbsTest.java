package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreVerbsTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreOfThree() throws Exception {
        store = Stores.storeOfThree(directory);
    }

    @Test
    void createPrintsWhatWasCreated() {
        Path other = directory.resolve("other");
        assertEquals(
                """
                created %s: 28 x 14 pixels
                holds     no QR symbols: the smallest needs 29 x 29 pixels
                layout    full, 3,264 B for each neuron
                rule      epsW 0.5, epsV 0.25, theta 2.0, 3 steps
                criteria  contrast 0.4, disagreement 0.3, agreement 0.9, threshold 0.6
                """.formatted(other),
                Cli.run(
                                "create",
                                other,
                                "--size=28x14",
                                "--eps-w=0.5",
                                "--eps-v=0.25",
                                "--theta=2",
                                "--steps=3",
                                "--threshold=0.6",
                                "--contrast=0.4",
                                "--disagreement=0.3",
                                "--agreement=0.9")
                        .expect(0)
                        .out());
        try (PatternStore open = PatternStore.openReadOnly(other)) {
            assertEquals(28, open.geometry().width());
            assertEquals(14, open.geometry().height());
            assertEquals(0.25f, open.rule().epsV());
            assertEquals(0.4f, open.criteria().contrast());
        }
    }

    @Test
    void createRefusesWhatCannotBe() {
        Path other = directory.resolve("other");
        assertEquals(
                "engram: --size is no size: expected WxH such as 116x116, found 116\n",
                Cli.run("create", other, "--size", "116").expect(1).err());
        assertEquals(
                "engram: geometry out of range: expected 1 x 1 to 4096 x 4096, found 5000 x 1\n",
                Cli.run("create", other, "--size", "5000x1").expect(1).err());
        assertEquals(
                "engram: learning rule refused: steps must be 1 to 10000, found 0\n",
                Cli.run("create", other, "--steps", "0").expect(1).err());
        assertFalse(Files.exists(other));
        assertEquals(
                "engram: cannot create a store: %s: expected an empty directory or none, found header in it; choose another path\n"
                        .formatted(store),
                Cli.run("create", store).expect(2).err());
    }

    @Test
    void anEmptyPathIsRefused() {
        assertEquals(
                "engram: Invalid value for positional parameter at index 0 (STORE): expected a path, found nothing between the quotes; engram create --help shows how\n",
                Cli.run("create", "").expect(1).err());
        assertEquals(
                "engram: an argument is empty: expected a path or nothing at all; engram memorize --help shows how\n",
                Cli.run("memorize", store, "").expect(1).err());
        assertEquals(
                "engram: Invalid value for option '--png': expected a path, found nothing between the quotes; engram show --help shows how\n",
                Cli.run("show", store, "n0", "--png", "").expect(1).err());
    }

    @Test
    void lsListsTheNeuronsInTheirOrder() {
        List<String> lines = Cli.run("ls", store).expect(0).out().lines().toList();
        assertEquals("  neuron  memorized                 kind     key", lines.get(0));
        assertTrue(lines.get(1).matches(" {7}0  \\d{4}-\\d\\d-\\d\\dT\\S+Z +b/w {6}n0"), lines.get(1));
        assertEquals(4, lines.size());
    }

    @Test
    void lsAsJsonIsAnArrayAndShowsRetiredNeuronsOnlyWhenAsked() throws Exception {
        Cli.run("forget", store, "n1").expect(0);
        List<Map<String, Object>> live =
                list(Cli.run("ls", store, "--json").expect(0).out());
        assertEquals(
                List.of("n0", "n2"),
                live.stream().map(neuron -> neuron.get("key")).toList());
        List<Map<String, Object>> all =
                list(Cli.run("ls", store, "--all", "--json").expect(0).out());
        assertEquals(
                List.of(false, true, false),
                all.stream().map(neuron -> neuron.get("retired")).toList());
        assertEquals(
                List.of(0, 1, 2),
                all.stream().map(neuron -> neuron.get("neuron")).toList());
        assertEquals(true, all.get(0).get("blackAndWhite"));
        assertTrue(Instant.parse(all.get(0).get("memorized").toString()).isAfter(Instant.EPOCH));
        assertTrue(Cli.run("ls", store, "--all").expect(0).line(2).contains("retired  n1"));
    }

    @Test
    void keysWithControlCharactersAreShownEscapedAndWholeInJson() throws Exception {
        Path image = Images.write(Images.noise(16, 12, 9), directory.resolve("x.png"));
        String key = "two\nlines\u001b[2J";
        assertEquals(
                "memorized \"two\\nlines\\u001b[2J\" as neuron 3; the store holds 4 patterns\n",
                Cli.run("memorize", store, image, "--key", key).expect(0).out());
        assertTrue(Cli.run("ls", store).line(4).endsWith("  two\\nlines\\u001b[2J"));
        assertEquals(key, list(Cli.run("ls", store, "--json").out()).get(3).get("key"));
    }

    @Test
    void forgetChecksAllKeysBeforeItForgetsAny() {
        assertEquals(
                "engram: key is unknown: \"n9\" is not in %s, so nothing was forgotten; engram ls shows the keys\n"
                        .formatted(store),
                Cli.run("forget", store, "n0", "n9").expect(1).err());
        assertEquals(4, Cli.run("ls", store).out().lines().count());
        assertEquals(
                "forgot \"n0\", neuron 0\nforgot \"n2\", neuron 2\n",
                Cli.run("forget", store, "n0", "n2", "n0").expect(0).out());
        assertEquals(2, Cli.run("ls", store).out().lines().count());
    }

    @Test
    void aKeyMayBeginWithAnAtSignOrADash() throws Exception {
        Path image = Images.write(Images.noise(16, 12, 9), directory.resolve("x.png"));
        Cli.run("memorize", store, image, "--key", "@x").expect(0);
        Cli.run("memorize", store, image, "--key=-x").expect(0);
        assertEquals(
                "forgot \"@x\", neuron 3\nforgot \"-x\", neuron 4\n",
                Cli.run("forget", store, "--", "@x", "-x").expect(0).out());
    }

    @Test
    void infoTellsFormatShapeAndSizes() throws Exception {
        String text = Cli.run("info", store).expect(0).out();
        assertTrue(text.contains("\npatterns  16 x 12 pixels\n"), text);
        assertTrue(text.contains("\nneurons   3 live, 0 retired\n"), text);
        assertTrue(text.contains("\n  w.stripes    2,304 B\n"), text);
        assertTrue(text.contains("\nwriter    none\nindex     none\n"), text);
        Map<String, Object> json =
                map(Cli.run("info", store, "--json").expect(0).out());
        assertEquals(
                List.of(
                        "store",
                        "format",
                        "layout",
                        "uuid",
                        "created",
                        "geometry",
                        "masks",
                        "rule",
                        "criteria",
                        "neurons",
                        "live",
                        "retired",
                        "bytes",
                        "bytesPerNeuron",
                        "files",
                        "writer",
                        "index",
                        "notes",
                        "problems"),
                List.copyOf(json.keySet()));
        assertEquals(Map.of("width", 16, "height", 12, "pixels", 192), json.get("geometry"));
        assertEquals(1600, json.get("bytesPerNeuron"));
        assertEquals(null, json.get("writer"));
    }

    @Test
    void readingVerbsWorkBesideALiveWriterAndWritersAreTurnedAway() {
        try (PatternStore writer = PatternStore.open(store)) {
            long pid = ProcessHandle.current().pid();
            assertEquals(3, writer.size());
            assertTrue(Cli.run("info", store).expect(0).out().contains("\nwriter    process " + pid + " on "));
            Cli.run("ls", store).expect(0);
            Cli.run("verify", store).expect(0);
            Cli.run("show", store, "n0").expect(0);
            assertEquals(
                    "engram: store is open for writing elsewhere: %s: expected no other writer, found this process, pid %d; close it there, or open the store read-only\n"
                            .formatted(store, pid),
                    Cli.run("forget", store, "n0").expect(6).err());
        }
    }

    @Test
    void verifyTellsSoundFromDamaged() throws Exception {
        assertEquals(
                "sound: 3 neurons checked, 3 live, 0 retired\n",
                Cli.run("verify", store).expect(0).out());
        Stores.flip(store.resolve("v.stripes"), 768 + 5);
        Cli.Result damaged = Cli.run("verify", store).expect(3);
        assertTrue(
                damaged.line(0).startsWith("problem: stripe is damaged: " + store.resolve("v.stripes")), damaged.out());
        assertEquals("damaged: 1 problem, 3 neurons checked, 3 live, 0 retired", damaged.line(1));
        Map<String, Object> json =
                map(Cli.run("verify", store, "--json").expect(3).out());
        assertEquals(
                List.of("sound", "level", "neurons", "live", "retired", "checked", "notes", "problems"),
                List.copyOf(json.keySet()));
        assertEquals(false, json.get("sound"));
        assertEquals(1, ((List<?>) json.get("problems")).size());
    }

    @Test
    void theRemainsOfAnAppendAreANoteAndTheNextWriterTellsThatItCutThem() throws Exception {
        Path journal = store.resolve("journal");
        long end = Files.size(journal);
        Files.write(journal, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, StandardOpenOption.APPEND);
        Cli.Result noted = Cli.run("verify", store).expect(0);
        assertTrue(noted.line(0).startsWith("note: incomplete append: " + journal + ": offset " + end), noted.out());
        String err = Cli.run("forget", store, "n0").expect(0).err();
        assertTrue(err.startsWith("engram: note: incomplete append: "), err);
        assertTrue(err.contains(journal + ": offset " + end), err);
        assertEquals(1, err.lines().count());
        assertEquals("", Cli.run("forget", store, "n1").expect(0).err());
    }

    @Test
    void verifyAnswersInJsonEvenWhenTheHeaderIsDamaged() throws Exception {
        Stores.flip(store.resolve("header"), 30);
        Cli.Result text = Cli.run("verify", store).expect(3);
        assertTrue(text.err().startsWith("engram: "), text.err());
        Map<String, Object> json =
                map(Cli.run("verify", store, "--json").expect(3).out());
        assertEquals(false, json.get("sound"));
        assertEquals("engram: " + ((List<?>) json.get("problems")).get(0) + "\n", text.err());
    }

    @Test
    void verifyShowsProgressOnATerminalOnly() {
        assertEquals("", Cli.run("verify", store).err());
        String bar = Cli.runOnTerminal("verify", store).err();
        assertTrue(bar.contains("verify") && bar.contains("3/3"), bar);
    }

    @Test
    void aPathWithoutStoreIsRefusedByEveryVerb() throws Exception {
        Path nothing = directory.resolve("nothing");
        Path image = Images.write(Images.noise(16, 12, 9), directory.resolve("x.png"));
        String message =
                "engram: not a store: %s: expected a directory, found nothing; name the directory of a store, or create one\n"
                        .formatted(nothing);
        assertEquals(message, Cli.run("info", nothing).expect(2).err());
        assertEquals(message, Cli.run("ls", nothing).expect(2).err());
        assertEquals(message, Cli.run("verify", nothing).expect(2).err());
        assertEquals(message, Cli.run("show", nothing, "x").expect(2).err());
        assertEquals(message, Cli.run("recall", nothing, image).expect(2).err());
        assertEquals(message, Cli.run("memorize", nothing, image).expect(2).err());
        assertEquals(message, Cli.run("forget", nothing, "x").expect(2).err());
        Cli.run("doctor", nothing).expect(0);
    }

    @Test
    void doctorNamesJavaKernelAndEveryFlag() throws Exception {
        String text = Cli.run("doctor", store).expect(0).out();
        assertTrue(text.contains("kernel        " + PatternStore.kernel() + "\n"), text);
        assertTrue(text.contains("flag          --add-modules jdk.incubator.vector: present\n"), text);
        Map<String, Object> json =
                map(Cli.run("doctor", store, "--json").expect(0).out());
        assertEquals(
                List.of(
                        "java",
                        "vendor",
                        "os",
                        "arch",
                        "cores",
                        "maxHeapBytes",
                        "pageBytes",
                        "kernel",
                        "mapping",
                        "flags",
                        "store",
                        "freeBytes"),
                List.copyOf(json.keySet()));
        assertEquals(7, ((List<?>) json.get("flags")).size());
        Stores.flip(store.resolve("w.stripes"), 3);
        assertTrue(Cli.run("verify", store).expect(3).out().startsWith("problem: stripe is damaged"));
    }

    private static Map<String, Object> map(String json) throws Exception {
        return JSON.std.mapFrom(json);
    }

    private static List<Map<String, Object>> list(String json) throws Exception {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Object entry : (List<?>) JSON.std.anyFrom(json)) {
            maps.add(JSON.std.mapFrom(JSON.std.asString(entry)));
        }
        return maps;
    }
}
