package org.engram.tools.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.engram.tools.image.Pixels;

/**
 * Draws an image with two pixels in each character cell, which makes them about square. With colours, white is white
 * and black is black on any terminal; without, dark pixels are ink: blocks, as on paper.
 */
public final class HalfBlocks {

    private static final int BLACK = 16;
    private static final int WHITE = 231;
    private static final int DARKEST_GREY = 232;
    private static final int GREYS = 24;
    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

    private final BufferedImage image;
    private final boolean colour;

    /** Prepares to draw an opaque image, with or without the 256 colours of terminals. */
    public HalfBlocks(BufferedImage image, boolean colour) {
        this.image = image;
        this.colour = colour;
    }

    /** Half as many lines as the image has, rounded up, of a cell for each column. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            lines.add(colour ? colouredLine(y) : plainLine(y));
        }
        return lines;
    }

    private String plainLine(int y) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < image.getWidth(); x++) {
            boolean upper = isInk(x, y);
            boolean lower = isInk(x, y + 1);
            line.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
        }
        return line.toString();
    }

    private String colouredLine(int y) {
        StringBuilder line = new StringBuilder();
        int lastUpper = -1;
        int lastLower = -1;
        for (int x = 0; x < image.getWidth(); x++) {
            int upper = shade(x, y);
            boolean hasLower = y + 1 < image.getHeight();
            int lower = hasLower ? shade(x, y + 1) : 0;
            if (upper != lastUpper || lower != lastLower) {
                line.append("\u001b[38;5;").append(upper);
                line.append(hasLower ? ";48;5;" + lower + "m" : "m");
                lastUpper = upper;
                lastLower = lower;
            }
            line.append('▀');
        }
        return line.append("\u001b[0m").toString();
    }

    private boolean isInk(int x, int y) {
        return y < image.getHeight() && Pixels.luminance(Pixels.rgb(image, x, y)) < 127.5;
    }

    /** The nearest of the 256 colours that no colour scheme of a terminal changes: 26 greys, or a cube of 216. */
    private int shade(int x, int y) {
        int rgb = Pixels.rgb(image, x, y);
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        if (red == green && green == blue) {
            int step = Math.round(red * (GREYS + 1) / 255f);
            return step == 0 ? BLACK : step == GREYS + 1 ? WHITE : DARKEST_GREY + step - 1;
        }
        return BLACK + 36 * nearest(red) + 6 * nearest(green) + nearest(blue);
    }

    private static int nearest(int value) {
        int best = 0;
        for (int i = 1; i < CUBE.length; i++) {
            best = Math.abs(CUBE[i] - value) < Math.abs(CUBE[best] - value) ? i : best;
        }
        return best;
    }
}
