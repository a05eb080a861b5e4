package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Npy;
import org.engram.tools.image.Png;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {

    private static final Geometry GEOMETRY = new Geometry(29, 30);

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "29x30").expect(0);
    }

    @Test
    void textsOfATableBecomeSymbolsInItsOrder() throws Exception {
        Path table = write("texts.csv", "key,text\nb,HELLO\n\"a \"\"1\"\"\",\"W\u00f6,rld\"\r\n");
        assertEquals(
                "imported 2 patterns; the store holds 2 patterns\n",
                Cli.run("import", store, table).expect(0).out());
        assertEquals(List.of("b", "a \"1\""), keys());
        assertEquals(QrCodec.encode("HELLO", GEOMETRY), pattern("b"));
        assertEquals(QrCodec.encode("W\u00f6,rld", GEOMETRY), pattern("a \"1\""));
    }

    @Test
    void theColumnsMayStandInAnyOrderAndBesideOthers() throws Exception {
        Cli.run("import", store, write("texts.tsv", "TEXT\tsize\tKey\nHELLO\t3\tx\n"))
                .expect(0);
        Cli.run("import", store, write("bare.tsv", "y\tHELLO\n")).expect(0);
        assertEquals(List.of("x", "y"), keys());
        assertEquals(QrCodec.encode("HELLO", GEOMETRY), pattern("x"));
    }

    @Test
    void standardInputIsASourceToo() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("k\tHELLO\n".getBytes(StandardCharsets.UTF_8)));
        try {
            Cli.run("import", store, "-", "--format", "tsv").expect(0);
        } finally {
            System.setIn(before);
        }
        assertEquals(List.of("k"), keys());
        assertEquals(
                "engram: standard input needs --format csv, tsv or npy; anything else import from a file\n",
                Cli.run("import", store, "-").expect(1).err());
    }

    @Test
    void whatCannotBeStoredIsToldInOneLineAndSkipped() throws Exception {
        Path table = write("x.csv", "a,A\nb\nc,\n,D\ne,E\na,B\ne,E\n\"f\"x,F\ng," + "G".repeat(60) + "\n");
        Cli.Result result = Cli.run("import", store, table).expect(2);
        assertEquals("imported 2 patterns, 1 there already, 6 skipped; the store holds 2 patterns\n", result.out());
        assertEquals("""
                engram: skipped: %1$s: line 2: expected 2 columns, key and text among them, found 1; quote what holds a separator
                engram: skipped: %1$s: line 3: text of a QR symbol is empty: expected at least one character
                engram: skipped: %1$s: line 4: key is empty: expected 1 to 4096 bytes of UTF-8, found 0; choose another
                engram: skipped: %1$s: line 6: key "a" came before with another pattern; give it another key
                engram: skipped: %1$s: line 8: expected the end of the field after its quote; double quotes within quotes
                engram: skipped: %1$s: line 9: QR symbol does not fit: expected at least 37 x 37 pixels for version 3, found 29 x 30; shorten the text or choose a larger geometry
                """.formatted(table), result.err());
        assertEquals(List.of("a", "e"), keys());
    }

    @Test
    void anItemIsNamedEvenWhereItsKeyIsItsName() throws Exception {
        Path table = directory.resolve("x.csv");
        String key = table + ": line 2";
        write("x.csv", "%1$s,A\n%1$s,B\n".formatted(key));
        assertEquals(
                "engram: skipped: %s: line 2: key \"%s\" came before with another pattern; give it another key\n"
                        .formatted(table, key),
                Cli.run("import", store, table).expect(2).err());
    }

    @Test
    void strictStopsAtTheFirstThatCannotBeStored() throws Exception {
        Path table = write("x.csv", "a,A\nb\nc,C\n");
        assertEquals(
                "engram: stopped, 1 stored: %s: line 2: expected 2 columns, key and text among them, found 1; quote what holds a separator\n"
                        .formatted(table),
                Cli.run("import", store, table, "--strict").expect(2).err());
        assertEquals(List.of("a"), keys());
    }

    @Test
    void runningItAgainGoesOnAndAnotherPatternNeedsReplace() throws Exception {
        Cli.run("import", store, write("x.csv", "a,A\nb,B\n")).expect(0);
        Path more = write("x.csv", "a,A\nb,C\nd,D\n");
        Cli.Result result = Cli.run("import", store, more).expect(2);
        assertEquals("imported 1 pattern, 1 there already, 1 skipped; the store holds 3 patterns\n", result.out());
        assertEquals(
                "engram: skipped: %s: line 2: key \"b\" is in use for another pattern; --replace puts this one in its place\n"
                        .formatted(more),
                result.err());
        assertEquals(
                "imported 1 pattern (1 replaced), 2 there already; the store holds 3 patterns\n",
                Cli.run("import", store, more, "--replace").expect(0).out());
        assertEquals(QrCodec.encode("C", GEOMETRY), pattern("b"));
        assertEquals(
                "imported 0 patterns, 3 there already; the store holds 3 patterns\n",
                Cli.run("import", store, more).expect(0).out());
    }

    @Test
    void samePatternsArePassedOverWhateverTheLearningRule() throws Exception {
        Path other = directory.resolve("other");
        Cli.run("create", other, "--size", "29x30", "--eps-w", "0.3", "--steps", "3", "--eps-v", "0.0001")
                .expect(0);
        Path table = write("x.csv", "a,A\n");
        Path grey = Files.write(directory.resolve("x.npy"), Npy.of("'<f4'", "(1, 30, 29)", floats(870, 0.1f)));
        Cli.run("import", other, table).expect(0);
        Cli.run("import", other, grey).expect(0);
        assertEquals(
                "imported 0 patterns, 1 there already; the store holds 2 patterns\n",
                Cli.run("import", other, table).expect(0).out());
        assertEquals(
                "imported 0 patterns, 1 there already; the store holds 2 patterns\n",
                Cli.run("import", other, grey).expect(0).out());
        Files.write(grey, Npy.of("'<f4'", "(1, 30, 29)", floats(870, 0.2f)));
        Cli.run("import", other, grey).expect(2);
    }

    @Test
    void jsonHasTheCountsAndWhatWasSkipped() throws Exception {
        Path table = write("x.csv", "a,A\nb\n");
        Map<String, Object> document = JSON.std.mapFrom(
                Cli.run("import", store, table, "--json").expect(2).out());
        assertEquals(
                List.of("stored", "replaced", "passedOver", "skipped", "skippedItems", "neurons", "seconds", "rate"),
                List.copyOf(document.keySet()));
        assertEquals(1, document.get("stored"));
        assertEquals(0, document.get("passedOver"));
        assertEquals(1, document.get("neurons"));
        assertEquals(
                List.of(
                        Map.of(
                                "name",
                                table + ": line 2",
                                "reason",
                                table
                                        + ": line 2: expected 2 columns, key and text among them, found 1; quote what holds a separator")),
                document.get("skippedItems"));
    }

    @Test
    void theImagesOfADirectoryAreTakenAsMemorizeDoes() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 3, 29);
        Images.write(Images.noise(29, 30, 9), images.resolve("z.png"));
        Files.writeString(images.resolve("m.txt"), "no image");
        Images.directory(images.resolve("deeper"), 1, 29);
        Images.directory(images.resolve(".hidden"), 1, 29);
        Path other = directory.resolve("other");
        Cli.run("create", other, "--size", "29x30").expect(0);
        Cli.Result result = Cli.run("import", store, images).expect(2);
        assertEquals("imported 4 patterns, 1 skipped; the store holds 4 patterns\n", result.out());
        assertEquals("""
                engram: skipped: not an image: %1$s/m.txt: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG
                engram: note: %1$s/n000.png is 29 x 29 pixels, scaled to fit 29 x 30, and so 2 more files
                """.formatted(images), result.err());
        Files.delete(images.resolve("m.txt"));
        Cli.run("memorize", other, images).expect(0);
        Cli.run("diff", store, other).expect(0);
        Cli.run("import", store, images, "--recursive").expect(0);
        assertEquals(List.of("n000", "n001", "n002", "z", "deeper/n000"), keys());
    }

    @Test
    void linksAreFollowed() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 1, 29);
        Files.createSymbolicLink(images.resolve("link.png"), images.resolve("n000.png"));
        Files.createSymbolicLink(images.resolve("broken.png"), images.resolve("none"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), images);
        Cli.run("import", store, link).expect(0);
        assertEquals(List.of("link", "n000"), keys());
        Cli.run("memorize", store, link, "--replace").expect(0);
    }

    @Test
    void theImagesOfAZipAreTakenAndNoneTwice() throws Exception {
        byte[] image = Png.bytes(Images.noise(29, 30, 1));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : new String[] {"b.png", "../../etc/a.png", "__MACOSX/b.png", ".c.png", "d/.e/f.png"}) {
            entries.put(name, image);
        }
        Path zip = zip("x.zip", entries);
        Cli.run("import", store, zip).expect(0);
        assertEquals(List.of("b"), keys());
        Cli.run("import", store, zip, "--recursive").expect(0);
        assertEquals(List.of("b", "../../etc/a"), keys());
    }

    @Test
    void anEntryThatUnpacksToTooMuchIsSkipped() throws Exception {
        Path zip = directory.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bomb.png"));
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 65; i++) {
                out.write(zeros);
            }
            out.putNextEntry(new ZipEntry("good.png"));
            out.write(Png.bytes(Images.noise(29, 30, 1)));
        }
        assertTrue(Files.size(zip) < 100_000);
        assertEquals(
                "engram: skipped: cannot read %s: bomb.png: expected at most 64,000,000 bytes unpacked, found more; scale the image down\n"
                        .formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
        assertEquals(List.of("good"), keys());
    }

    @Test
    void damagedAndEncryptedZipsAreRefusedInOneLine() throws Exception {
        Path zip = zip("x.zip", Map.of("a.png", Png.bytes(Images.noise(29, 30, 1))));
        byte[] bytes = Files.readAllBytes(zip);
        int directoryAt = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
        byte[] encrypted = bytes.clone();
        encrypted[directoryAt + 8] |= 1;
        Files.write(zip, encrypted);
        assertEquals(
                "engram: skipped: cannot read %s: a.png: it is encrypted; unpack it first\n".formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
        byte[] otherSum = bytes.clone();
        otherSum[directoryAt + 16] ^= 1;
        Files.write(zip, otherSum);
        assertEquals(
                "engram: skipped: cannot read %s: a.png: its checksum is another than the zip file tells; pack it again\n"
                        .formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
        Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(
                "engram: cannot read the zip file %s: Archive is not a ZIP archive; pack it again\n".formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
    }

    @Test
    void entriesOfOneNameAreSkipped() throws Exception {
        Path zip = zip("x.zip", Map.of("a.png", Png.bytes(Images.noise(29, 30, 1)), "b.png", new byte[] {1}));
        byte[] bytes = Files.readAllBytes(zip);
        for (int i = indexOf(bytes, "b.png".getBytes(StandardCharsets.US_ASCII)); i >= 0; ) {
            bytes[i] = 'a';
            i = indexOf(bytes, "b.png".getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(zip, bytes);
        assertEquals(
                "engram: skipped: %s: a.png: the zip file has several entries of this name; pack it again\n"
                        .formatted(zip),
                Cli.run("import", store, zip).expect(2).err());
    }

    @Test
    void anIndexThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 1, 29);
        Path index = images.resolve("keys.tsv");
        for (String outside : new String[] {"../x.png", "/etc/x.png", "a/../../x.png"}) {
            Files.writeString(index, "file\tkey\n" + outside + "\tk\n");
            assertEquals(
                    "engram: %s: line 2: expected the name of a file in the directory, found %s\n"
                            .formatted(index, outside),
                    Cli.run("import", store, images).expect(2).err());
        }
        Files.writeString(index, "n000.png\tk\n");
        assertEquals(
                "engram: %s: line 1: expected the columns file and key, found others; rename it, or mend it\n"
                        .formatted(index),
                Cli.run("import", store, images).expect(2).err());
        assertEquals(List.of(), keys());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"'|b1'; 1", "'|u1'; 1", "'<f4'; 4", "'<f8'; 8"},
            quoteCharacter = '~')
    void anArrayOfEveryTypeIsTaken(String descr, int bytesEach) throws Exception {
        Random random = new Random(1);
        ByteBuffer elements = ByteBuffer.allocate(3 * 870 * bytesEach).order(ByteOrder.LITTLE_ENDIAN);
        List<Pattern> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            float[] values = new float[870];
            for (int j = 0; j < values.length; j++) {
                values[j] = bytesEach == 1 ? random.nextInt(2) : random.nextFloat();
                switch (bytesEach) {
                    case 4 -> elements.putFloat(values[j]);
                    case 8 -> elements.putDouble(values[j]);
                    default -> elements.put((byte) values[j]);
                }
            }
            expected.add(Pattern.of(GEOMETRY, values));
        }
        Path flat = Files.write(directory.resolve("flat.npy"), Npy.of(descr, "(3, 870)", elements.array()));
        Path keys = write("x.keys", "a\n\"b\n\"\nc\n");
        Cli.run("import", store, flat).expect(0);
        Path cube = Files.write(directory.resolve("cube"), Npy.of(descr, "(3, 30, 29)", elements.array()));
        Cli.run("import", store, cube, "--keys", keys).expect(0);
        assertEquals(List.of("npy-0", "npy-1", "npy-2", "a", "b\n", "c"), keys());
        for (int i = 0; i < 3; i++) {
            assertEquals(expected.get(i), pattern(keys().get(i)));
            assertEquals(expected.get(i), pattern(keys().get(3 + i)));
        }
    }

    @Test
    void aTruthValueThatIsNeitherIsRefused() throws Exception {
        byte[] elements = new byte[870];
        elements[869] = (byte) 255;
        Path array = Files.write(directory.resolve("x.npy"), Npy.of("'|b1'", "(1, 30, 29)", elements));
        assertEquals(
                "engram: skipped: %s: pattern 0: element 869: expected 0 to 1, found 255; --white 255 takes 255 for white\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(2).err());
    }

    @Test
    void whatIsSkippedIsToldOnALineOfItsOwnWhereABarIsDrawn() throws Exception {
        Path table = Files.writeString(directory.resolve("x.tsv"), "a\tA\nb\n");
        String err = Cli.runOnTerminal("import", store, table).expect(2).err();
        String erased = "\r" + " ".repeat(79) + "\r";
        assertTrue(err.contains(erased + "engram: skipped: " + table + ": line 2: expected 2 columns"), err);
    }

    @Test
    void wholeNumbersAboveOneNeedToBeToldWhatIsWhite() throws Exception {
        byte[] elements = new byte[870];
        elements[0] = (byte) 255;
        elements[1] = (byte) 128;
        elements[2] = 127;
        Path array = Files.write(directory.resolve("x.npy"), Npy.of("'|u1'", "(1, 30, 29)", elements));
        assertEquals(
                "engram: skipped: %s: pattern 0: element 0: expected 0 to 1, found 255; --white 255 takes 255 for white\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(2).err());
        Cli.run("import", store, array, "--white", "255").expect(0);
        assertEquals(1, pattern("npy-0").value(0, 0));
        assertEquals(1, pattern("npy-0").value(1, 0));
        assertEquals(0, pattern("npy-0").value(2, 0));
        Cli.run("import", store, array, "--white", "255", "--grey", "--replace").expect(0);
        assertEquals(128 / 255f, pattern("npy-0").value(1, 0));
        assertEquals(127 / 255f, pattern("npy-0").value(2, 0));
        assertEquals(
                "engram: --white is out of range: expected a number above 0, found 0.0\n",
                Cli.run("import", store, array, "--white", "0").expect(1).err());
    }

    @Test
    void anArrayThatClaimsMoreThanItHasIsRefusedBeforeAnythingIsStored() throws Exception {
        Path array = Files.write(directory.resolve("x.npy"), Npy.of("'|b1'", "(1000000000000, 30, 29)", new byte[870]));
        assertEquals(
                "engram: array has not the length it claims: %s: expected 128 bytes and 1000000000000 times 870, found 998 bytes in all; save it again\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(2).err());
        Files.write(array, Npy.of("'|b1'", "(18446744073709551615, 30, 29)", new byte[870]));
        assertEquals(
                "engram: array has not the length it claims: %s: expected 128 bytes and 18446744073709551615 times 870, found 998 bytes in all; save it again\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(2).err());
        assertEquals(List.of(), keys());
    }

    @Test
    void aCutArrayOnStandardInputGivesWhatIsWhole() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Npy.of("'|b1'", "(1000000000000, 30, 29)", new byte[2 * 870 + 1])));
        try {
            assertEquals(
                    "engram: array is cut: standard input: expected 1000000000000 patterns, found 2 whole ones; save it again\n",
                    Cli.run("import", store, "-", "--format", "npy").expect(2).err());
        } finally {
            System.setIn(before);
        }
        assertEquals(List.of("npy-0", "npy-1"), keys());
    }

    @Test
    void shapesAndKeysThatDoNotFitAreRefused() throws Exception {
        Path array = Files.write(directory.resolve("x.npy"), Npy.of("'|b1'", "(1, 29, 30)", new byte[870]));
        assertEquals(
                "engram: %s does not fit the store: expected the shape (N, 30, 29) or (N, 870), found (1, 29, 30)\n"
                        .formatted(array),
                Cli.run("import", store, array).expect(1).err());
        Files.write(array, Npy.of("'|b1'", "(0, 30, 29)", new byte[0]));
        assertEquals(
                "engram: nothing to import: %s: expected patterns, found none\n".formatted(array),
                Cli.run("import", store, array).expect(2).err());
        Files.write(array, Npy.of("'|b1'", "(2, 30, 29)", new byte[1740]));
        Path keys = write("x.keys", "a\n");
        assertEquals(
                "engram: %s holds 2 patterns: expected as many keys, found 1; mend the file of keys\n".formatted(array),
                Cli.run("import", store, array, "--keys", keys).expect(2).err());
        write("x.keys", "a\tb\nc\n");
        assertEquals(
                "engram: %s: line 1: expected one key, found a tab; quote it\n".formatted(keys),
                Cli.run("import", store, array, "--keys", keys).expect(2).err());
        assertEquals(List.of(), keys());
    }

    @Test
    void anotherStoreIsASourceIfItsPatternsFit() throws Exception {
        Path other = directory.resolve("other");
        Cli.run("create", other, "--size", "29x30", "--layout", "packed").expect(0);
        Cli.run("import", other, write("x.csv", "a,A\nb,B\nc,C\n")).expect(0);
        Cli.run("forget", other, "b").expect(0);
        Cli.run("import", store, other).expect(0);
        assertEquals(List.of("a", "c"), keys());
        Cli.run("diff", store, other).expect(0);
        assertEquals(
                "engram: %s is both store and source: expected another source\n".formatted(store),
                Cli.run("import", store, store).expect(1).err());
        Path small = directory.resolve("small");
        Cli.run("create", small, "--size", "8x6").expect(0);
        assertEquals(
                "engram: %s does not fit the store: expected patterns of 29 x 30 pixels, found 8 x 6\n"
                        .formatted(small),
                Cli.run("import", store, small).expect(1).err());
    }

    @Test
    void whatIsNoSourceIsRefusedInOneLine() throws Exception {
        Path none = directory.resolve("none.csv");
        assertEquals(
                "engram: cannot import %s: it is not there; check the name\n".formatted(none),
                Cli.run("import", store, none).expect(2).err());
        Path empty = write("empty.csv", "key,text\n");
        assertEquals(
                "engram: nothing to import: %s: expected patterns, found none\n".formatted(empty),
                Cli.run("import", store, empty).expect(2).err());
        Path folder = Files.createDirectory(directory.resolve("folder"));
        assertEquals(
                "engram: nothing to import: %s: expected image files in it (--recursive looks deeper), found none\n"
                        .formatted(folder),
                Cli.run("import", store, folder).expect(2).err());
        Path image = Images.write(Images.noise(29, 30, 1), directory.resolve("x.png"));
        assertEquals(
                "engram: cannot tell what %s is: expected a directory, a store, or a zip, csv, tsv or npy file; name its kind with --format, and store single images with memorize\n"
                        .formatted(image),
                Cli.run("import", store, image).expect(1).err());
        assertEquals(
                "engram: %s is no directory: expected a directory for --format store\n".formatted(image),
                Cli.run("import", store, image, "--format", "store").expect(1).err());
        assertEquals(
                "engram: --format is unknown: expected directory, zip, csv, tsv, npy or store, found xls\n",
                Cli.run("import", store, image, "--format", "xls").expect(1).err());
        assertEquals(
                "engram: --keys is for arrays; the other sources bring their own keys\n",
                Cli.run("import", store, empty, "--keys", empty).expect(1).err());
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws Exception {
        Path zip = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = new ZipEntry(entry.getKey());
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                stored.setSize(entry.getValue().length);
                stored.setCrc(crc.getValue());
                out.putNextEntry(stored);
                out.write(entry.getValue());
            }
        }
        return zip;
    }

    private static byte[] floats(int count, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> keys() {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.neurons().stream().map(Neuron::key).toList();
        }
    }

    private Pattern pattern(String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.pattern(key);
        }
    }
}
