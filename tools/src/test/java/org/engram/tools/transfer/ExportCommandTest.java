package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.Main;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Npy;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {

    private static final Geometry GEOMETRY = new Geometry(29, 30);

    /** What file names and tables find hard. */
    private static final List<String> KEYS = List.of(
            "HELLO",
            "../../etc/passwd",
            "..",
            "a\nb\t\"c\",\r",
            "\u001b[31m\0",
            "\uFEFF\u30ab\uD83D\uDE00",
            "%41",
            "key",
            "x".repeat(4096),
            "x".repeat(4095) + "y",
            "#",
            " ");

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("signs");
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            for (int i = 0; i < KEYS.size(); i++) {
                open.memorize(KEYS.get(i), QrCodec.encode("TEXT " + i, GEOMETRY));
            }
            open.memorize("gone", QrCodec.encode("GONE", GEOMETRY));
            open.forget("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pictures", "x.zip", "x.npy", "x.csv", "x.tsv"})
    void whatIsExportedComesBackInItsOrder(String name) throws Exception {
        Path target = directory.resolve(name);
        assertEquals(
                "exported 12 patterns to %s\n".formatted(target),
                Cli.run("export", store, target).expect(0).out());
        Path back = directory.resolve("back");
        Cli.run("create", back, "--size", "29x30").expect(0);
        if (name.equals("x.npy")) {
            Cli.run("import", back, target, "--keys", directory.resolve("x.keys"))
                    .expect(0);
        } else {
            Cli.run("import", back, target).expect(0);
        }
        Cli.run("diff", store, back).expect(0);
        assertEquals(KEYS, keys(back));
        assertEquals(
                Stream.of("back", "signs", name, name.equals("x.npy") ? "x.keys" : "")
                        .filter(entry -> !entry.isEmpty())
                        .sorted()
                        .toList(),
                entries(directory));
    }

    @Test
    void theFilesOfADirectoryAreNamedByTheirKeys() throws Exception {
        Path target = Files.createDirectory(directory.resolve("pictures"));
        Cli.run("export", store, target).expect(0);
        assertEquals(
                List.of(
                        "#.png",
                        "%1B[31m%00.png",
                        "%20.png",
                        "%2541.png",
                        "%2E%2E.png",
                        "%2E.%2F..%2Fetc%2Fpasswd.png",
                        "%EF%BB%BF\u30ab\uD83D\uDE00.png",
                        "HELLO.png",
                        "a%0Ab%09%22c%22,%0D.png",
                        "key.png",
                        "keys.tsv",
                        "x".repeat(200) + "%~8.png",
                        "x".repeat(200) + "%~9.png"),
                entries(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pictures", "x.zip"})
    void keysThatAFileSystemTakesForOneComeBackWithTheirOwnPatterns(String name) throws Exception {
        List<String> twins = List.of("Apple", "apple", "caf\u00e9", "cafe\u0301", "CON", "con", "aux.png");
        Path both = directory.resolve("both");
        try (PatternStore open = PatternStore.create(both, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            for (int i = 0; i < twins.size(); i++) {
                open.memorize(twins.get(i), QrCodec.encode("TEXT " + i, GEOMETRY));
            }
        }
        Cli.run("export", both, directory.resolve(name)).expect(0);
        Path back = directory.resolve("back");
        Cli.run("create", back, "--size", "29x30").expect(0);
        Cli.run("import", back, directory.resolve(name)).expect(0);
        Cli.run("diff", both, back).expect(0);
        assertEquals(twins, keys(back));
    }

    /** As a disk of macOS does, which decomposes names, or a program that copies from there. */
    @Test
    void filesWhoseNamesWereDecomposedComeBackOnceAndUnderTheirKeys() throws Exception {
        Path accented = directory.resolve("accented");
        Cli.run("create", accented, "--size", "29x30").expect(0);
        try (PatternStore open = PatternStore.open(accented)) {
            open.memorize("caf\u00e9", QrCodec.encode("ONE", GEOMETRY));
            open.memorize("tea", QrCodec.encode("TWO", GEOMETRY));
        }
        Path pictures = directory.resolve("pictures");
        Cli.run("export", accented, pictures).expect(0);
        Files.move(pictures.resolve("caf\u00e9.png"), pictures.resolve("cafe\u0301.png"));
        Path back = directory.resolve("back");
        Cli.run("create", back, "--size", "29x30").expect(0);
        Cli.run("import", back, pictures).expect(0);
        Cli.run("diff", accented, back).expect(0);
        assertEquals(List.of("caf\u00e9", "tea"), keys(back));
    }

    @Test
    void theTopOfAFreshDiskIsATargetToo() throws Exception {
        Path top = Files.createDirectory(directory.resolve("top"));
        Files.createDirectory(top.resolve("lost+found"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), top);
        Cli.run("export", store, link, "--filter", "key").expect(0);
        assertEquals(List.of("key.png", "keys.tsv", "lost+found"), entries(top));
        Path nowhere = Files.createSymbolicLink(directory.resolve("nowhere"), Path.of("no"));
        assertEquals(
                "engram: cannot write %s: expected nothing there, found a link to nothing; move it away, or choose another\n"
                        .formatted(nowhere),
                Cli.run("export", store, nowhere).expect(2).err());
    }

    @Test
    void realValuesComeBackExactlyFromAnArrayAndRoundedFromPictures() throws Exception {
        Random random = new Random(1);
        float[] values = new float[GEOMETRY.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = random.nextFloat() * 3 - 1;
        }
        try (PatternStore open = PatternStore.open(store)) {
            open.memorize("real", Pattern.of(GEOMETRY, values));
        }
        Path back = directory.resolve("back");
        Cli.run("create", back, "--size", "29x30").expect(0);
        assertEquals(
                "",
                Cli.run("export", store, directory.resolve("x.npy")).expect(0).err());
        Cli.run("import", back, directory.resolve("x.npy"), "--keys", directory.resolve("x.keys"))
                .expect(0);
        Cli.run("diff", store, back).expect(0);
        assertEquals(
                "engram: note: 1 real-valued pattern not exactly as taught: images have 256 shades of grey, and npy has what the weights display\n",
                Cli.run("export", store, directory.resolve("x.zip")).expect(0).err());
        assertEquals(
                "engram: left out 1 pattern without a QR symbol that can be read, \"real\" first; export to npy or a directory\n",
                Cli.run("export", store, directory.resolve("x.csv")).expect(2).err());
    }

    @Test
    void anArrayIsWhatNumpySaves() throws Exception {
        Path real = directory.resolve("real");
        try (PatternStore open = PatternStore.create(real, StoreOptions.DEFAULT.withGeometry(new Geometry(3, 2)))) {
            open.memorize("a", Pattern.of(open.geometry(), 0, 1, 0, 1, 1, 1));
        }
        Cli.run("export", real, directory.resolve("b.npy")).expect(0);
        assertArrayEquals(
                Npy.of("'|b1'", "(1, 2, 3)", new byte[] {0, 1, 0, 1, 1, 1}),
                Files.readAllBytes(directory.resolve("b.npy")));
        try (PatternStore open = PatternStore.open(real)) {
            open.memorize("b", Pattern.of(open.geometry(), 0, 0.5f, -2, 3, 1e-9f, 1));
        }
        ByteBuffer floats = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {0, 1, 0, 1, 1, 1, 0, 0.5f, -2, 3, 1e-9f, 1}) {
            floats.putFloat(value);
        }
        Cli.run("export", real, directory.resolve("f.npy"), "--keys", directory.resolve("k"))
                .expect(0);
        assertArrayEquals(Npy.of("'<f4'", "(2, 2, 3)", floats.array()), Files.readAllBytes(directory.resolve("f.npy")));
        assertEquals("a\nb\n", Files.readString(directory.resolve("k")));
    }

    @Test
    void twoValuedComesBackWhateverTheLearningRule() throws Exception {
        StoreOptions options =
                StoreOptions.DEFAULT.withGeometry(GEOMETRY).withRule(new LearningRule(0.3f, 0.0001f, 1, 3));
        for (String name : new String[] {"one", "two"}) {
            PatternStore.create(directory.resolve(name), options).close();
        }
        Cli.run("import", directory.resolve("one"), store).expect(0);
        Cli.run("export", directory.resolve("one"), directory.resolve("x.zip")).expect(0);
        Cli.run("import", directory.resolve("two"), directory.resolve("x.zip")).expect(0);
        Cli.run("diff", directory.resolve("one"), directory.resolve("two")).expect(0);
    }

    @Test
    void symbolsThatImportWouldDrawOtherwiseAreTold() throws Exception {
        try (PatternStore open = PatternStore.open(store)) {
            for (int mask = 0; mask < 8; mask++) {
                open.memorize("mask " + mask, QrCodec.encode("HELLO", GEOMETRY, mask));
            }
        }
        Cli.Result result = Cli.run("export", store, directory.resolve("x.csv"), "--filter", "mask ?", "--json")
                .expect(0);
        assertEquals(
                "engram: note: 7 texts would come back as another pattern, as import draws symbols in its own way; npy keeps them\n",
                result.err());
        Map<String, Object> document = JSON.std.mapFrom(result.out());
        assertEquals(List.of("exported", "leftOut", "uncertain", "redrawn", "rounded"), List.copyOf(document.keySet()));
        assertEquals(8, document.get("exported"));
        assertEquals(List.of(), document.get("leftOut"));
        assertEquals(7, document.get("redrawn"));
    }

    @Test
    void standardOutputIsATargetToo() throws Exception {
        assertEquals(
                "key\ttext\nHELLO\tTEXT 0\n",
                Cli.run("export", store, "-", "--format", "tsv", "--filter", "HE*")
                        .expect(0)
                        .out());
        Cli.run("export", store, directory.resolve("x.npy")).expect(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = {"export", store.toString(), "-", "--format", "npy"};
        assertEquals(0, Main.run(args, out, err));
        assertArrayEquals(Files.readAllBytes(directory.resolve("x.npy")), out.toByteArray());
        assertEquals(
                "engram: standard output needs --format csv, tsv, npy or zip\n",
                Cli.run("export", store, "-").expect(1).err());
        assertEquals(
                "engram: TARGET and --json would both go to standard output: expected a file, found -; name a file\n",
                Cli.run("export", store, "-", "--format", "csv", "--json")
                        .expect(1)
                        .err());
        assertEquals(
                "engram: --keys and the answer would both go to standard output: expected a file, found -; name a file\n",
                Cli.run("export", store, directory.resolve("y.npy"), "--keys", "-")
                        .expect(1)
                        .err());
    }

    @Test
    void nothingIsOverwrittenAndNothingHalfThere() throws Exception {
        Path file = Files.writeString(directory.resolve("x.csv"), "mine");
        assertEquals(
                "engram: cannot write %s: expected nothing there, found a file; move it away, or choose another\n"
                        .formatted(file),
                Cli.run("export", store, file).expect(2).err());
        assertEquals("mine", Files.readString(file));
        Path full = Images.directory(directory.resolve("full"), 1, 8);
        assertEquals(
                "engram: cannot write %s: expected nothing there, found files in it; move it away, or choose another\n"
                        .formatted(full),
                Cli.run("export", store, full).expect(2).err());
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(store.resolve("x.npy"), store),
                Cli.run("export", store, store.resolve("x.npy")).expect(1).err());
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(store.resolve("pictures"), store),
                Cli.run("export", store, store.resolve("pictures")).expect(1).err());
        Path nowhere = directory.resolve("no/where");
        assertEquals(
                "engram: cannot write %s: it is not there; check the name\n".formatted(nowhere),
                Cli.run("export", store, nowhere).expect(2).err());
        assertEquals(List.of("full", "signs", "x.csv"), entries(directory));
    }

    @Test
    void anExportThatFailsLeavesNothing() throws Exception {
        Path real = directory.resolve("real");
        Cli.run("create", real, "--size", "29x30").expect(0);
        try (PatternStore open = PatternStore.open(real)) {
            open.memorize("a", Pattern.of(GEOMETRY, new float[870]));
            float[] grey = new float[870];
            java.util.Arrays.fill(grey, 0.5f);
            open.memorize("b", Pattern.of(GEOMETRY, grey));
        }
        Path weights = real.resolve(entries(real).stream()
                .filter(file -> file.startsWith("w"))
                .findFirst()
                .orElseThrow());
        byte[] bytes = Files.readAllBytes(weights);
        java.util.Arrays.fill(bytes, bytes.length - 4000, bytes.length, (byte) 0xFF);
        Files.write(weights, bytes);
        for (String name : new String[] {"pictures", "x.zip", "x.npy"}) {
            assertTrue(Cli.run("export", real, directory.resolve(name))
                    .expect(3)
                    .err()
                    .startsWith("engram: stripe is damaged: "));
        }
        assertEquals(List.of("real", "signs"), entries(directory));
    }

    @Test
    void whatCannotBeExportedIsRefusedInOneLine() {
        assertEquals(
                "engram: nothing to export: %s: expected keys that match q*, found none\n".formatted(store),
                Cli.run("export", store, directory.resolve("x"), "--filter", "q*")
                        .expect(2)
                        .err());
        assertEquals(
                "engram: export makes no store: engram copy makes one of the whole, engram compact one without retired neurons, and engram import takes patterns out of a store\n",
                Cli.run("export", store, directory.resolve("x"), "--format", "store")
                        .expect(1)
                        .err());
        assertEquals(
                "engram: --keys is for arrays; the other kinds hold the keys themselves\n",
                Cli.run("export", store, directory.resolve("x.csv"), "--keys", "k")
                        .expect(1)
                        .err());
    }

    private static List<String> keys(Path store) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.neurons().stream().map(Neuron::key).toList();
        }
    }

    private static List<String> entries(Path place) throws Exception {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
