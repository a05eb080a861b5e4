package org.engram.tools.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "8x6").expect(0);
    }

    @Test
    void anImageOfTheStoresSizeIsTakenPixelByPixel() throws Exception {
        BufferedImage image = Images.noise(8, 6, 1);
        Cli.Result result = Cli.run("memorize", store, write(image)).expect(0);
        assertEquals("memorized \"x\" as neuron 0; the store holds 1 pattern\n", result.out());
        assertEquals("", result.err());
        Pattern pattern = pattern("x");
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                assertEquals(image.getRaster().getSample(x, y, 0) / 255f, pattern.value(x, y));
            }
        }
    }

    @Test
    void greyValuesAreCutAtHalfUnlessTheyAreToBeKept() throws Exception {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 127);
        image.getRaster().setSample(1, 0, 0, 128);
        image.getRaster().setSample(2, 0, 0, 255);
        Path path = write(image);
        Cli.run("memorize", store, path).expect(0);
        Cli.run("memorize", store, path, "--key", "grey", "--grey").expect(0);
        assertEquals(0, pattern("x").value(0, 0));
        assertEquals(1, pattern("x").value(1, 0));
        assertEquals(127 / 255f, pattern("grey").value(0, 0));
        assertEquals(128 / 255f, pattern("grey").value(1, 0));
        assertEquals(1, pattern("grey").value(2, 0));
    }

    @Test
    void sixteenBitGreyKeepsItsPrecision() throws Exception {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(3, 2, 0, 12_345);
        Cli.run("memorize", store, write(image), "--grey").expect(0);
        assertEquals((float) (12_345 / 65_535.0), pattern("x").value(3, 2));
    }

    @Test
    void coloursBecomeLuminance() throws Exception {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF0000);
        image.setRGB(1, 0, 0x00FF00);
        image.setRGB(2, 0, 0x0000FF);
        image.setRGB(3, 0, 0xFFFFFF);
        Cli.run("memorize", store, write(image), "--grey").expect(0);
        assertEquals(0.2126f, pattern("x").value(0, 0), 1e-6f);
        assertEquals(0.7152f, pattern("x").value(1, 0), 1e-6f);
        assertEquals(0.0722f, pattern("x").value(2, 0), 1e-6f);
        assertEquals(1, pattern("x").value(3, 0));
    }

    @Test
    void anImageOfAnotherSizeIsScaledToFitCentredOnWhiteWithANote() throws Exception {
        BufferedImage image = new BufferedImage(12, 18, BufferedImage.TYPE_BYTE_GRAY);
        Path path = write(image);
        assertEquals(
                "engram: note: %s is 12 x 18 pixels, scaled to fit 8 x 6\n".formatted(path),
                Cli.run("memorize", store, path).expect(0).err());
        Pattern pattern = pattern("x");
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                assertEquals(x >= 2 && x < 6 ? 0 : 1, pattern.value(x, y), x + "," + y);
            }
        }
    }

    @Test
    void shrinkingTakesTheMeanOfEveryPixelUnderneath() throws Exception {
        BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        image.getRaster().setSample(3, 1, 0, 255);
        image.getRaster().setSample(2, 1, 0, 255);
        Cli.run("memorize", store, write(image), "--grey").expect(0);
        assertEquals(0.25f, pattern("x").value(0, 0));
        assertEquals(0.5f, pattern("x").value(1, 0));
        assertEquals(0, pattern("x").value(2, 0));
    }

    @Test
    void aBlownUpImageIsRecognised() throws Exception {
        BufferedImage small = Images.noise(8, 6, 5);
        Cli.run("memorize", store, write(small)).expect(0);
        BufferedImage large = new BufferedImage(80, 60, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 80; x++) {
                large.getRaster().setSample(x, y, 0, small.getRaster().getSample(x / 10, y / 10, 0));
            }
        }
        Path path = Images.write(large, directory.resolve("large.png"));
        assertTrue(Cli.run("recall", store, path).expect(0).out().contains("agreement 1.0000, 48 of 48 pixels vote"));
    }

    @Test
    void manyNotesBecomeOneLine() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 5, 4);
        assertEquals(
                "engram: note: %s is 4 x 4 pixels, scaled to fit 8 x 6, and so 4 more files\n"
                        .formatted(images.resolve("n000.png")),
                Cli.run("memorize", store, images).expect(0).err());
    }

    @Test
    void transparentPixelsArePaintedWhiteWhenMemorizedAndHiddenInACue() throws Exception {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                image.setRGB(x, y, x < 4 ? 0x7F000000 : (x + y) % 2 == 0 ? 0x80000000 : 0xFFFFFFFF);
            }
        }
        Path path = write(image);
        Cli.Result stored = Cli.run("memorize", store, path).expect(0);
        assertEquals("engram: note: %s has transparent pixels, painted white\n".formatted(path), stored.err());
        assertEquals(1, pattern("x").value(0, 0));
        assertEquals(0, pattern("x").value(4, 0));
        assertEquals(1, pattern("x").value(5, 0));
        Cli.Result recalled = Cli.run("recall", store, path).expect(0);
        assertEquals("engram: note: %s has transparent pixels, hidden\n".formatted(path), recalled.err());
        assertTrue(recalled.out().contains("24 of 48 pixels vote"), recalled.out());
    }

    @Test
    void aHugeImageIsRefusedByItsHeader() throws Exception {
        Path huge = Images.claiming(100_000, 100_000, directory.resolve("huge.png"));
        assertEquals(
                "engram: image is too large: %s: expected at most 64 megapixels, found 100000 x 100000 pixels; scale it down\n"
                        .formatted(huge),
                Cli.run("memorize", store, huge).expect(2).err());
        Cli.run("recall", store, huge).expect(2);
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.png"), "not a picture at all");
        assertEquals(
                "engram: not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG\n"
                        .formatted(text),
                Cli.run("memorize", store, text).expect(2).err());
        Path empty = Files.createFile(directory.resolve("empty.png"));
        assertTrue(Cli.run("memorize", store, empty).expect(2).err().startsWith("engram: not an image: "));
        Path missing = directory.resolve("missing.png");
        assertEquals(
                "engram: cannot open image: %s: expected a file, found none; name an image file\n".formatted(missing),
                Cli.run("memorize", store, missing).expect(2).err());
    }

    @Test
    void aCutImageIsRefusedWithOneLine() throws Exception {
        byte[] whole = Files.readAllBytes(write(Images.noise(8, 6, 3)));
        Path cut = directory.resolve("cut.png");
        for (int length = 8; length < whole.length - 12; length++) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            Cli.Result result = Cli.run("recall", store, cut);
            assertTrue(result.code() == 2 || result.code() == 4, () -> result.code() + result.err());
            assertTrue(result.err().lines().count() <= 1, result.err());
        }
    }

    @Test
    void aBadFileStopsAndWhatWasStoredBeforeStays() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 4, 6);
        Path bad = Files.writeString(images.resolve("n002.png"), "no image");
        Files.writeString(images.resolve(".hidden"), "no image");
        Files.createDirectory(images.resolve("n000b"));
        Cli.Result result = Cli.run("memorize", store, images).expect(2);
        assertEquals(
                "engram: stopped at %s, 2 of 4 stored: not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG"
                        .formatted(bad, bad),
                result.err()
                        .lines()
                        .filter(line -> !line.startsWith("engram: note"))
                        .findFirst()
                        .orElseThrow());
        assertEquals(3, Cli.run("ls", store).expect(0).out().lines().count());
    }

    @Test
    void aKeyInUseIsRefusedUnlessItIsToBeReplaced() throws Exception {
        Path path = write(Images.noise(8, 6, 1));
        Cli.run("memorize", store, path).expect(0);
        write(Images.noise(8, 6, 2));
        assertEquals(
                "engram: key is in use: \"x\" names neuron 0; choose another key, or replace it\n",
                Cli.run("memorize", store, path).expect(1).err());
        assertEquals(
                "memorized \"x\" as neuron 1; the store holds 1 pattern\n",
                Cli.run("memorize", store, path, "--replace").expect(0).out());
        assertTrue(Cli.run("recall", store, path).expect(0).out().startsWith("RECOGNISED x (neuron 1)"));
    }

    @Test
    void theJsonOfADirectoryNamesItsNeuronsInTheirOrderAndThoseThatTookAPlace() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 3, 6);
        Cli.run("memorize", store, images.resolve("n001.png")).expect(0);
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("memorize", store, images, "--replace", "--json")
                .expect(0)
                .out());
        assertEquals(List.of(neuron("n000", 1), neuron("n001", 2), neuron("n002", 3)), json.get("stored"));
        assertEquals(List.of(neuron("n001", 2)), json.get("replaced"));
        assertEquals(3, json.get("neurons"));
    }

    private static Map<String, Object> neuron(String key, int number) {
        return Map.of("key", key, "neuron", number);
    }

    @Test
    void whatAnInterruptLeftOutIsAddedWhenKeysInUseAreSkipped() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 5, 6);
        Cli.run("memorize", store, images.resolve("n000.png"), images.resolve("n001.png"))
                .expect(0);
        assertEquals(
                "engram: stopped at %s, 0 of 5 stored: key is in use: \"n000\" names neuron 0; choose another key, or replace it; --skip-existing passes over keys in use\n"
                        .formatted(images.resolve("n000.png")),
                Cli.run("memorize", store, images).expect(1).err());
        assertEquals(
                "memorized 3 patterns as neurons 2 to 4, 2 were there already; the store holds 5 patterns\n",
                Cli.run("memorize", store, images, "--skip-existing").expect(0).out());
        assertEquals(
                "memorized no pattern, 5 were there already; the store holds 5 patterns\n",
                Cli.run("memorize", store, images, "--skip-existing").expect(0).out());
        Cli.run("forget", store, "n004").expect(0);
        assertEquals(
                "memorized \"n004\" as neuron 5, 1 was there already; the store holds 5 patterns\n",
                Cli.run("memorize", store, images.resolve("n004.png"), images.resolve("n003.png"), "--skip-existing")
                        .expect(0)
                        .out());
        assertEquals(
                "memorized no pattern, 1 was there already; the store holds 5 patterns\n",
                Cli.run("memorize", store, "--qr", "x", "--key", "n001", "--skip-existing")
                        .expect(0)
                        .out());
        assertEquals(
                "engram: both --replace and --skip-existing given: expected one of them for keys in use\n",
                Cli.run("memorize", store, images, "--skip-existing", "--replace")
                        .expect(1)
                        .err());
    }

    @Test
    void aFileNameThatIsNoTextIsReadAllTheSame() throws Exception {
        Path images = Files.createDirectory(directory.resolve("images"));
        Path image = write(Images.noise(8, 6, 1));
        String copy = "cp '%s' '%s'/\"$(printf 'caf\\351')\".png".formatted(image, images);
        assertEquals(0, new ProcessBuilder("sh", "-c", copy).start().waitFor());
        Cli.Result result = Cli.runProcess("memorize", store, images).expect(0);
        assertTrue(result.out().endsWith(" as neuron 0; the store holds 1 pattern\n"), result.out());
        assertEquals(
                "memorized \"x\" as neuron 1; the store holds 2 patterns\n",
                Cli.run("memorize", store, image).expect(0).out());
    }

    @Test
    void anImageOrADirectoryThatMayNotBeReadIsRefused() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 1, 6);
        Path image = images.resolve("n000.png");
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(image), "root may read everything");
        String message =
                "engram: cannot open image: %s: no permission to read; change its permissions or those of its directory\n"
                        .formatted(image);
        assertEquals(message, Cli.run("memorize", store, image).expect(2).err());
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(images, PosixFilePermissions.fromString("---------"));
        try {
            assertEquals(message, Cli.run("memorize", store, image).expect(2).err());
            assertEquals(
                    "engram: cannot list %s: permission denied; change the permissions, or choose another place\n"
                            .formatted(images),
                    Cli.run("memorize", store, images).expect(2).err());
        } finally {
            Files.setPosixFilePermissions(images, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void wrongCombinationsAreRefusedBeforeAnythingIsStored() throws Exception {
        Path images = Images.directory(directory.resolve("images"), 2, 6);
        assertEquals(
                "engram: --key names one pattern: expected a single file with it, found the directory %s\n"
                        .formatted(images),
                Cli.run("memorize", store, images, "--key", "k").expect(1).err());
        assertEquals(
                "engram: nothing to memorize: expected image files, a directory or --qr TEXT\n",
                Cli.run("memorize", store).expect(1).err());
        assertEquals(
                "engram: both --qr and files given: expected one of them; store them in two calls\n",
                Cli.run("memorize", store, images, "--qr", "x").expect(1).err());
        Path twin = Images.write(Images.noise(8, 6, 7), directory.resolve("n001.gif"));
        assertEquals(
                "engram: two files have the key \"n001\": %s and %s; rename one, or store it with --key\n"
                        .formatted(images.resolve("n001.png"), twin),
                Cli.run("memorize", store, images, twin).expect(1).err());
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertEquals(
                "engram: nothing to memorize: %s: expected image files in it, found none\n".formatted(empty),
                Cli.run("memorize", store, empty).expect(2).err());
        assertEquals(1, Cli.run("ls", store).out().lines().count());
    }

    private Path write(BufferedImage image) throws IOException {
        return Images.write(image, directory.resolve("x.png"));
    }

    private Pattern pattern(String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.pattern(key);
        }
    }
}
