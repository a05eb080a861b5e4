package org.engram.tools.look;

import java.awt.image.BufferedImage;
import org.engram.store.Pattern;
import org.engram.tools.console.Console;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HalfBlocks;
import org.engram.tools.draw.KittyGraphics;
import org.engram.tools.draw.Sixel;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Pixels;
import org.engram.tools.image.Png;
import org.engram.tools.options.Choice;

/** Draws a pattern on standard output, as well as what it is can show. */
final class PatternView {

    /** How to draw. */
    enum Format {
        AUTO,
        BLOCKS,
        SIXEL,
        KITTY
    }

    @SuppressWarnings("serial")
    static final class Formats extends Choice.Words {
        Formats() {
            super(Format.class);
        }
    }

    /** Pixels across, about, of a picture on a screen. */
    private static final int ON_SCREEN = 480;

    private static final int MOST_ON_SCREEN = 960;

    private final Console console;

    PatternView(Console console) {
        this.console = console;
    }

    void draw(Pattern pattern, Format format) {
        BufferedImage image = PatternImage.of(pattern);
        switch (format == Format.AUTO ? best() : format) {
            case SIXEL -> console.line(Sixel.of(onScreen(image)));
            case KITTY -> console.line(KittyGraphics.of(Png.bytes(onScreen(image))));
            default -> blocks(image);
        }
    }

    private Format best() {
        if (!console.terminal().isTerminal()) {
            return Format.BLOCKS;
        }
        return switch (console.terminal().graphics()) {
            case BLOCKS -> Format.BLOCKS;
            case SIXEL -> Format.SIXEL;
            case KITTY -> Format.KITTY;
        };
    }

    private static BufferedImage onScreen(BufferedImage image) {
        return image.getWidth() > MOST_ON_SCREEN
                ? Pixels.scaled(image, MOST_ON_SCREEN)
                : Pixels.enlarged(image, ON_SCREEN);
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
