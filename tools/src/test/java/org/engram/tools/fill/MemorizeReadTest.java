package org.engram.tools.fill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.google.zxing.EncodeHintType;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Photo;
import org.engram.tools.fixture.Printed;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs of symbols that others printed, and what the store then holds. */
class MemorizeReadTest {

    private static final Geometry LARGE = new Geometry(185, 185);

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createStore() {
        store = directory.resolve("store");
        Cli.run("create", store, "--size", "185x185", "--layout", "packed").expect(0);
    }

    private Pattern stored(String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.pattern(open.neuronOf(key).orElseThrow());
        }
    }

    /** Turned, in dim light, and so large that a module has no whole number of pixels. */
    private static BufferedImage photograph(Pattern printed, int degrees) {
        Photo photo = Photo.of(printed).scaledTo(411, 411, true);
        return dimmed(photo.on(600, 600, 100, 90).slanted(degrees).image());
    }

    private static BufferedImage dimmed(BufferedImage image) {
        BufferedImage dim = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < dim.getHeight(); y++) {
            for (int x = 0; x < dim.getWidth(); x++) {
                dim.setRGB(x, y, 0x010101 * (30 + (image.getRGB(x, y) & 255) * (60 + x * 40 / dim.getWidth()) / 255));
            }
        }
        return dim;
    }

    /** Eight of each error correction, with the smaller versions and all masks. */
    private static List<QrForm> forms() {
        Random random = new Random(11);
        List<QrForm> forms = new ArrayList<>();
        for (ErrorCorrectionLevel level : ErrorCorrectionLevel.values()) {
            for (int mask = 0; mask < 8; mask++) {
                forms.add(new QrForm(1 + random.nextInt(10), level, mask));
            }
        }
        return forms;
    }

    @Test
    void everyFormIsStoredAsItIsPrinted() throws Exception {
        List<QrForm> forms = forms();
        List<Object> call = new ArrayList<>(List.of("memorize", store, "--read"));
        for (int i = 0; i < forms.size(); i++) {
            Pattern printed = QrCodec.encode("text " + i, LARGE, forms.get(i));
            Path photo = directory.resolve("photo%d.png".formatted(i));
            call.add(Images.write(photograph(printed, 11 * i), photo));
        }
        Cli.run(call.toArray()).expect(0);
        for (int i = 0; i < forms.size(); i++) {
            assertEquals(QrCodec.encode("text " + i, LARGE, forms.get(i)), stored("text " + i), "text " + i);
        }
    }

    @Test
    void aMirroredSymbolAndOneWhiteOnBlackAreStoredUpright() throws Exception {
        for (int mask = 0; mask < 8; mask++) {
            Pattern printed = QrCodec.encode("label", LARGE, mask);
            BufferedImage whole = Photo.of(printed).image();
            BufferedImage mirrored = new BufferedImage(185, 185, BufferedImage.TYPE_INT_RGB);
            BufferedImage inverted = new BufferedImage(185, 185, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 185; y++) {
                for (int x = 0; x < 185; x++) {
                    mirrored.setRGB(184 - x, y, whole.getRGB(x, y));
                    inverted.setRGB(x, y, ~whole.getRGB(x, y));
                }
            }
            Images.write(mirrored, directory.resolve("mirrored.png"));
            Images.write(inverted, directory.resolve("inverted.png"));
            for (String name : List.of("mirrored", "inverted")) {
                Map<String, Object> read = read(directory.resolve(name + ".png"), "--key", name + mask);
                assertEquals(name.equals("mirrored"), read.get("mirrored"));
                assertEquals(name.equals("inverted"), read.get("inverted"));
                assertEquals(mask, read.get("mask"));
                assertEquals(printed, stored(name + mask));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> read(Path photo, String... options) throws Exception {
        List<Object> call = new ArrayList<>(List.of("memorize", store, "--read", photo, "--json"));
        call.addAll(List.of(options));
        Map<String, Object> json =
                JSON.std.mapFrom(Cli.run(call.toArray()).expect(0).out());
        return ((List<Map<String, Object>>) json.get("read")).getFirst();
    }

    @Test
    void allSymbolsOfAPhotographAreStored() throws Exception {
        BufferedImage page = new BufferedImage(800, 400, BufferedImage.TYPE_INT_RGB);
        page.createGraphics().fillRect(0, 0, 800, 400);
        int left = 40;
        for (String text : List.of("first", "second", "third")) {
            page.createGraphics().drawImage(Printed.latin(text), left, 90 + left / 4, null);
            left += 250;
        }
        Path photo = Images.write(page, directory.resolve("page.png"));
        Cli.Result result = Cli.run("memorize", store, "--read", photo).expect(0);
        assertTrue(result.out().endsWith("memorized 3 patterns as neurons 0 to 2; the store holds 3 patterns\n"));
        for (String text : List.of("first", "second", "third")) {
            assertEquals(QrCodec.encode(text, LARGE), stored(text));
        }
        assertEquals(
                "engram: refused: --key names one symbol: %s: expected one, found 3; leave --key out\n"
                        .formatted(photo),
                Cli.run("memorize", store, "--read", photo, "--key", "page")
                        .expect(2)
                        .err());
    }

    @Test
    void aSmallSymbolBesideALargeOneIsFoundToo() throws Exception {
        BufferedImage large = Printed.latin("a large one with a longer text");
        BufferedImage page = new BufferedImage(480, 300, BufferedImage.TYPE_INT_RGB);
        page.createGraphics().fillRect(0, 0, 480, 300);
        page.createGraphics().drawImage(large, 20, 20, 250, 250, null);
        page.createGraphics()
                .drawImage(
                        Printed.latin("small").getScaledInstance(44, 44, Image.SCALE_AREA_AVERAGING), 350, 150, null);
        Path photo = Images.write(page, directory.resolve("page.png"));
        Cli.run("memorize", store, "--read", photo).expect(0);
        assertEquals(QrCodec.encode("small", LARGE), stored("small"));
        assertEquals(QrCodec.encode("a large one with a longer text", LARGE), stored("a large one with a longer text"));
    }

    @Test
    void theSameSymbolIsPassedOverAndAnotherFormIsRefused() throws Exception {
        Path usual = Images.write(Printed.latin("label"), directory.resolve("usual.png"));
        Path other =
                Images.write(Printed.symbol("label", ErrorCorrectionLevel.H, Map.of()), directory.resolve("other.png"));
        assertEquals(
                usual + ": \"label\", version 1, error correction M, mask 4\n"
                        + "memorized \"label\" as neuron 0; the store holds 1 pattern\n",
                Cli.run("memorize", store, "--read", usual).expect(0).out());
        assertEquals(
                "memorized no pattern, 1 was there already; the store holds 1 pattern\n",
                Cli.run("memorize", store, "--read", usual).expect(0).out());
        assertEquals(
                "engram: refused: %s: key \"label\" is in use for another symbol; --key names this one, --replace puts it in its place\n"
                        .formatted(other),
                Cli.run("memorize", store, "--read", other).expect(2).err());
        Cli.run("memorize", store, "--read", other, "--replace").expect(0);
        assertEquals(QrCodec.encode("label", LARGE, new QrForm(0, ErrorCorrectionLevel.H, -1)), stored("label"));
    }

    @Test
    void aPhotographIsNamedEvenWhereItsNameIsTheKey() throws Exception {
        Path first = Images.write(Printed.latin("first"), directory.resolve("first.png"));
        Path second = Images.write(Printed.latin("second"), directory.resolve("second.png"));
        Cli.run("memorize", store, "--read", first, "--key", second).expect(0);
        assertEquals(
                "engram: refused: %s: key \"%s\" is in use for another symbol; --key names this one, --replace puts it in its place\n"
                        .formatted(second, second),
                Cli.run("memorize", store, "--read", second, "--key", second)
                        .expect(2)
                        .err());
    }

    @Test
    void whatCannotBeReadOrDoesNotFitIsRefusedAndTheOthersGoOn() throws Exception {
        Path small = directory.resolve("small");
        Cli.run("create", small, "--size", "29x29").expect(0);
        Path good = Images.write(Printed.latin("good"), directory.resolve("good.png"));
        Path noise = Images.write(Images.noise(200, 200, 1), directory.resolve("noise.png"));
        Path large = Images.write(Printed.latin("a text that is too long for this"), directory.resolve("large.png"));
        Cli.Result result =
                Cli.run("memorize", small, "--read", noise, large, good).expect(2);
        assertEquals(
                ("engram: refused: no QR symbol can be read: %s: expected one that error correction reads, found none;"
                                + " take it from nearer, whole and sharp\n"
                                + "engram: refused: %s: QR symbol does not fit: expected at least 37 x 37 pixels for version 3,"
                                + " found 29 x 29; store it where patterns are larger\n")
                        .formatted(noise, large),
                result.err());
        assertEquals(
                good + ": \"good\", version 1, error correction M, mask 6\n"
                        + "memorized \"good\" as neuron 0; the store holds 1 pattern\n",
                result.out());
    }

    @Test
    void aDamagedSymbolIsStoredWhole() throws Exception {
        Pattern printed = QrCodec.encode("scratched", LARGE, new QrForm(2, ErrorCorrectionLevel.H, 1));
        Path photo = directory.resolve("scratched.png");
        Photo.of(printed).painted(Color.BLACK, new Rectangle(60, 90, 60, 6)).write(photo);
        Cli.run("memorize", store, "--read", photo).expect(0);
        assertEquals(printed, stored("scratched"));
    }

    @Test
    void segmentsAndCharsetStayAsTheyArePrinted() throws Exception {
        Map<EncodeHintType, Object> compact = Map.of(EncodeHintType.QR_COMPACT, true);
        BufferedImage mixed =
                Printed.symbol("https://a.example/0123456789012345678901234567890", ErrorCorrectionLevel.L, compact);
        Path photo = Images.write(mixed, directory.resolve("mixed.png"));
        Map<String, Object> read = read(photo);
        assertEquals("ascii", read.get("textFrom"));
        assertShows(mixed, stored("https://a.example/0123456789012345678901234567890"));

        BufferedImage latin = Printed.latin("Þór");
        Path thor = Images.write(latin, directory.resolve("thor.png"));
        Map<String, Object> guessed = read(thor);
        assertEquals("Þór", guessed.get("text"));
        assertEquals("3vNy", guessed.get("bytes"));
        assertEquals("iso-8859-1", guessed.get("textFrom"));
        assertShows(latin, stored("Þór"));
        Map<String, Object> chosen = read(thor, "--charset", "ISO-8859-2");
        assertEquals("Ţór", chosen.get("text"));
        assertEquals("option", chosen.get("textFrom"));
    }

    /** Module by module. */
    private void assertShows(BufferedImage printed, Pattern pattern) throws Exception {
        int modules = printed.getWidth() / 4;
        Geometry exact = new Geometry(modules, modules);
        Path copy = directory.resolve("copy" + modules);
        Cli.run("create", copy, "--size", modules + "x" + modules).expect(0);
        Path file = directory.resolve("printed.png");
        ImageIO.write(printed, "png", file.toFile());
        Cli.run("memorize", copy, file).expect(0);
        Cli.run("memorize", copy, "--read", file, "--key", "read").expect(0);
        try (PatternStore open = PatternStore.openReadOnly(copy)) {
            assertArrayEquals(open.pattern(0).values(), open.pattern(1).values());
            assertEquals(exact, open.geometry());
        }
        assertEquals(LARGE, pattern.geometry());
    }

    @Test
    void aTextThatItsCharsetDoesNotHoldNeedsAKey() throws Exception {
        Path photo = Images.write(Printed.latin("Þór"), directory.resolve("thor.png"));
        assertEquals(
                "engram: refused: %s: its bytes are no text in their charset; name a charset with --charset, or a key with --key\n"
                        .formatted(photo),
                Cli.run("memorize", store, "--read", photo, "--charset", "UTF-8")
                        .expect(2)
                        .err());
        Cli.run("memorize", store, "--read", photo, "--charset", "UTF-8", "--key", "thor")
                .expect(0);
    }

    @Test
    void aGuessedCharsetIsNoted() throws Exception {
        Path photo = Images.write(Printed.latin("10 µm"), directory.resolve("micro.png"));
        assertEquals(
                "engram: note: \"10 µm\" of %s was read as iso-8859-1, as the symbol names no charset; --charset names it\n"
                        .formatted(photo),
                Cli.run("memorize", store, "--read", photo).expect(0).err());
    }

    @Test
    void optionsThatHaveNoMeaningWithItAreRefused() throws Exception {
        Path photo = Images.write(Printed.latin("x"), directory.resolve("x.png"));
        assertEquals(
                "engram: --read takes photographs of QR symbols: expected none of --qr, --grey and --levels with it\n",
                Cli.run("memorize", store, "--read", photo, "--grey").expect(1).err());
        assertEquals(
                "engram: --ec, --version and --mask are for texts: expected them with --qr TEXT\n",
                Cli.run("memorize", store, "--read", photo, "--ec", "H")
                        .expect(1)
                        .err());
        assertEquals(
                "engram: --charset is for what --read reads; texts of --qr are Unicode\n",
                Cli.run("memorize", store, photo, "--charset", "UTF-8")
                        .expect(1)
                        .err());
    }
}
