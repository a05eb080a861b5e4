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
import javax.imageio.ImageIO;
import org.engram.tools.draw.HeatMap;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

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
    void aRecognisedCueMeetsEveryCriterion() {
        List<String> lines = explain(0, images.resolve("n004.png"));
        assertEquals("RECOGNISED n004 (neuron 4)", lines.get(0));
        assertEquals(
                List.of(
                        "",
                        "yes:   contrast 1.0000 reaches 0.65: no other pattern fits nearly as well",
                        "yes:   disagreement 0.0000 is within 0.35: the visible pixels look enough like",
                        "       the winner's",
                        "",
                        "  neuron        q/R     margin  agreement  contrast  q          key"),
                lines.subList(2, 8));
        assertTrue(lines.get(8).matches(" {7}4 {3}0\\.\\d{6} {16}1\\.0000 {12}█{9}  n004"), lines.get(8));
        assertTrue(
                lines.get(9).matches(" {7}\\d {3}0\\.\\d{6} {3}0\\.\\d{6} {5}0\\.\\d{4} {7}far  █*[▏▎▍▌▋▊▉]? +n00\\d"),
                lines.get(9));
        assertTrue(lines.contains("cue                   recalled              agreement"), lines.toString());
    }

    @Test
    void aStrangerIsToldWhichCriterionItMissedAndWhatToDo() throws Exception {
        Path stranger = Images.write(Images.noise(20, 20, 999), directory.resolve("stranger.png"));
        List<String> lines = explain(4, stranger);
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.matches(
                                        "no: {4}contrast 0\\.\\d{4} is below 0\\.65: n00\\d \\(neuron \\d\\) fits nearly as well")),
                lines.toString());
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.matches(
                                        "no: {4}disagreement 0\\.\\d{4} is above 0\\.35: even the nearest pattern does not look")),
                lines.toString());
        assertTrue(
                lines.contains("to do: it was never stored, or is too damaged: hide what is damaged (transparent"),
                lines.toString());
    }

    @Test
    void aMissedContrastAloneAsksForMoreOfThePicture() throws Exception {
        BufferedImage between = ImageIO.read(images.resolve("n004.png").toFile());
        BufferedImage other = ImageIO.read(images.resolve("n005.png").toFile());
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 20; x++) {
                between.getRaster().setSample(x, y, 0, other.getRaster().getSample(x, y, 0));
            }
        }
        Map<String, Object> json = json(4, Images.write(between, directory.resolve("between.png")));
        assertEquals("UNKNOWN", json.get("verdict"));
        Map<?, ?> explanation = (Map<?, ?>) json.get("explanation");
        Map<?, ?> contrast = (Map<?, ?>) ((List<?>) explanation.get("criteria")).get(0);
        Map<?, ?> disagreement = (Map<?, ?>) ((List<?>) explanation.get("criteria")).get(1);
        assertEquals("contrast", contrast.get("criterion"));
        assertEquals(json.get("contrast"), contrast.get("value"));
        assertEquals(0.65, contrast.get("bar"));
        assertEquals(false, contrast.get("met"));
        assertEquals("disagreement", disagreement.get("criterion"));
        assertEquals(0.35, disagreement.get("bar"));
        assertEquals(true, disagreement.get("met"));
        assertEquals(
                "it was never stored, or too little of it can be seen: show more of it, store it with engram memorize, or accept"
                        + " less with --contrast, at the risk of a wrong answer",
                explanation.get("advice"));
        Map<?, ?> nearest = (Map<?, ?>) ((List<?>) explanation.get("rivals")).get(0);
        assertEquals(5, nearest.get("neuron"));
        assertEquals((Double) json.get("contrast"), (Double) nearest.get("contrast"), 1e-12);
        assertEquals(nearest.get("margin"), explanation.get("margin"));
        assertEquals(400, explanation.get("visible"));
        assertEquals(
                Math.round(400 * (1 - (Double) json.get("agreement"))),
                ((Integer) explanation.get("differing")).longValue());
        assertEquals(
                List.of("criteria", "margin", "rivals", "twins", "visible", "differing", "advice"),
                List.copyOf(explanation.keySet()));
    }

    @Test
    void twinsAreNamedAndSaidToBeTheSameOrToDifferWhereNothingIsSeen() throws Exception {
        BufferedImage twin = ImageIO.read(images.resolve("n004.png").toFile());
        twin.getRaster().setSample(3, 2, 0, 255 - twin.getRaster().getSample(3, 2, 0));
        twin.getRaster().setSample(5, 8, 0, 255 - twin.getRaster().getSample(5, 8, 0));
        Path image = Images.write(twin, directory.resolve("twin.png"));
        Cli.run("memorize", store, image).expect(0);
        Map<?, ?> explanation =
                (Map<?, ?>) json(4, image, "--visible", "0,10,20,10").get("explanation");
        assertEquals(List.of("n004", "twin"), explanation.get("twins"));
        assertEquals(
                "n004 and twin differ only in what is hidden, within 3,2,3,7 (x,y,width,height): show some of that",
                explanation.get("advice"));
        List<String> lines = explain(4, image, "--visible", "0,10,20,10");
        assertTrue(lines.contains("twins: n004 and twin fit equally"), lines.toString());
        assertTrue(
                lines.contains("yes:   contrast 1.0000 reaches 0.73 to all patterns that differ; to one that is"),
                lines.toString());
        Cli.run("memorize", store, image, "--key", "copy").expect(0);
        assertEquals(
                "the patterns are the same in every pixel: all of these keys are right; engram forget removes those that are"
                        + " not wanted",
                ((Map<?, ?>) json(4, image).get("explanation")).get("advice"));
    }

    @Test
    void thePapersCodingIsJudgedByItsThresholdAndASmallStoreByAgreement() throws Exception {
        Path image = images.resolve("n004.png");
        assertTrue(explain(4, image, "--coding", "unipolar").stream()
                .anyMatch(line -> line.matches("no: {4}q/R 0\\.\\d{4} is below the threshold 0\\.7")));
        assertTrue(explain(0, image, "--coding", "unipolar", "--threshold", "0.3").stream()
                .anyMatch(line -> line.matches("yes: {3}q/R 0\\.\\d{4} reaches the threshold 0\\.3")));
        Path small = directory.resolve("small");
        Cli.run("create", small, "--size", "20x20").expect(0);
        Cli.run("memorize", small, image).expect(0);
        Map<?, ?> explanation = (Map<?, ?>) JSON.std
                .mapFrom(Cli.run("recall", small, image, "--explain", "--json")
                        .expect(0)
                        .out())
                .get("explanation");
        assertEquals(
                "agreement 1.0000 reaches 0.95, which alone decides in a store of fewer than 8 patterns",
                ((Map<?, ?>) ((List<?>) explanation.get("criteria")).get(0)).get("sentence"));
        assertTrue(explanation.containsKey("advice") && explanation.get("advice") == null);
        assertTrue(explanation.containsKey("margin") && explanation.get("margin") == null);
    }

    @Test
    void whatIsNoQuestionHasNoAnswerButAdvice() throws Exception {
        Path empty = directory.resolve("empty");
        Cli.run("create", empty, "--size", "20x20").expect(0);
        Path png = directory.resolve("why.png");
        Cli.Result result = Cli.run("recall", empty, images.resolve("n004.png"), "--explain", "--explain-png", png)
                .expect(4);
        assertEquals("UNKNOWN: nothing is stored\nto do: store patterns with engram memorize\n", result.out());
        assertEquals("engram: note: there is nothing to draw, so %s was not written\n".formatted(png), result.err());
        assertFalse(Files.exists(png));
        Path nothing =
                Images.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB), directory.resolve("nothing.png"));
        assertTrue(
                Cli.run("recall", store, nothing, "--explain")
                        .expect(4)
                        .out()
                        .startsWith(
                                "UNKNOWN: no pixel of the cue is visible\nto do: show some of the picture: the opaque pixels within"));
    }

    @Test
    void theHeatMapTellsWhatAgreesDiffersAndIsHidden() throws Exception {
        BufferedImage cue = ImageIO.read(images.resolve("n004.png").toFile());
        cue.getRaster().setSample(19, 19, 0, 255 - cue.getRaster().getSample(19, 19, 0));
        Path image = Images.write(cue, directory.resolve("cue.png"));
        Path png = directory.resolve("why.png");
        List<String> lines = explain(0, image, "--visible", "10,0,10,20", "--explain-png", png);
        int first = lines.indexOf("cue                   recalled              agreement") + 1;
        for (int row = 0; row < 10; row++) {
            String agreement = lines.get(first + row).substring(44);
            assertEquals("·".repeat(10) + " ".repeat(9) + (row == 9 ? "▓" : " "), agreement);
        }
        BufferedImage picture = ImageIO.read(png.toFile());
        int left = 28;
        int step = 340 + 28;
        assertEquals(HeatMap.HIDDEN.getRGB(), picture.getRGB(left + 2, 66 + 2));
        assertEquals(HeatMap.HIDDEN.getRGB(), picture.getRGB(left + 2 * step + 2, 66 + 2));
        assertEquals(HeatMap.DIFFERS.getRGB(), picture.getRGB(left + 2 * step + 338, 66 + 338));
        int agrees = cue.getRaster().getSample(15, 3, 0) == 0 ? HeatMap.AGREES.getRGB() : HeatMap.AGREES_WHITE.getRGB();
        assertEquals(agrees, picture.getRGB(left + 2 * step + 15 * 17 + 8, 66 + 3 * 17 + 8));
        String onTerminal =
                Cli.runOnTerminal("recall", store, image, "--explain").expect(0).out();
        assertTrue(onTerminal.contains("▀\u001b[0m agrees  "), onTerminal);
        assertFalse(onTerminal.contains("░"), onTerminal);
    }

    @Test
    void withoutTheOptionNothingIsExplained() throws Exception {
        Path image = images.resolve("n004.png");
        Path png = directory.resolve("why.png");
        assertEquals(
                Cli.run("recall", store, image, "--json").expect(0).out(),
                Cli.run("recall", store, image, "--json", "--explain-png", png)
                        .expect(0)
                        .out());
        assertTrue(Files.exists(png));
        Path inside = store.resolve("why.png");
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(inside, store),
                Cli.run("recall", store, image, "--explain-png", inside)
                        .expect(1)
                        .err());
    }

    private List<String> explain(int code, Object... arguments) {
        return run(code, "--explain", arguments).lines().toList();
    }

    private Map<String, Object> json(int code, Object... arguments) throws Exception {
        return JSON.std.mapFrom(run(code, "--json", arguments));
    }

    private String run(int code, String option, Object... arguments) {
        Object[] all = new Object[arguments.length + 4];
        all[0] = "recall";
        all[1] = store;
        all[2] = "--explain";
        all[3] = option.equals("--explain") ? "-k5" : option;
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Cli.run(all).expect(code).out();
    }
}
