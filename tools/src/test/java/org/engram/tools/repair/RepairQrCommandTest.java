package org.engram.tools.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Photo;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairQrCommandTest {

    private static final String TEXT = "SHELF 0042";
    private static final Pattern SYMBOL = QrCodec.encode(TEXT, Geometry.PAPER);

    @TempDir
    private static Path shared;

    private static Path store;

    @TempDir
    private Path directory;

    @BeforeAll
    static void createAStoreOfForty() {
        store = shared.resolve("shelves");
        try (PatternStore open = PatternStore.create(store)) {
            for (int i = 20; i < 60; i++) {
                String text = "SHELF 00" + i;
                open.memorize("shelf-" + i, QrCodec.encode(text, Geometry.PAPER));
            }
        }
    }

    @Test
    void aTornSymbolIsReadFromWhatIsLeft() throws Exception {
        Photo torn = Photo.of(SYMBOL).torn(new Polygon(new int[] {0, 116, 0}, new int[] {0, 0, 116}, 3));
        Map<String, Object> json = repaired(torn);
        assertEquals(
                List.of(
                        "text",
                        "bytes",
                        "textFrom",
                        "key",
                        "verdict",
                        "contrast",
                        "neuron",
                        "agreement",
                        "mask",
                        "hiddenShare",
                        "rotation",
                        "inverted",
                        "mirrored",
                        "place",
                        "placement",
                        "zxing",
                        "decoded"),
                List.copyOf(json.keySet()));
        assertEquals("shelf-42", json.get("key"));
        assertEquals("RECOGNISED", json.get("verdict"));
        assertEquals(22, json.get("neuron"));
        assertEquals("transparent", json.get("mask"));
        assertEquals(0, json.get("rotation"));
        assertEquals("exact", json.get("placement"));
        assertEquals(1.0, json.get("agreement"));
        assertNull(json.get("zxing"));
        assertNull(json.get("decoded"));
    }

    @Test
    void anySizeTurnAndMarginIsBroughtOntoTheStoresGrid() throws Exception {
        Photo whole = Photo.of(SYMBOL);
        Photo bare = whole.cropped();
        expect("exact", 0, "none", whole.noisy(25, 1));
        expect("exact", 90, "none", whole.noisy(35, 1).turned(1));
        expect("exact", 0, "estimated", whole.painted(Color.GRAY, new Rectangle(0, 0, 116, 70)));
        expect(
                "fitted",
                270,
                "transparent",
                corner(whole.scaledTo(232, 232, false)).turned(3));
        expect("found", 0, "estimated", bare.scaledTo(168, 168, false).painted(Color.WHITE, upperHalf(168)));
        expect(
                "found",
                90,
                "transparent",
                bare.scaledTo(147, 147, false).torn(upperHalf(147)).turned(1));
        expect(
                "found",
                180,
                "transparent",
                bare.scaledTo(130, 130, true).torn(upperHalf(130)).turned(2));
        expect("found", 180, "none", bare.scaledTo(105, 105, false).noisy(20, 2).turned(2));
        Photo sheet = bare.scaledTo(210, 210, false).on(400, 300, 40, 50);
        expect("found", 0, "estimated", sheet.painted(Color.DARK_GRAY, new Rectangle(30, 40, 150, 160)));
        expect(
                "found",
                270,
                "estimated",
                sheet.painted(Color.BLACK, new Ellipse2D.Double(30, 40, 150, 160))
                        .turned(3));
        expect(
                "found",
                0,
                "estimated",
                bare.scaledTo(210, 210, false)
                        .on(400, 400, 95, 95)
                        .slanted(17)
                        .painted(Color.BLACK, new Rectangle(180, 180, 110, 60)));
    }

    @Test
    void onlyTheVisibleRectangleIsBelieved() throws Exception {
        Photo scribbled = Photo.of(SYMBOL).scaledTo(348, 348, false);
        for (int k = 0; k < 20; k++) {
            scribbled = scribbled.painted(
                    k % 2 == 0 ? Color.BLACK : Color.WHITE, new Rectangle(9 * k % 117, 23 * k % 199, 24, 40));
        }
        Path image = scribbled.write(directory.resolve("scribbled.png"));
        Map<String, Object> json =
                JSON.std.mapFrom(Cli.run("repair-qr", store, image, "--visible", "141,0,207,348", "--json")
                        .expect(0)
                        .out());
        assertEquals(TEXT, json.get("text"));
        assertEquals("rectangle", json.get("mask"));
        assertEquals(
                "engram: --visible is no rectangle: expected X,Y,W,H such as 58,58,58,58, found 1,2,3\n",
                Cli.run("repair-qr", store, image, "--visible", "1,2,3")
                        .expect(1)
                        .err());
        assertEquals(
                "engram: visible rectangle is not inside the image: expected within 348 x 348, found 200,0,149,9 (x,y,width,height)\n",
                Cli.run("repair-qr", store, image, "--visible", "200,0,149,9")
                        .expect(1)
                        .err());
    }

    @Test
    void theTableTellsWhatWasReadAndTheCleanSymbolIsWritten() throws Exception {
        Path image = corner(Photo.of(SYMBOL)).turned(1).write(directory.resolve("corner.png"));
        Path png = directory.resolve("clean.png");
        Cli.Result result = Cli.run("repair-qr", store, image, "--clean", png).expect(0);
        assertEquals("""
                RECOGNISED "SHELF 0042", key shelf-42 (neuron 22)
                contrast 1.0000, agreement 1.0000, 75.1 % of the symbol hidden (mask: transparent), turned by 90 degrees, placement: exact
                a QR reader alone reads nothing
                """, result.out());
        assertEquals("", result.err());
        BufferedImage clean = ImageIO.read(png.toFile());
        float[] values = new float[Geometry.PAPER.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = clean.getRaster().getSample(j % 116, j / 116, 0) / 255f;
        }
        assertEquals(SYMBOL, Pattern.of(Geometry.PAPER, values));
    }

    @Test
    void aSymbolThatIsNotStoredIsReadByErrorCorrectionAloneOrNotAtAll() throws Exception {
        Pattern stranger = QrCodec.encode("SHELF 0077", Geometry.PAPER);
        Path image = Photo.of(stranger).write(directory.resolve("stranger.png"));
        Path png = directory.resolve("clean.png");
        Cli.Result result =
                Cli.run("repair-qr", store, image, "--json", "--clean", png).expect(4);
        Map<String, Object> json = JSON.std.mapFrom(result.out());
        assertEquals("UNKNOWN", json.get("verdict"));
        assertEquals("SHELF 0077", json.get("zxing"));
        assertEquals("SHELF 0077", json.get("decoded"));
        for (String field : List.of("text", "key", "neuron")) {
            assertTrue(json.containsKey(field) && json.get(field) == null, field);
        }
        assertEquals("""
                engram: note: error correction alone read a text; no stored symbol has it
                engram: note: nothing was repaired, so %s was not written
                """.formatted(png), result.err());
        assertFalse(Files.exists(png));
        assertEquals(
                "a QR reader alone reads \"SHELF 0077\", which no stored symbol says",
                Cli.run("repair-qr", store, image).expect(4).line(2));
        Path half = Photo.of(stranger).painted(Color.WHITE, upperHalf(116)).write(directory.resolve("half.png"));
        json = JSON.std.mapFrom(
                Cli.run("repair-qr", store, half, "--json").expect(4).out());
        assertNull(json.get("text"));
        assertNull(json.get("decoded"));
    }

    @Test
    void twinsAreAmbiguousAndGiveNoText() throws Exception {
        Path twins = directory.resolve("twins");
        Cli.run("create", twins).expect(0);
        Cli.run("memorize", twins, "--qr", TEXT).expect(0);
        Cli.run("memorize", twins, "--qr", TEXT, "--key", "twin").expect(0);
        Path image = corner(Photo.of(SYMBOL)).write(directory.resolve("corner.png"));
        assertEquals(
                "AMBIGUOUS: what can be seen fits several stored symbols",
                Cli.run("repair-qr", twins, image).expect(4).line(0));
    }

    @Test
    void nothingToSeeAndNothingStoredAreUnknown() throws Exception {
        Path nothing = Photo.of(SYMBOL).torn(new Rectangle(0, 0, 116, 116)).write(directory.resolve("nothing.png"));
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("repair-qr", store, nothing, "--json").expect(4).out());
        assertEquals("UNKNOWN", json.get("verdict"));
        Path empty = directory.resolve("empty");
        Cli.run("create", empty).expect(0);
        Path image = Photo.of(SYMBOL).write(directory.resolve("whole.png"));
        Cli.Result result = Cli.run("repair-qr", empty, image, "--json").expect(4);
        json = JSON.std.mapFrom(result.out());
        assertEquals("UNKNOWN", json.get("verdict"));
        assertEquals(TEXT, json.get("decoded"));
        assertTrue(json.containsKey("contrast") && json.get("contrast") == null);
        assertEquals("""
                engram: note: %s holds no QR symbols to compare with
                engram: note: error correction alone read a text; no stored symbol has it
                """.formatted(empty), result.err());
        assertEquals(
                "UNKNOWN: no stored symbol to compare with",
                Cli.run("repair-qr", empty, image).expect(4).line(0));
    }

    @Test
    void whatCannotBeReadOrWrittenIsRefused() throws Exception {
        Path image = Photo.of(SYMBOL).write(directory.resolve("whole.png"));
        Path inside = store.resolve("clean.png");
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(inside, store),
                Cli.run("repair-qr", store, image, "--png", inside).expect(1).err());
        Path none = directory.resolve("none.png");
        assertEquals(
                "engram: cannot open image: %s: expected a file, found none; name an image file\n".formatted(none),
                Cli.run("repair-qr", store, none).expect(2).err());
        assertEquals(
                "engram: criteria out of range: threshold must be finite and the others 0 to 1, found threshold 0.7, contrast 2.0, disagreement 0.35, agreement 0.95\n",
                Cli.run("repair-qr", store, image, "--contrast", "2").expect(1).err());
    }

    private void expect(String placement, int rotation, String mask, Photo photo) throws Exception {
        Map<String, Object> json = repaired(photo);
        boolean laid = List.of("exact", "fitted").contains(json.get("placement"));
        assertEquals(
                List.of(placement, rotation, mask),
                List.of(laid ? json.get("placement") : "found", json.get("rotation"), json.get("mask")));
        assertNull(json.get("zxing"));
    }

    private Map<String, Object> repaired(Photo photo) throws Exception {
        Path image = photo.write(directory.resolve("photo.png"));
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("repair-qr", store, image, "--json").expect(0).out());
        assertEquals(TEXT, json.get("text"));
        return json;
    }

    /** What is left when all but the lower right quarter is torn off. */
    private static Photo corner(Photo photo) {
        int half = photo.width() / 2;
        return photo.torn(new Rectangle(0, 0, 2 * half, half)).torn(new Rectangle(0, half, half, half));
    }

    private static Rectangle upperHalf(int side) {
        return new Rectangle(0, 0, side, side / 2);
    }
}
