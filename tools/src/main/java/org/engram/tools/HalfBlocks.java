package org.engram.tools;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/**
 * Draws a pattern with two pixels in each character cell, which makes them about square. With colours, white is white
 * and black is black on any terminal; without, black pixels are ink: blocks, as on paper.
 */
final class HalfBlocks {

    private static final int BLACK = 16;
    private static final int WHITE = 231;
    private static final int DARKEST_GREY = 232;
    private static final int GREYS = 24;

    private final Pattern pattern;
    private final boolean colour;

    HalfBlocks(Pattern pattern, boolean colour) {
        this.pattern = pattern;
        this.colour = colour;
    }

    List<String> lines() {
        Geometry geometry = pattern.geometry();
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < geometry.height(); y += 2) {
            lines.add(colour ? colouredLine(y) : plainLine(y));
        }
        return lines;
    }

    private String plainLine(int y) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < pattern.geometry().width(); x++) {
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
        for (int x = 0; x < pattern.geometry().width(); x++) {
            int upper = shade(x, y);
            boolean hasLower = y + 1 < pattern.geometry().height();
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
        return y < pattern.geometry().height() && pattern.value(x, y) < 0.5f;
    }

    /** The nearest of the 26 greys among the 256 colours, which no colour scheme of a terminal changes. */
    private int shade(int x, int y) {
        int step = Math.round(Math.clamp(pattern.value(x, y), 0f, 1f) * (GREYS + 1));
        return step == 0 ? BLACK : step == GREYS + 1 ? WHITE : DARKEST_GREY + step - 1;
    }
}
