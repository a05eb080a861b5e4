package org.engram.tools.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.engram.store.PatternStore;
import org.engram.tools.Main;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaperCommandTest {

    private static final List<String> FIGURES = List.of(
            "fig3.png",
            "fig4.png",
            "fig5.png",
            "fig6.png",
            "occlusion.png",
            "contrast.png",
            "contact.png",
            "quarter.png");

    @TempDir
    private static Path directory;

    private static Path out;
    private static int exitCode;
    private static String stdout;
    private static String stderr;
    private static Map<String, Object> json;

    @BeforeAll
    static void runItOnce() throws IOException {
        Locale.setDefault(Locale.ROOT); // as the process does
        out = directory.resolve("new").resolve("results");
        exitCode = run("paper", "--json", "--out", out.toString());
        json = JSON.std.mapFrom(stdout);
    }

    @Test
    void theRunIsFineAndQuiet() {
        assertEquals(0, exitCode);
        assertEquals("", stderr);
    }

    @Test
    void figures3To5AreThePapersToTheLastDigit() {
        assertEquals(298, json.get("neurons"));
        assertEquals(298, json.get("recalledWhole"));
        assertEquals(298, json.get("recalledWholeBipolar"));
        assertEquals(298, json.get("decodedWhole"));
        assertEquals(0.712247, json.get("maxQMin"));
        assertEquals(0.759810, json.get("maxQMax"));
        assertEquals(0.747919, json.get("q145"));
        assertEquals(0.747919, json.get("figure5Q145"));
    }

    @Test
    void theQuarterIsATieInThePapersCodingOnly() {
        assertEquals(List.of(105, 145), json.get("figure5Winners"));
        assertEquals(105, json.get("figure5Winner"));
        assertEquals(145, json.get("figure5WinnerBipolar"));
        assertEquals(Map.of("unipolar", 59, "unipolarTied", 58, "bipolar", 37), json.get("smallestSide"));
    }

    @Test
    void aSymbolNeverStoredIsUnknown() {
        Map<?, ?> figure6 = (Map<?, ?>) json.get("figure6");
        assertEquals(false, figure6.get("paperAccepts"));
        assertEquals("UNKNOWN", figure6.get("verdict"));
        assertEquals(583.0 / 841, (double) figure6.get("maxQ"), 1e-6);
    }

    @Test
    void everySquareDownToAFifthOfTheSymbolAndLessIsRecalled() {
        assertEquals(List.of(70, 58, 52, 44, 36), column("occlusion", "side"));
        assertEquals(List.of(0.36415, 0.25, 0.200951, 0.143876, 0.096314), column("occlusion", "visible"));
        assertEquals(List.of(298, 298, 298, 298, 177), column("occlusion", "bipolarAlone"));
        assertEquals(List.of(0, 0, 0, 0, 121), column("occlusion", "bipolarTied"));
        assertEquals(List.of(0, 0, 0, 0, 121), column("occlusion", "bipolarAmbiguous"));
        assertEquals(List.of(298, 298, 298, 298, 227), column("occlusion", "bipolar"));
        assertEquals(List.of(289, 159, 66, 18, 6), column("occlusion", "unipolar"));
        assertEquals(List.of(288, 157, 63, 17, 4), column("occlusion", "unipolarAlone"));
    }

    @Test
    void noiseSparesTheBipolarAnswerAndNotTheUnipolarOne() {
        assertEquals(List.of(0.1, 0.2, 0.3, 0.1, 0.2, 0.3), column("noise", "flipped"));
        assertEquals(List.of(116, 116, 116, 58, 58, 58), column("noise", "side"));
        assertEquals(List.of(298, 298, 298, 298, 298, 298), column("noise", "bipolarNamed"));
        assertEquals(
                List.of(298, 298, 298, 298, 298), column("noise", "bipolar").subList(0, 5));
        assertEquals(List.of(298, 298, 298), column("noise", "unipolarRejected").subList(0, 3));
    }

    @Test
    void contrastTellsStoredSymbolsFromOthersAndTheFixedThresholdDoesNot() {
        assertEquals(1000, json.get("unseen"));
        assertEquals(0, part("unknownAccepted", "contrast", "whole"));
        assertTrue(part("unknownAccepted", "contrast", "quarter") <= 5);
        assertTrue(part("unknownAccepted", "paper", "whole") >= 500);
        assertEquals(1000, part("unknownAccepted", "paper", "quarter"));
        for (String rule : List.of("paper", "contrast")) {
            assertEquals(0, part("knownRejected", rule, "whole"));
            assertEquals(0, part("knownRejected", rule, "quarter"));
        }
    }

    @Test
    void theStoreStaysAndItsSizesAreReported() throws IOException {
        assertEquals(298 * 116 * 116 * 4, json.get("wBytes"));
        assertEquals(Files.size(out.resolve("store").resolve("v.stripes")), ((Number) json.get("vBytes")).longValue());
        assertEquals(PatternStore.kernel(), json.get("kernel"));
        try (PatternStore store = PatternStore.openReadOnly(out.resolve("store"))) {
            assertEquals(298, store.size());
        }
    }

    @Test
    void everyFigureIsAReadablePicture() throws IOException {
        assertEquals(FIGURES.stream().map(name -> out.resolve(name).toString()).toList(), json.get("figures"));
        for (String name : FIGURES) {
            BufferedImage image = ImageIO.read(out.resolve(name).toFile());
            List<Integer> size = name.equals("contact.png")
                    ? List.of(1324, 848)
                    : name.equals("quarter.png") ? List.of(906, 462) : List.of(1000, 500);
            assertEquals(size, List.of(image.getWidth(), image.getHeight()), name);
        }
    }

    @Test
    void everyCurveIsDrawnInItsColour() throws IOException {
        int blue = 0x0072B2;
        int green = 0x009E73;
        int red = 0xD55E00;
        for (String name : List.of("fig3.png", "fig5.png", "fig6.png")) {
            assertTrue(pixels(name, blue) > 2000, name + pixels(name, blue));
            assertTrue(pixels(name, red) > 20, name + pixels(name, red));
        }
        assertTrue(pixels("fig4.png", blue) > 2000);
        assertEquals(0, pixels("fig4.png", red));
        assertTrue(pixels("occlusion.png", blue) > 300);
        assertTrue(pixels("occlusion.png", green) > 300);
        assertTrue(pixels("contrast.png", red) > 300);
        assertTrue(pixels("contrast.png", green) > 300);
        assertTrue(pixels("contact.png", red) > 300);
    }

    @Test
    void aStoreThatIsThereAlreadyIsLeftAlone() throws IOException {
        Path store = directory.resolve("taken").resolve("store");
        Files.createDirectories(store);
        assertEquals(2, run("paper", "--out", store.getParent().toString()));
        assertEquals("", stdout);
        assertEquals(
                "engram: %s is there already: the experiments start from a new store; choose another DIR\n"
                        .formatted(store),
                stderr);
        try (var files = Files.list(store)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefusedWithOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertEquals(2, run("paper", "--out", file.toString()));
        assertEquals(
                "engram: cannot create the directory %s: it is there already; choose another name\n".formatted(file),
                stderr);
    }

    @Test
    void aRunThatFailsTakesItsStoreAway() throws IOException {
        Path results = Files.createDirectories(directory.resolve("failed"));
        Path inTheWay = Files.createDirectory(results.resolve("contrast.png"));
        assertEquals(2, run("paper", "--out", results.toString()));
        assertEquals(
                "engram: cannot write %s: expected the name of a file, found a directory; choose another\n"
                        .formatted(inTheWay),
                stderr);
        assertEquals("", stdout);
        assertFalse(Files.exists(results.resolve("store")));
        assertTrue(Files.exists(inTheWay));
    }

    @Test
    void theHelpNamesEveryField() {
        assertEquals(0, run("paper", "--help"));
        Set<String> words = new HashSet<>(List.of(stdout.split("[^A-Za-z0-9]+", -1)));
        for (String field : json.keySet()) {
            assertTrue(words.contains(field), field);
        }
        assertFalse(stdout.lines().anyMatch(line -> line.length() > 120));
    }

    private static List<Object> column(String array, String field) {
        return ((List<?>) json.get(array))
                .stream().map(entry -> (Object) ((Map<?, ?>) entry).get(field)).toList();
    }

    private static int part(String field, String rule, String part) {
        return (int) ((Map<?, ?>) ((Map<?, ?>) json.get(field)).get(rule)).get(part);
    }

    /** How many pixels of a figure have exactly this colour. */
    private static long pixels(String figure, int rgb) throws IOException {
        BufferedImage image = ImageIO.read(out.resolve(figure).toFile());
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> (pixel & 0xFFFFFF) == rgb)
                .count();
    }

    private static int run(String... args) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        stdout = results.toString(StandardCharsets.UTF_8);
        stderr = errors.toString(StandardCharsets.UTF_8);
        return code;
    }
}
