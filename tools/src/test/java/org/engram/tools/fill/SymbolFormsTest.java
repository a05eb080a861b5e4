package org.engram.tools.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts as symbols of a chosen form, and stores that are as large as their symbols need. */
class SymbolFormsTest {

    private static final String LINK = "https://tickets.example/e/4711/seat/12-C";

    @TempDir
    private Path directory;

    private Path store;
    private Path texts;

    @BeforeEach
    void writeTexts() throws Exception {
        store = directory.resolve("store");
        texts = Files.writeString(directory.resolve("texts.csv"), "key,text\nshort,HELLO\nlink,%s\n".formatted(LINK));
    }

    private Pattern stored(String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.pattern(open.neuronOf(key).orElseThrow());
        }
    }

    private static Pattern drawn(String text, int version, ErrorCorrectionLevel level, int mask) {
        return QrCodec.encode(text, Geometry.PAPER, new QrForm(version, level, mask));
    }

    @Test
    void aTextIsStoredInTheFormThatIsNamed() {
        Cli.run("create", store).expect(0);
        Cli.run("memorize", store, "--qr", "HELLO", "--ec", "H", "--version", 3, "--mask", 6)
                .expect(0);
        assertEquals(drawn("HELLO", 3, ErrorCorrectionLevel.H, 6), stored("HELLO"));
        assertTrue(Cli.run("recall", store, "--qr", "HELLO", "--ec", "H", "--version", 3, "--mask", 6)
                .expect(0)
                .out()
                .contains("agreement 1.0000"));
        Cli.run("recall", store, "--qr", "HELLO").expect(4);
    }

    @Test
    void allLevelsAreANeuronEach() {
        Cli.run("create", store).expect(0);
        Cli.run("memorize", store, "--qr", "HELLO", "--ec", "all").expect(0);
        Cli.run("import", store, texts, "--ec", "all").expect(0);
        for (ErrorCorrectionLevel level : ErrorCorrectionLevel.values()) {
            assertEquals(drawn("HELLO", 0, level, -1), stored("HELLO#" + level));
            assertEquals(drawn("HELLO", 0, level, -1), stored("short#" + level));
            assertEquals(drawn(LINK, 0, level, -1), stored("link#" + level));
        }
        assertEquals(
                "imported 0 patterns, 8 there already; the store holds 12 patterns\n",
                Cli.run("import", store, texts, "--ec", "all").expect(0).out());
    }

    @Test
    void ofSeveralFormsAllAreStoredOrNone() {
        Cli.run("create", store, "--size", "37x37").expect(0);
        assertEquals(
                "engram: QR symbol does not fit: expected at least 41 x 41 pixels for version 4, found 37 x 37; "
                        + "shorten the text or choose a larger geometry\n",
                Cli.run("memorize", store, "--qr", LINK, "--ec", "all")
                        .expect(1)
                        .err());
        assertEquals(
                "0\n",
                Cli.run("ls", store, "--format", "csv").expect(0).out().lines().count() - 1 + "\n");
    }

    @Test
    void aStoreSaysWhichFormsItHolds() throws Exception {
        Cli.run("create", store).expect(0);
        Cli.run("import", store, texts, "--ec", "all").expect(0);
        Path black = directory.resolve("black.png");
        Images.write(new BufferedImage(116, 116, BufferedImage.TYPE_INT_RGB), black);
        Cli.run("memorize", store, black).expect(0);
        assertTrue(
                Cli.run("stats", store, "--qr")
                        .expect(0)
                        .out()
                        .contains(
                                "symbols     8: 1 of V1-L, 1 of V1-M, 1 of V1-Q, 1 of V1-H, 1 of V3-L, 1 of V3-M, 1 of V4-Q, 1 of V5-H\n"));
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("stats", store, "--qr", "--json").expect(0).out());
        assertEquals(8, json.get("symbols"));
        assertEquals(Map.of("version", 5, "ec", "H", "count", 1), ((List<?>) json.get("forms")).getLast());
    }

    @Test
    void createChoosesTheSmallestSizeThatHoldsTheTexts() {
        assertTrue(Cli.run("create", store, "--for", texts)
                .expect(0)
                .out()
                .startsWith("created %s: 37 x 37 pixels\nchosen    the largest of 2 symbols, %s: line 3, is version 3: "
                                .formatted(store, texts)
                        + "29 modules a side and 4 of white all around, a pixel each\n"
                        + "holds     QR symbols of version 1 to 3, texts of up to 42 bytes with error correction M\n"));
        Cli.run("import", store, texts).expect(0);
        Path all = directory.resolve("all");
        Cli.run("create", all, "--for", texts, "--ec", "all").expect(0);
        Cli.run("import", all, texts, "--ec", "all").expect(0);
        Path smaller = directory.resolve("smaller");
        Cli.run("create", smaller, "--size", "44x44").expect(0);
        Cli.run("import", smaller, texts, "--ec", "all").expect(2);
    }

    @Test
    void createSaysWhatASizeHolds() {
        assertTrue(
                Cli.run("create", store)
                        .expect(0)
                        .out()
                        .contains(
                                "\nholds     QR symbols of version 1 to 22, texts of up to 779 bytes with error correction M\n"));
        assertTrue(Cli.run("create", directory.resolve("small"), "--size", "28x40")
                .expect(0)
                .out()
                .contains("\nholds     no QR symbols: the smallest needs 29 x 29 pixels\n"));
        String longest = "x".repeat(779);
        Cli.run("memorize", store, "--qr", longest).expect(0);
        Cli.run("memorize", store, "--qr", longest + "x").expect(1);
    }

    @Test
    void createTellsOfTextsThatNoSizeHolds() throws Exception {
        Path odd = Files.writeString(directory.resolve("odd.csv"), "a,HELLO\nb,%s\nc\n".formatted("x".repeat(3000)));
        assertEquals(
                "engram: note: 2 symbols cannot be drawn, and import will skip them: %s: line 2: text is too long for a QR symbol: 3000 characters; shorten it\n"
                        .formatted(odd),
                Cli.run("create", store, "--for", odd).expect(0).err());
        Path none = Files.writeString(directory.resolve("none.csv"), "key,text\n");
        assertEquals(
                "engram: no size can be chosen: %s: expected texts, found none\n".formatted(none),
                Cli.run("create", directory.resolve("other"), "--for", none)
                        .expect(2)
                        .err());
        assertEquals(
                "engram: both --size and --for given: expected one of them\n",
                Cli.run("create", directory.resolve("other"), "--for", odd, "--size", "29x29")
                        .expect(1)
                        .err());
    }

    @Test
    void formsThatThereAreNotAreRefused() {
        Cli.run("create", store).expect(0);
        assertEquals("engram: --ec is unknown: expected L, M, Q, H or all, found l\n", refused("--ec", "l"));
        assertEquals("engram: QR version is unknown: expected 1 to 40, found 0\n", refused("--version", "0"));
        assertEquals("engram: mask pattern is unknown: expected 0 to 7, found -1\n", refused("--mask", "-1"));
        assertEquals(
                "engram: text is too long for version 1 with error correction H: 40 characters; choose a larger version\n",
                refused("--version", "1", "--ec", "H"));
        assertEquals(
                "engram: --ec all is for texts to store: expected L, M, Q or H, found all\n",
                Cli.run("recall", store, "--qr", LINK, "--ec", "all").expect(1).err());
    }

    private String refused(String... options) {
        Object[] call = new Object[4 + options.length];
        System.arraycopy(new Object[] {"memorize", store, "--qr", LINK}, 0, call, 0, 4);
        System.arraycopy(options, 0, call, 4, options.length);
        return Cli.run(call).expect(1).err();
    }
}
