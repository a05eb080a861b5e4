package org.engram.tools.look;

import java.awt.image.BufferedImage;
import org.engram.tools.console.Console;
import org.engram.tools.console.Terminal;
import org.engram.tools.console.Terminal.Graphics;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HalfBlocks;
import org.engram.tools.draw.KittyGraphics;
import org.engram.tools.draw.Sixel;
import org.engram.tools.image.Pixels;
import org.engram.tools.image.Png;

/** Draws a pattern on standard output. */
record PatternView(Console console) {

    /** The longer side of a picture on a screen has about this many pixels, and at most {@link #MOST}. */
    private static final int USUAL = 480;

    private static final int MOST = 960;

    void draw(BufferedImage image, Graphics wanted) {
        Terminal terminal = console.terminal();
        Graphics best = terminal.isTerminal() ? terminal.graphics() : Graphics.BLOCKS;
        switch (wanted == Graphics.AUTO ? best : wanted) {
            case SIXEL -> console.line(Sixel.of(Pixels.onScreen(image, USUAL, MOST)));
            case KITTY -> console.line(KittyGraphics.of(Png.bytes(Pixels.onScreen(image, USUAL, MOST))));
            default -> blocks(image);
        }
    }

    private void blocks(BufferedImage image) {
        int columns = console.terminal().columns();
        boolean isTooWide = console.terminal().isTerminal() && columns < image.getWidth();
        BufferedImage fitting = isTooWide ? Pixels.scaled(image, columns) : image;
        new HalfBlocks(fitting, console.colour()).lines().forEach(console::line);
        if (isTooWide) {
            console.note("the terminal has %s and the pattern %s: scaled down; --png FILE writes every pixel"
                    .formatted(Text.count(columns, "column"), Text.count(image.getWidth())));
        }
    }
}
