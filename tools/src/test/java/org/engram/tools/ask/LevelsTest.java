package org.engram.tools.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelsTest {

    private static final int SIDE = 24;

    @TempDir
    private Path directory;

    private Path store;
    private int drawn;

    @BeforeEach
    void createAStoreOfTen() throws IOException {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "24x24").expect(0);
        Cli.run("memorize", store, Images.directory(directory.resolve("images"), 10, SIDE))
                .expect(0);
    }

    /** Dark and light of an image, both on one side of the half, of which nothing is left at the half. */
    @ParameterizedTest
    @CsvSource({
        "141414, 787878",
        "969696, F5F5F5",
        "82C8C8, C8FFFF",
        "FF8000, FFFFFF",
        "00C000, FFFFFF",
        "00B0FF, FFFFFF",
        "000000, FF0000",
        "000000, 2020FF"
    })
    void aDimPaleOrColouredImageIsRecognisedWithANote(String dark, String light) throws Exception {
        Path image = drawn(4, (x, y) -> Integer.parseInt(dark, 16), (x, y) -> Integer.parseInt(light, 16));
        Cli.Result result = Cli.run("recall", store, image).expect(0);
        assertTrue(result.line(0).startsWith("RECOGNISED n004 "), result.out());
        assertEquals(
                "engram: note: white from half on was not recognised, the levels of the picture itself (otsu) were\n",
                result.err());
        assertEquals("otsu", view(image, 0).get("levels"));
        assertEquals("fixed", view(image, 4, "--levels", "fixed").get("levels"));
    }

    @Test
    void anImageInUnevenLightIsRecognisedByLocalLevels() throws Exception {
        IntBinaryOperator light = (x, y) -> grey(40 + 9 * x);
        Path image = drawn(4, (x, y) -> grey((40 + 9 * x) * 3 / 10), light);
        Cli.run("recall", store, image, "--levels", "fixed", "--disagreement", "0.1")
                .expect(4);
        Cli.run("recall", store, image, "--levels", "otsu", "--disagreement", "0.1")
                .expect(4);
        Cli.Result result =
                Cli.run("recall", store, image, "--disagreement", "0.1").expect(0);
        assertTrue(result.line(0).startsWith("RECOGNISED n004 "), result.out());
        assertTrue(result.err().contains("(local)"), result.err());
    }

    @Test
    void whatTheHalfRecognisesIsAnsweredAsBefore() throws Exception {
        Path image = drawn(4, (x, y) -> grey(100), (x, y) -> grey(140));
        Cli.Result result = Cli.run("recall", store, image).expect(0);
        assertEquals("", result.err());
        assertEquals("fixed", view(image, 0).get("levels"));
    }

    @Test
    void aDimStrangerStaysUnknownAndIsAnsweredAtTheHalf() throws Exception {
        Path image = drawn(999, (x, y) -> grey(20), (x, y) -> grey(120));
        Cli.Result result = Cli.run("recall", store, image).expect(4);
        assertTrue(result.line(0).startsWith("UNKNOWN"), result.out());
        assertEquals("", result.err());
        assertEquals("fixed", view(image, 4).get("levels"));
    }

    @Test
    void memorizeRefusesAPhotographThatWouldBeOfOneColour() throws Exception {
        Path dim = drawn(99, (x, y) -> grey(20), (x, y) -> grey(120));
        assertEquals(
                ("engram: %s would be stored all black: white begins at half, and its dark and light parts have 8 and 47 percent of"
                                + " white; --levels otsu finds a level between them, --levels local one for each place, --grey keeps"
                                + " the greys, --levels fixed stores it so\n")
                        .formatted(dim),
                Cli.run("memorize", store, dim).expect(1).err());
        Path pale = drawn(99, (x, y) -> grey(150), (x, y) -> grey(245));
        assertTrue(Cli.run("memorize", store, pale).expect(1).err().contains("would be stored all white: "));
        Cli.run("memorize", store, pale, "--levels", "otsu", "--key", "o").expect(0);
        Cli.run("memorize", store, dim, "--levels", "local", "--key", "l").expect(0);
        Cli.run("memorize", store, dim, "--levels", "fixed", "--key", "f").expect(0);
        Cli.run("memorize", store, dim, "--grey", "--key", "g").expect(0);
        Cli.run("memorize", store, drawn(99, (x, y) -> grey(0), (x, y) -> grey(255)), "--key", "whole")
                .expect(0);
        assertEquals(pattern("whole"), pattern("o"));
        assertEquals(pattern("whole"), pattern("l"));
        assertEquals(0, pattern("f").values()[0] + pattern("f").values()[SIDE * SIDE - 1]);
        assertEquals(
                "engram: both --grey and --levels given: expected one of them, as --grey keeps the greys\n",
                Cli.run("memorize", store, dim, "--grey", "--levels", "otsu")
                        .expect(1)
                        .err());
    }

    @Test
    void aPictureOfOneGreyIsStoredAsItIs() throws Exception {
        Path even = drawn(1, (x, y) -> grey(60), (x, y) -> grey(70));
        Cli.run("memorize", store, even, "--key", "black").expect(0);
        Path dot = drawn(1, (x, y) -> grey(x == 3 && y == 3 ? 0 : 255), (x, y) -> grey(x == 3 && y == 3 ? 0 : 255));
        Cli.run("memorize", store, dot, "--key", "dot").expect(0);
        assertEquals(0, pattern("dot").value(3, 3));
    }

    @Test
    void importSkipsSuchAPhotographAndTakesItWithLevels() throws Exception {
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Files.move(drawn(99, (x, y) -> grey(20), (x, y) -> grey(120)), photos.resolve("dim.png"));
        Path table = Files.writeString(directory.resolve("x.csv"), "key,text\na,b\n");
        Cli.Result result = Cli.run("import", store, photos).expect(2);
        assertTrue(result.err().contains("dim.png would be stored all black: "), result.err());
        assertEquals(
                "imported 1 pattern; the store holds 11 patterns\n",
                Cli.run("import", store, photos, "--levels", "otsu").expect(0).out());
        assertEquals(
                "engram: --levels is for images: expected a directory or a zip\n",
                Cli.run("import", store, table, "--levels", "otsu").expect(1).err());
    }

    private Map<?, ?> view(Path image, int code, String... options) throws IOException {
        String[] words = new String[options.length + 4];
        words[0] = "recall";
        words[1] = store.toString();
        words[2] = image.toString();
        words[3] = "--json";
        System.arraycopy(options, 0, words, 4, options.length);
        return (Map<?, ?>)
                JSON.std.mapFrom(Cli.run((Object[]) words).expect(code).out()).get("view");
    }

    private static int grey(int value) {
        return Math.min(value, 255) * 0x010101;
    }

    /** The noise of a seed in these two colours. */
    private Path drawn(int seed, IntBinaryOperator dark, IntBinaryOperator light) throws IOException {
        BufferedImage noise = Images.noise(SIDE, SIDE, seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean isLight = noise.getRaster().getSample(x, y, 0) > 0;
                image.setRGB(x, y, (isLight ? light : dark).applyAsInt(x, y));
            }
        }
        return Images.write(image, directory.resolve("drawn%d.png".formatted(drawn++)));
    }

    private Pattern pattern(String key) {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            return open.pattern(key);
        }
    }
}
