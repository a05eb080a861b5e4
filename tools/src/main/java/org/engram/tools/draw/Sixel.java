package org.engram.tools.draw;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.engram.tools.image.Pixels;

/** Writes an image in 101 greys as sixels, the graphics of the VT340 that some terminals draw. */
public final class Sixel {

    private static final int BAND = 6;
    private static final int WHITE = 100;
    private static final char NO_PIXEL = '?';
    private static final Pattern RUN = Pattern.compile("(.)\\1{3,}");

    private Sixel() {}

    /** What the terminal must be sent, in ASCII. The image is opaque; its colours become greys. */
    public static String of(BufferedImage image) {
        int[][] greys = greys(image);
        StringBuilder sixels = new StringBuilder("\u001bPq\"1;1;%d;%d".formatted(image.getWidth(), image.getHeight()));
        used(greys).forEach(grey -> sixels.append("#%1$d;2;%1$d;%1$d;%1$d".formatted(grey)));
        for (int top = 0; top < greys.length; top += BAND) {
            int[][] band = Arrays.copyOfRange(greys, top, Math.min(top + BAND, greys.length));
            used(band)
                    .forEach(grey -> sixels.append('#')
                            .append(grey)
                            .append(line(band, grey))
                            .append('$'));
            sixels.append('-');
        }
        return sixels.append("\u001b\\").toString();
    }

    private static int[][] greys(BufferedImage image) {
        int[][] greys = new int[image.getHeight()][image.getWidth()];
        for (int y = 0; y < greys.length; y++) {
            for (int x = 0; x < greys[y].length; x++) {
                greys[y][x] = (int) Math.round(Pixels.luminance(Pixels.rgb(image, x, y)) * WHITE / 255);
            }
        }
        return greys;
    }

    private static IntStream used(int[][] greys) {
        return Arrays.stream(greys).flatMapToInt(Arrays::stream).distinct().sorted();
    }

    /** The pixels of one grey in six rows; the lines of the other greys are drawn over it. */
    private static String line(int[][] band, int grey) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < band[0].length; x++) {
            int bits = 0;
            for (int y = 0; y < band.length; y++) {
                bits |= band[y][x] == grey ? 1 << y : 0;
            }
            line.append((char) (NO_PIXEL + bits));
        }
        return RUN.matcher(line).replaceAll(run -> "!" + run.group().length() + Matcher.quoteReplacement(run.group(1)));
    }
}
