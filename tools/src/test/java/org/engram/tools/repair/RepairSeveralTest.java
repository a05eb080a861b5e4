package org.engram.tools.repair;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Photo;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several images at once, directories, right texts beside them, and the drawn overlay. */
class RepairSeveralTest {

    @TempDir
    private static Path shared;

    private static Path store;

    @TempDir
    private Path directory;

    private Path photos;

    @BeforeAll
    static void createAStoreOfTwenty() {
        store = shared.resolve("shelves");
        try (PatternStore open = PatternStore.create(store)) {
            for (int i = 30; i < 50; i++) {
                open.memorize("shelf-" + i, symbol(i));
            }
        }
    }

    private static Pattern symbol(int shelf) {
        return QrCodec.encode("SHELF 00" + shelf, Geometry.PAPER);
    }

    private static Photo torn(int shelf) {
        return Photo.of(symbol(shelf)).torn(new Polygon(new int[] {0, 116, 0}, new int[] {0, 0, 116}, 3));
    }

    /** Two torn symbols, one of them deeper, one that is not stored, and a file that is no image. */
    @BeforeEach
    void takePhotos() throws Exception {
        photos = Files.createDirectories(directory.resolve("photos/deep")).getParent();
        torn(42).write(photos.resolve("b-torn.png"));
        torn(31).write(photos.resolve("deep/torn.png"));
        Photo.of(symbol(77)).painted(Color.WHITE, new Rectangle(0, 0, 116, 58)).write(photos.resolve("a-other.png"));
        Files.writeString(photos.resolve("b-torn.txt"), "SHELF 0042\r\n");
    }

    @Test
    void eachImageOfADirectoryHasALineAndTheLastLineCounts() {
        List<String> lines =
                Cli.run("repair-qr", store, photos).expect(4).out().lines().toList();
        assertEquals(
                List.of(
                        photos + "/a-other.png: UNKNOWN: no stored symbol can be recognised",
                        photos + "/b-torn.png: RECOGNISED \"SHELF 0042\", key shelf-42 (neuron 12)",
                        photos + "/deep/torn.png: RECOGNISED \"SHELF 0031\", key shelf-31 (neuron 1)"),
                lines.subList(0, 3));
        assertTrue(lines.get(3).matches("3 images: 2 repaired, 1 without a text; \\d+\\.\\d s"), lines.get(3));
    }

    @Test
    void severalImagesOfWhichAllAreReadEndWell() {
        Cli.run("repair-qr", store, photos.resolve("b-torn.png"), photos.resolve("deep"))
                .expect(0);
    }

    /** The second image is awaited from standard input while the line of the first is read. */
    @Test
    void whatIsDoneIsToldBeforeTheNextImageIsThere() throws Exception {
        Path first = photos.resolve("b-torn.png");
        Process process = Cli.process("repair-qr", store, first, "-")
                .redirectError(directory.resolve("err").toFile())
                .start();
        BufferedReader out = process.inputReader(UTF_8);
        try {
            String line = CompletableFuture.supplyAsync(() -> out.lines().findFirst())
                    .get(60, TimeUnit.SECONDS)
                    .orElseThrow();
            assertEquals(first + ": RECOGNISED \"SHELF 0042\", key shelf-42 (neuron 12)", line);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anImageThatCannotBeReadIsToldAndTheOthersAreRead() throws Exception {
        Path damaged = Files.writeString(photos.resolve("c.png"), "no image");
        Cli.Result result = Cli.run("repair-qr", store, photos).expect(2);
        assertEquals(
                "engram: not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG\n"
                        .formatted(damaged),
                result.err());
        assertTrue(result.line(3).startsWith("4 images: 2 repaired, 1 without a text, 1 skipped; "), result.out());
    }

    @Test
    void jsonOfSeveralImagesHoldsTheFieldsOfEach() throws Exception {
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("repair-qr", store, photos, "--json").expect(4).out());
        assertEquals(List.of("images", "repaired", "noText", "skipped", "seconds"), List.copyOf(json.keySet()));
        assertEquals(List.of(2, 1, 0), List.of(json.get("repaired"), json.get("noText"), json.get("skipped")));
        Map<?, ?> second = (Map<?, ?>) ((List<?>) json.get("images")).get(1);
        assertEquals(photos + "/b-torn.png", second.get("image"));
        assertEquals("SHELF 0042", second.get("text"));
        assertEquals("transparent", second.get("mask"));
    }

    @Test
    void theScoreComparesWithTheTextsBesideTheImages() throws Exception {
        Files.writeString(photos.resolve("a-other.txt"), "SHELF 0077");
        Files.writeString(photos.resolve("deep/torn.txt"), "SHELF 0099");
        List<String> lines = Cli.run("repair-qr", store, photos, "--score")
                .expect(0)
                .out()
                .lines()
                .toList();
        assertEquals(5, lines.size(), lines.toString());
        assertEquals(
                "images   right  no text   wrong  ZXing alone   wrong    median     worst",
                lines.get(0).substring(lines.get(0).indexOf("images")));
        assertTrue(lines.get(1).startsWith(photos + "            2       1        1       0 "), lines.get(1));
        assertTrue(lines.get(2).startsWith(photos + "/deep       1       0        0       1 "), lines.get(2));
        assertTrue(lines.get(3).matches("all .* 3       1        1       1            0       0 .*"), lines.get(3));
        assertEquals(photos + "/deep/torn.png: expected \"SHELF 0099\", found \"SHELF 0031\"", lines.get(4));
    }

    @Test
    void jsonOfTheScoreNamesFoldersAndMistakes() throws Exception {
        Files.writeString(photos.resolve("deep/torn.txt"), "SHELF 0099");
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("repair-qr", store, photos, "--score", "--json")
                .expect(0)
                .out());
        assertEquals(
                List.of(
                        "images",
                        "right",
                        "noText",
                        "wrong",
                        "zxing",
                        "zxingWrong",
                        "medianSeconds",
                        "worstSeconds",
                        "folders",
                        "mistakes",
                        "skipped"),
                List.copyOf(json.keySet()));
        assertEquals(List.of(2, 1, 0, 1, 0, 0), List.copyOf(json.values()).subList(0, 6));
        assertEquals(
                List.of(Map.of(
                        "image", photos + "/deep/torn.png", "expected", "SHELF 0099", "found", List.of("SHELF 0031"))),
                json.get("mistakes"));
        assertEquals(2, ((List<?>) json.get("folders")).size());
    }

