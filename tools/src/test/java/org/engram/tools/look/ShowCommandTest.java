package org.engram.tools.look;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.engram.tools.Main;
import org.engram.tools.console.Terminal;
import org.engram.tools.console.Terminal.Graphics;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStoreOfOne() throws Exception {
        store = directory.resolve("signs");
        Cli.run("create", store, "--size", "4x3").expect(0);
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        int[] rows = {0, 255, 0, 255, 0, 0, 255, 255, 255, 0, 255, 128};
        image.getRaster().setPixels(0, 0, 4, 3, rows);
        Cli.run("memorize", store, Images.write(image, directory.resolve("x.png")), "--grey")
                .expect(0);
    }

    @Test
    void withoutColoursBlackPixelsAreInk() {
        assertEquals("█▄▀ \n ▀  \n", Cli.run("show", store, "x").expect(0).out());
        assertEquals(
                "█▄▀ \n ▀  \n",
                Cli.run("show", store, "--neuron", "0").expect(0).out());
    }

    @Test
    void onATerminalWhiteIsWhiteOnAnyBackground() {
        String upper = "\u001b[38;5;16;48;5;16m▀\u001b[38;5;231;48;5;16m▀\u001b[38;5;16;48;5;231m▀";
        String lower = "\u001b[38;5;231m▀\u001b[38;5;16m▀\u001b[38;5;231m▀\u001b[38;5;244m▀\u001b[0m";
        assertEquals(
                upper + "\u001b[38;5;231;48;5;231m▀\u001b[0m\n" + lower + '\n',
                Cli.runOnTerminal("show", store, "x").expect(0).out());
    }

    @Test
    void aPngHasTheStoresSizeAndTheValues() throws Exception {
        Path png = directory.resolve("shown.png");
        assertEquals(
                "wrote %s, 4 x 3 pixels\n".formatted(png),
                Cli.run("show", store, "x", "--png", png).expect(0).out());
        BufferedImage image = ImageIO.read(png.toFile());
        assertEquals(4, image.getWidth());
        assertEquals(3, image.getHeight());
        assertEquals(8, image.getColorModel().getPixelSize());
        assertEquals(255, image.getRaster().getSample(1, 0, 0));
        assertEquals(0, image.getRaster().getSample(0, 0, 0));
        assertEquals(128, image.getRaster().getSample(3, 2, 0));
    }

    @Test
    void aPngToStandardOutputIsTheSameAsTheFile() throws Exception {
        Path png = directory.resolve("shown.png");
        Cli.run("show", store, "x", "--png", png).expect(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(0, Main.run(new String[] {"show", store.toString(), "x", "--png", "-"}, out, out));
        assertArrayEquals(Files.readAllBytes(png), out.toByteArray());
        assertEquals(
                4, ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth());
        assertEquals(
                "engram: standard output is a terminal, which cannot show a PNG: send it to a file or a pipe\n",
                Cli.runOnTerminal("show", store, "x", "--png", "-").expect(1).err());
    }

    @Test
    void aNarrowTerminalGetsASmallerPictureAndIsToldSo() {
        Cli.Result result = Cli.runOnTerminal(new Terminal(true, 2, Graphics.BLOCKS), "show", store, "x")
                .expect(0);
        assertEquals(1, result.out().lines().count());
        assertEquals(2, result.out().chars().filter(c -> c == '▀').count());
        assertEquals(
                "engram: note: the terminal has 2 columns and the pattern 4: scaled down; --png FILE writes every pixel\n",
                result.err());
        assertEquals(
                "",
                Cli.runOnTerminal(new Terminal(true, 4, Graphics.BLOCKS), "show", store, "x")
                        .err());
    }

    @Test
    void aTerminalThatShowsPicturesGetsOneAndAPipeDoesNot() {
        Terminal kitty = new Terminal(true, 80, Graphics.KITTY);
        Terminal sixel = new Terminal(true, 80, Graphics.SIXEL);
        assertTrue(Cli.runOnTerminal(kitty, "show", store, "x").out().startsWith("\u001b_Ga=T,f=100,q=2,m="));
        assertTrue(Cli.runOnTerminal(sixel, "show", store, "x").out().startsWith("\u001bPq\"1;1;480;360#0;2;0;0;0"));
        assertTrue(Cli.runOnTerminal(kitty, "show", store, "x", "--format", "blocks")
                .out()
                .contains("▀"));
        assertTrue(Cli.runOnTerminal(new Terminal(false, 80, Graphics.KITTY), "show", store, "x")
                .out()
                .contains("▀"));
        assertTrue(Cli.run("show", store, "x", "--format", "sixel").out().startsWith("\u001bPq"));
        assertEquals(
                "engram: --format is unknown: expected auto, blocks, sixel or kitty, found gif\n",
                Cli.run("show", store, "x", "--format", "gif").expect(1).err());
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertEquals(
                "engram: key is unknown: %s: expected a key of the store, found \"y\"; engram ls shows the keys\n"
                        .formatted(store),
                Cli.run("show", store, "y").expect(1).err());
        assertEquals(
                "engram: neuron is unknown: %s: expected 0 to 0, found 7\n".formatted(store),
                Cli.run("show", store, "--neuron", "7").expect(1).err());
        assertEquals(
                "engram: expected either a key or --neuron N to show, found none\n",
                Cli.run("show", store).expect(1).err());
        assertEquals(
                "engram: expected either a key or --neuron N to show, found both\n",
                Cli.run("show", store, "x", "--neuron", "0").expect(1).err());
        assertEquals(
                "engram: cannot write %s: expected the name of a file, found a directory; choose another\n"
                        .formatted(directory),
                Cli.run("show", store, "x", "--png", directory).expect(2).err());
    }
}
