package org.engram.tools.draw;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import org.engram.tools.image.Pixels;

/** Writes an image in greys as sixels, the graphics of the VT340 that some terminals draw. */
public final class Sixel {

    private static final int BAND = 6;
    private static final int GREYS = 101;
    private static final int NO_PIXEL = '?';
    private static final int SHORTEST_RUN = 4;

    private final BufferedImage image;
    private final StringBuilder sixels = new StringBuilder();

    private Sixel(BufferedImage image) {
        this.image = image;
    }

    /**
     * Writes an image.
     *
     * @param image opaque; colours become greys, of which there are 101
     * @return what the terminal must be sent, in ASCII
     */
    public static String of(BufferedImage image) {
        return new Sixel(image).text();
    }

    private String text() {
        sixels.append("\u001bPq\"1;1;%d;%d".formatted(image.getWidth(), image.getHeight()));
        BitSet used = new BitSet(GREYS);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                used.set(grey(x, y));
            }
        }
        used.stream().forEach(grey -> sixels.append("#%d;2;%d;%d;%d".formatted(grey, grey, grey, grey)));
        for (int top = 0; top < image.getHeight(); top += BAND) {
            band(top);
        }
        return sixels.append("\u001b\\").toString();
    }

    /** Six rows: a line for every grey that is in them, one over the other. */
    private void band(int top) {
        int[][] rows = new int[GREYS][];
        for (int y = top; y < Math.min(top + BAND, image.getHeight()); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int grey = grey(x, y);
                if (rows[grey] == null) {
                    rows[grey] = new int[image.getWidth()];
                }
                rows[grey][x] |= 1 << (y - top);
            }
        }
        for (int grey = 0; grey < GREYS; grey++) {
            if (rows[grey] != null) {
                sixels.append('#').append(grey);
                runs(rows[grey]);
                sixels.append('$');
            }
        }
        sixels.append('-');
    }

    private void runs(int[] row) {
        int x = 0;
        while (x < row.length) {
            int end = x + 1;
            while (end < row.length && row[end] == row[x]) {
                end++;
            }
            char sixel = (char) (NO_PIXEL + row[x]);
            if (end - x >= SHORTEST_RUN) {
                sixels.append('!').append(end - x).append(sixel);
            } else {
                sixels.append(String.valueOf(sixel).repeat(end - x));
            }
            x = end;
        }
    }

    /** In hundredths, as the palette of sixels has them. */
    private int grey(int x, int y) {
        return (int) Math.round(Pixels.luminance(Pixels.rgb(image, x, y)) * (GREYS - 1) / 255);
    }
}
