package org.engram.tools.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Mask;
import org.engram.store.PatternStore;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotCommandTest {

    private static final int ORANGE = 0xD55E00;

    @TempDir
    private Path directory;

    private Path store;
    private Path images;

    @BeforeEach
    void createAStoreOfTwelve() throws Exception {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "20x20").expect(0);
        images = Images.directory(directory.resolve("images"), 12, 20);
        Cli.run("memorize", store, images).expect(0);
        Cli.run("forget", store, "n003").expect(0);
    }

    @Test
    void theSvgHasAPointForEveryLiveNeuronAndMarksTheWinner() throws Exception {
        Path svg = directory.resolve("plot.svg");
        assertEquals(
                "wrote %s, 11 neurons\n".formatted(svg),
                Cli.run("plot", store, images.resolve("n004.png"), "-o", svg)
                        .expect(0)
                        .out());
        Document document = parsed(svg);
        assertEquals(11 + 1, elements(document, "circle").size(), "with that of the legend");
        assertEquals(List.of("1000", "500"), List.of(attribute(document, "width"), attribute(document, "height")));
        assertEquals("n004.png: RECOGNISED n004 (neuron 4)", text(document, "title"));
        assertTrue(texts(document).contains("all neurons"));
        assertTrue(
                texts(document).stream().anyMatch(text -> text.matches("largest: neuron 4, 0\\.\\d{6}")),
                texts(document).toString());
        assertTrue(texts(document).stream().noneMatch(text -> text.startsWith("threshold")));
        assertPointsAreTheResponses(document);
    }

    private void assertPointsAreTheResponses(Document document) {
        List<Element> circles = elements(document, "circle");
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            float[] q = open.network().responses(Cue.bipolar(open.pattern("n004")));
            int[] live = {0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11};
            double perNeuron = (x(circles.get(10)) - x(circles.get(0))) / 11;
            double perQ = (y(circles.get(3)) - y(circles.get(0))) / (q[4] - q[0]);
            for (int i = 0; i < live.length; i++) {
                assertEquals(x(circles.get(0)) + live[i] * perNeuron, x(circles.get(i)), 0.11);
                assertEquals(y(circles.get(0)) + (q[live[i]] - q[0]) * perQ, y(circles.get(i)), 0.3);
            }
            assertTrue(perQ < 0, "a larger response stands higher");
        }
        String winner = elements(document, "path").get(0).getAttribute("d");
        assertTrue(winner.startsWith("M%.1f %.1fl".formatted(x(circles.get(3)), y(circles.get(3)) - 5)), winner);
    }

    @Test
    void aUnipolarCueShowsTheThresholdAndItsTies() throws Exception {
        Cli.run("memorize", store, images.resolve("n004.png"), "--key", "<twin> & \u0001")
                .expect(0);
        Path svg = directory.resolve("plot.svg");
        Cli.run("plot", store, images.resolve("n004.png"), "--coding", "unipolar", "--visible", "0,0,20,10", "-o", svg)
                .expect(0);
        Document document = parsed(svg);
        assertTrue(texts(document).contains("threshold 0.70"));
        assertTrue(
                texts(document).stream()
                        .anyMatch(text -> text.matches("largest: 2 neurons, the first is 4, 0\\.\\d{6}")),
                texts(document).toString());
        assertEquals(2 + 1, elements(document, "path").size());
    }

    @Test
    void whatAKeyHoldsIsSafeInXml() throws Exception {
        Path image = Images.write(Images.noise(20, 20, 77), directory.resolve("<a> & b.png"));
        Cli.run("memorize", store, image, "--key", "<k> & \u0001").expect(0);
        Path svg = directory.resolve("plot.svg");
        Cli.run("plot", store, image, "-o", svg).expect(0);
        assertEquals("<a> & b.png: RECOGNISED <k> & \\u0001 (neuron 12)", text(parsed(svg), "title"));
    }

    @Test
    void thePngMarksTheWinnerInOrange() throws Exception {
        Path png = directory.resolve("plot.PNG");
        Map<String, Object> json =
                JSON.std.mapFrom(Cli.run("plot", store, images.resolve("n004.png"), "-o", png, "--json")
                        .expect(0)
                        .out());
        assertEquals(List.of("file", "neurons", "drawn", "note"), List.copyOf(json.keySet()));
        assertEquals(png.toString(), json.get("file"));
        assertEquals(11, json.get("neurons"));
        assertEquals(11, json.get("drawn"));
        assertTrue(json.containsKey("note") && json.get("note") == null);
        BufferedImage image = ImageIO.read(png.toFile());
        assertEquals(List.of(1000, 500), List.of(image.getWidth(), image.getHeight()));
        int orange = 0;
        for (int i = 0; i < 500_000; i++) {
            orange += (image.getRGB(i % 1000, i / 1000) & 0xffffff) == ORANGE ? 1 : 0;
        }
        assertTrue(orange > 20, "orange pixels: " + orange);
    }

    @Test
    void aPlotToStandardOutputIsTheSameSvgAsTheFileAndNothingElse() throws Exception {
        Path svg = directory.resolve("plot.svg");
        Path image = images.resolve("n004.png");
        Cli.run("plot", store, image, "-o", svg).expect(0);
        Cli.Result piped = Cli.run("plot", store, image, "-o", "-").expect(0);
        assertEquals(Files.readString(svg), piped.out());
        assertEquals("", piped.err());
        Path read = Files.writeString(directory.resolve("read.svg"), piped.out());
        assertEquals("n004.png: RECOGNISED n004 (neuron 4)", text(parsed(read), "title"));
        assertEquals(
                "engram: -o and --json would both go to standard output: expected a file, found -; name a file\n",
                Cli.run("plot", store, image, "-o", "-", "--json").expect(1).err());
    }

    @Test
    void withoutACueEveryStoredPatternIsShownAndThoseAnsweredByAnotherAreMarked() throws Exception {
        Cli.run("memorize", store, images.resolve("n004.png"), "--key", "twin").expect(0);
        Path svg = directory.resolve("all.svg");
        Cli.run("plot", store, "-o", svg, "--visible", "0,0,20,19").expect(0);
        Document document = parsed(svg);
        assertEquals(
                "Largest response to each stored pattern, 380 of 400 pixels visible, bipolar", text(document, "title"));
        assertTrue(texts(document).contains("answered by another: 1"));
        assertEquals(12 + 1, elements(document, "circle").size());
    }

    @Test
    void aLargeStoreIsThinnedOutAndKeepsTheExtremes() {
        Thinning thin = new Thinning(10, 1000);
        for (int i = 0; i < 1000; i++) {
            thin.add(i, i == 537 ? 9 : i == 230 ? -9 : Math.sin(i));
        }
        assertEquals(20, thin.x().size());
        assertEquals(9.0, thin.y().get(thin.x().indexOf(537.0)));
        assertEquals(-9.0, thin.y().get(thin.x().indexOf(230.0)));
        assertEquals(thin.x().stream().sorted().toList(), thin.x());
        assertEquals("of every 100 neurons the largest and the least", thin.note("neurons"));
        assertEquals(List.of(1000, 999), List.of(thin.seen(), thin.highest()));
        Thinning all = new Thinning(10, 10);
        for (int i = 0; i < 10; i += 3) {
            all.add(i, 1);
        }
        assertEquals(List.of(0.0, 3.0, 6.0, 9.0), all.x());
        assertEquals("", all.note("neurons"));
    }

    @Test
    void aThinnedPlotSaysSoAndKeepsTheWinner() {
        try (PatternStore open = PatternStore.openReadOnly(store)) {
            ResponsePlot plot = ResponsePlot.ofCue(open, Cue.bipolar(open.pattern("n007")), "it", 3);
            assertEquals("of every 4 neurons the largest and the least", plot.note());
            assertEquals(List.of(11, 6), List.of(plot.neurons(), plot.drawn()));
            assertEquals(List.of(7.0), plot.plot().marked().x());
            assertTrue(plot.plot().points().x().contains(7.0));
            ResponsePlot stored =
                    ResponsePlot.ofStored(open, Mask.all(open.geometry()), Coding.BIPOLAR, 5, ProgressLine.silent());
            assertEquals("every 3. of 11 patterns is shown", stored.note());
            assertEquals(4, stored.drawn());
        }
    }

    @Test
    void whatCannotBePlottedIsRefused() throws Exception {
        Path image = images.resolve("n004.png");
        assertEquals(
                "engram: cannot tell the format of plot.pdf: expected a name that ends in .svg or .png\n",
                Cli.run("plot", store, image, "-o", "plot.pdf").expect(1).err());
        assertEquals(
                "engram: expected either an image or --qr TEXT to recall from, found both\n",
                Cli.run("plot", store, image, "--qr", "A", "-o", "plot.svg")
                        .expect(1)
                        .err());
        Path inside = store.resolve("plot.svg");
        assertEquals(
                "engram: %s is inside the store %s: only the store writes there; choose another place for the file\n"
                        .formatted(inside, store),
                Cli.run("plot", store, image, "-o", inside).expect(1).err());
        Path empty = directory.resolve("empty");
        Cli.run("create", empty, "--size", "20x20").expect(0);
        Path svg = directory.resolve("plot.svg");
        assertEquals(
                "engram: nothing to plot: %s: expected stored patterns, found none; engram memorize stores some\n"
                        .formatted(empty),
                Cli.run("plot", empty, image, "-o", svg).expect(1).err());
        assertTrue(Files.notExists(svg));
    }

    private static Document parsed(Path svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> texts(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static String text(Document document, String name) {
        return elements(document, name).get(0).getTextContent();
    }

    private static String attribute(Document document, String name) {
        return document.getDocumentElement().getAttribute(name);
    }

    private static double x(Element circle) {
        return Double.parseDouble(circle.getAttribute("cx"));
    }

    private static double y(Element circle) {
        return Double.parseDouble(circle.getAttribute("cy"));
    }
}