    @Test
    void theScoreTellsWhatItLeavesOutAndWhatItCannotRead() throws Exception {
        Path damaged = Files.writeString(photos.resolve("c.png"), "no image");
        Files.writeString(photos.resolve("c.txt"), "SHELF 0031");
        Cli.Result result = Cli.run("repair-qr", store, photos, "--score").expect(2);
        assertEquals("""
                engram: not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG
                engram: note: no text beside 2 images; left out
                """.formatted(damaged), result.err());
        assertTrue(result.line(1).startsWith(photos + "       1       1        0       0 "), result.out());
        Map<String, Object> none = JSON.std.mapFrom(Cli.run("repair-qr", store, damaged, "--score", "--json")
                .expect(2)
                .out());
        assertEquals(List.of(0, 0, 0, 0, 0, 0), new ArrayList<>(none.values()).subList(0, 6));
        assertTrue(none.containsKey("medianSeconds") && none.get("medianSeconds") == null);
    }

    @Test
    void anImageThatAReaderReadsCountsForBoth() throws Exception {
        Path whole = Photo.of(symbol(40)).write(directory.resolve("whole.png"));
        Files.writeString(directory.resolve("whole.txt"), "SHELF 0040");
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("repair-qr", store, whole, "--score", "--json")
                .expect(0)
                .out());
        assertEquals(List.of(1, 1, 0, 0, 1, 0), List.copyOf(json.values()).subList(0, 6));
    }

    @Test
    void theOverlayShowsWhereTheSymbolIs() throws Exception {
        Path image = Photo.of(symbol(42))
                .on(400, 300, 200, 100)
                .painted(Color.GRAY, new Rectangle(256, 156, 44, 44))
                .write(directory.resolve("photo.png"));
        Path overlay = directory.resolve("overlay.png");
        Cli.run("repair-qr", store, image, "--png", overlay).expect(0);
        BufferedImage drawn = ImageIO.read(overlay.toFile());
        assertEquals(List.of(600, 450), List.of(drawn.getWidth(), drawn.getHeight()));
        // the symbol is 84 pixels wide from (216, 116) on; all is drawn larger by half
        for (int k = 2; k < 80; k++) {
            int along = 3 * k / 2;
            assertTrue(isGreenNear(drawn, 324 + along, 174), "upper edge at " + k);
            assertTrue(isGreenNear(drawn, 450, 174 + along), "right edge at " + k);
        }
        assertEquals(0xffffffff, drawn.getRGB(100, 100));
    }

    private static boolean isGreenNear(BufferedImage drawn, int x, int y) {
        return IntStream.range(0, 49).anyMatch(k -> drawn.getRGB(x - 3 + k % 7, y - 3 + k / 7) == 0xff009e73);
    }

    @Test
    void whatIsForOneImageIsRefusedForSeveral() {
        for (String option : List.of("--png", "--clean", "--visible")) {
            for (List<Object> images : List.<List<Object>>of(
                    List.of(photos),
                    List.of(photos.resolve("b-torn.png"), photos.resolve("a-other.png")),
                    List.of(photos.resolve("b-torn.png"), "--score"))) {
                Object[] args = Stream.concat(
                                Stream.of("repair-qr", store, option, directory.resolve("x.png")), images.stream())
                        .toArray();
                assertEquals(
                        "engram: --visible, --png and --clean are for one image: expected a single file without --score\n",
                        Cli.run(args).expect(1).err());
            }
        }
    }

    @Test
    void aDirectoryWithoutImagesOrTextsIsRefused() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertEquals(
                "engram: %s: expected image files in it (png, jpg, jpeg, gif, bmp, tif or tiff), found none\n"
                        .formatted(empty),
                Cli.run("repair-qr", store, empty).expect(2).err());
        Images.write(Images.noise(20, 20, 1), empty.resolve("noise.png"));
        assertEquals(
                "engram: nothing to score: expected a text beside an image, such as %s/noise.txt, found none\n"
                        .formatted(empty),
                Cli.run("repair-qr", store, empty, "--score").expect(2).err());
    }
}
