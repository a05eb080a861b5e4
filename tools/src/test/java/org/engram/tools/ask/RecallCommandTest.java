package org.engram.tools.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.engram.store.PatternStore;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecallCommandTest {

    @TempDir
    private Path directory;

    private Path store;
    private Path images;

    @BeforeEach
    void createAStoreOfTen() throws Exception {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "20x20").expect(0);
        images = Images.directory(directory.resolve("images"), 10, 20);
        Cli.run("memorize", store, images).expect(0);
    }

    @Test
    void theTableShowsTheWinnerAndItsRunnerUps() {
        List<String> lines = Cli.run("recall", store, images.resolve("n004.png"))
                .expect(0)
                .out()
                .lines()
                .toList();
        assertEquals("RECOGNISED n004 (neuron 4)", lines.get(0));
        assertEquals("contrast 1.0000, agreement 1.0000, 400 of 400 pixels vote, bipolar, 10 patterns", lines.get(1));
        assertEquals("  neuron        q/R  agreement  key", lines.get(3));
        assertTrue(lines.get(4).matches(" {7}4 {3}0\\.\\d{6} {5}1\\.0000  n004"), lines.get(4));
        assertEquals(9, lines.size());
        assertEquals(
                5,
                Cli.run("recall", store, images.resolve("n004.png"), "-k1")
                        .out()
                        .lines()
                        .count());
    }

    @Test
    void jsonHasTheSameAnswerInFullPrecision() throws Exception {
        Map<String, Object> json = JSON.std.mapFrom(Cli.run("recall", store, images.resolve("n004.png"), "--json")
                .expect(0)
                .out());
        assertEquals(
                List.of(
                        "verdict",
                        "key",
                        "neuron",
                        "q",
                        "agreement",
                        "contrast",
                        "coding",
                        "voters",
                        "kernel",
                        "runnerUps",
                        "view",
                        "views",
                        "otherViews"),
                List.copyOf(json.keySet()));
        Map<?, ?> view = (Map<?, ?>) json.get("view");
        assertEquals(List.of("levels", "turn", "mirrored", "inverted", "right", "down"), List.copyOf(view.keySet()));
        assertEquals(List.of("fixed", 0, false, false, 0, 0), List.copyOf(view.values()));
        assertEquals(1, json.get("views"));
        assertEquals(List.of(), json.get("otherViews"));
        assertEquals("RECOGNISED", json.get("verdict"));
        assertEquals("n004", json.get("key"));
        assertEquals(4, json.get("neuron"));
        assertEquals(1.0, json.get("agreement"));
        assertEquals(1.0, json.get("contrast"));
        assertEquals("bipolar", json.get("coding"));
        assertEquals(400, json.get("voters"));
        assertEquals(PatternStore.kernel(), json.get("kernel"));
        assertEquals(whiteShare("n004.png"), json.get("q"));
        List<?> runnerUps = (List<?>) json.get("runnerUps");
        assertEquals(4, runnerUps.size());
        assertEquals(List.of("neuron", "key", "q", "agreement"), List.copyOf(((Map<?, ?>) runnerUps.get(0)).keySet()));
    }

    @Test
    void aStrangerIsUnknownAndEndsWithFour() throws Exception {
        Path stranger = Images.write(Images.noise(20, 20, 999), directory.resolve("stranger.png"));
        Path png = directory.resolve("recalled.png");
        Cli.Result result = Cli.run("recall", store, stranger, "--png", png).expect(4);
        assertTrue(result.line(0).startsWith("UNKNOWN: the nearest is n00"), result.out());
        assertEquals("engram: note: nothing was recognised, so %s was not written\n".formatted(png), result.err());
        assertFalse(Files.exists(png));
    }

    @Test
    void aDuplicateIsAmbiguousAndEndsWithFour() {
        Cli.run("memorize", store, images.resolve("n004.png"), "--key", "twin").expect(0);
        assertEquals(
                "AMBIGUOUS: several fit equally, the first is n004 (neuron 4)",
                Cli.run("recall", store, images.resolve("n004.png")).expect(4).line(0));
    }

    @Test
    void anEmptyStoreKnowsNothing() throws Exception {
        Path empty = directory.resolve("empty");
        Cli.run("create", empty, "--size", "20x20").expect(0);
        Path image = images.resolve("n004.png");
        assertEquals(
                "UNKNOWN: nothing is stored\n",
                Cli.run("recall", empty, image).expect(4).out());
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("recall", empty, image, "--json").expect(4).out());
        assertTrue(json.containsKey("key") && json.get("key") == null && json.get("neuron") == null);
        assertEquals(List.of(), json.get("runnerUps"));
    }

    @Test
    void aCueOfWhichNothingIsVisibleIsUnknown() throws Exception {
        BufferedImage nothing = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
        Path path = Images.write(nothing, directory.resolve("nothing.png"));
        assertEquals(
                "UNKNOWN: no pixel of the cue is visible\n",
                Cli.run("recall", store, path).expect(4).out());
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("recall", store, path, "--json").expect(4).out());
        assertEquals("UNKNOWN", json.get("verdict"));
        assertEquals(0, json.get("voters"));
        for (String field : List.of("key", "neuron", "q", "agreement", "contrast")) {
            assertTrue(json.containsKey(field) && json.get(field) == null, field);
        }
        assertEquals(List.of(), json.get("runnerUps"));
        BufferedImage black = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
        assertEquals(
                "UNKNOWN: no pixel of the cue votes\n",
                Cli.run("recall", store, Images.write(black, path), "--coding", "unipolar")
                        .expect(4)
                        .out());
    }

    @Test
    void onlyTheVisibleRectangleVotes() throws Exception {
        BufferedImage damaged = ImageIO.read(images.resolve("n004.png").toFile());
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 20; x++) {
                if (x < 8 || y < 9) {
                    damaged.getRaster().setSample(x, y, 0, 0);
                }
            }
        }
        Path path = Images.write(damaged, directory.resolve("damaged.png"));
        assertTrue(Cli.run("recall", store, path, "--visible", "8,9,12,11")
                .expect(0)
                .line(1)
                .startsWith("contrast 1.0000, agreement 1.0000, 132 of 400 pixels vote"));
        assertTrue(Cli.run("recall", store, path).line(1).contains("400 of 400 pixels vote"));
        assertEquals(
                "engram: --visible is no rectangle: expected X,Y,W,H such as 58,58,58,58, found 1,2,3\n",
                Cli.run("recall", store, path, "--visible", "1,2,3").expect(1).err());
        assertEquals(
                "engram: visible rectangle is not inside the picture: expected within 20 x 20, found 15,0,6,1 (x,y,width,height)\n",
                Cli.run("recall", store, path, "--visible", "15,0,6,1")
                        .expect(1)
                        .err());
    }

    @Test
    void thePapersCodingUsesThePapersThreshold() {
        Path image = images.resolve("n004.png");
        assertTrue(Cli.run("recall", store, image, "--coding", "unipolar")
                .expect(4)
                .out()
                .startsWith("UNKNOWN"));
        Cli.run("recall", store, image, "--coding", "unipolar", "--threshold", "0.3")
                .expect(0);
        assertEquals(
                "engram: --coding is unknown: expected bipolar or unipolar, found ternary\n",
                Cli.run("recall", store, image, "--coding", "ternary").expect(1).err());
        assertEquals(
                "engram: criteria out of range: threshold must be finite and the others 0 to 1, found threshold 0.7, contrast 2.0, disagreement 0.35, agreement 0.95\n",
                Cli.run("recall", store, image, "--contrast", "2").expect(1).err());
        assertEquals(
                "engram: -k is out of range: expected at least 1, found 0\n",
                Cli.run("recall", store, image, "-k", "0").expect(1).err());
    }

    @Test
    void responsesOfEveryLiveNeuronGoToACsvFile() throws Exception {
        Cli.run("forget", store, "n000").expect(0);
        Cli.run("memorize", store, images.resolve("n000.png"), "--key", "a \"b\",\nc")
                .expect(0);
        Path csv = Files.writeString(directory.resolve("all.csv"), "an older file");
        Cli.run("recall", store, images.resolve("n004.png"), "--responses", csv).expect(0);
        String text = Files.readString(csv);
        assertTrue(text.startsWith("neuron,key,q\n1,n001,"), text);
        assertTrue(text.contains("\n4,n004," + whiteShare("n004.png") + "\n"), text);
        assertTrue(text.contains("\n10,\"a \"\"b\"\",\nc\","), text);
        assertEquals(12, text.lines().count());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(3, files.count(), "an unfinished file is left");
        }
        Path nowhere = directory.resolve("no/where.csv");
        assertEquals(
                "engram: cannot write %s: %s is no directory; create it first\n"
                        .formatted(nowhere, directory.resolve("no")),
                Cli.run("recall", store, images.resolve("n004.png"), "--responses", nowhere)
                        .expect(2)
                        .err());
    }

    @Test
    void theRecalledPatternIsWrittenAsPngAndReadsBackTheSame() throws Exception {
        Path png = directory.resolve("recalled.png");
        Cli.run("recall", store, images.resolve("n004.png"), "--visible", "0,0,20,10", "--png", png)
                .expect(0);
        BufferedImage written = ImageIO.read(png.toFile());
        BufferedImage original = ImageIO.read(images.resolve("n004.png").toFile());
        assertEquals(20, written.getWidth());
        assertEquals(BufferedImage.TYPE_BYTE_GRAY, written.getType());
        for (int j = 0; j < 400; j++) {
            assertEquals(
                    original.getRaster().getSample(j % 20, j / 20, 0),
                    written.getRaster().getSample(j % 20, j / 20, 0));
        }
    }

    @Test
    void qrSymbolsAreStoredAndRecalledByTheirText() {
        Path symbols = directory.resolve("symbols");
        Cli.run("create", symbols).expect(0);
        assertEquals(
                "memorized \"HELLO\" as neuron 0; the store holds 1 pattern\n",
                Cli.run("memorize", symbols, "--qr", "HELLO").expect(0).out());
        Cli.run("memorize", symbols, "--qr", "WORLD", "--key", "w").expect(0);
        assertEquals(
                "RECOGNISED w (neuron 1)",
                Cli.run("recall", symbols, "--qr", "WORLD").expect(0).line(0));
        assertEquals(
                "engram: expected either an image or --qr TEXT to recall from, found both\n",
                Cli.run("recall", symbols, "x.png", "--qr", "HELLO").expect(1).err());
        Cli.Result tooLong =
                Cli.run("memorize", symbols, "--qr", "x".repeat(3000)).expect(1);
        assertEquals(1, tooLong.err().lines().count());
    }

    @Test
    void realValuesHaveAContrastUnlessTheCueIsUnipolar() throws Exception {
        Path image = images.resolve("n004.png");
        BufferedImage grey = ImageIO.read(image.toFile());
        grey.getRaster().setSample(0, 0, 0, 100);
        Path path = Images.write(grey, directory.resolve("grey.png"));
        Cli.Result result = Cli.run("recall", store, path, "--grey", "--json");
        Map<String, Object> json = JSON.std.mapFrom(result.out());
        assertTrue((double) json.get("contrast") > 0.9, result.out());
        String[] unipolar = {"recall", store.toString(), path.toString(), "--grey", "--coding", "unipolar"};
        assertTrue(Cli.run((Object[]) unipolar).line(1).startsWith("contrast none, "));
    }

    private double whiteShare(String name) throws Exception {
        BufferedImage image = ImageIO.read(images.resolve(name).toFile());
        int white = 0;
        for (int j = 0; j < 400; j++) {
            white += image.getRaster().getSample(j % 20, j / 20, 0) / 255;
        }
        return white / 400.0;
    }

    @Test
    void amongAPrefixOnlyItsKeysAnswer() {
        assertEquals(
                "RECOGNISED n004 (neuron 4)", firstLine("recall", store, images.resolve("n004.png"), "--among", "n00"));
        assertTrue(firstLine("recall", store, images.resolve("n004.png"), "--among", "n003")
                .startsWith("UNKNOWN: the nearest is n003 (neuron 3)"));
        assertEquals(
                "UNKNOWN: none of the patterns that were asked answers",
                firstLine("recall", store, images.resolve("n004.png"), "--among", "m"));
    }

    @Test
    void withinSoManyPixelsAllAreListedAndNoOther() {
        List<String> near = Cli.run("recall", store, images.resolve("n004.png"), "--within", "0")
                .expect(0)
                .out()
                .lines()
                .toList();
        assertEquals("RECOGNISED n004 (neuron 4)", near.get(0));
        assertEquals(5, near.size());
        assertEquals(
                14,
                Cli.run("recall", store, images.resolve("n004.png"), "--within", "400")
                        .expect(0)
                        .out()
                        .lines()
                        .count());
        assertEquals(
                "engram: deficit out of range: expected at least 0, found -1.0\n",
                Cli.run("recall", store, images.resolve("n004.png"), "--within", "-1")
                        .expect(1)
                        .err());
    }

    private static String firstLine(Object... arguments) {
        return Cli.run(arguments).out().lines().findFirst().orElseThrow();
    }
}
