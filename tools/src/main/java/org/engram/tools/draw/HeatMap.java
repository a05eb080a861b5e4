package org.engram.tools.draw;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.image.Shown;

/**
 * A cue beside what was recalled from it, pixel by pixel: blue where they agree, orange where they differ, grey where
 * the cue was hidden. Blue and orange differ in brightness too, so that the colour-blind can tell them apart.
 */
public record HeatMap(Shown shown, Pattern recalled) {

    /** A pixel that the cue hides. */
    public static final Color HIDDEN = new Color(0x9E9E9E);

    /** A pixel that is black in both. */
    public static final Color AGREES = Palette.PAPER;

    /** A pixel that is white in both. */
    public static final Color AGREES_WHITE = new Color(0xCFE3F2);

    /** A pixel that is black in one and white in the other. */
    public static final Color DIFFERS = new Color(0xF07A13);

    /** The cue, one pixel a value, grey where it is hidden. */
    public BufferedImage cue() {
        return paint((x, y) -> isVisible(x, y) ? grey(shown.picture().value(x, y)) : HIDDEN);
    }

    /** The recalled pattern, one pixel a value. */
    public BufferedImage answer() {
        return paint((x, y) -> grey(recalled.value(x, y)));
    }

    /** The picture that shows where the two agree, one pixel a value. */
    public BufferedImage agreement() {
        return paint((x, y) -> isVisible(x, y)
                ? mixed(mixed(AGREES, AGREES_WHITE, recalled.value(x, y)), DIFFERS, difference(x, y))
                : HIDDEN);
    }

    /**
     * The agreement without colours. Each character stands for a rectangle of pixels, one across and two down, as
     * {@link HalfBlocks} would draw it. It is a dot if all are hidden, a space if all agree, and otherwise the darker
     * the more differ.
     */
    public List<String> shades(int width) {
        Geometry geometry = recalled.geometry();
        int height = Math.max(1, Math.round((float) geometry.height() * width / geometry.width()));
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < (height + 1) / 2; row++) {
            int top = (int) (2L * row * geometry.height() / height);
            int bottom = Math.min(geometry.height(), (int) ((2L * row + 2) * geometry.height() / height));
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < width; column++) {
                int left = (int) ((long) column * geometry.width() / width);
                int right = (int) ((column + 1L) * geometry.width() / width);
                line.append(shade(left, Math.max(left + 1, right), top, Math.max(top + 1, bottom)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private char shade(int left, int right, int top, int bottom) {
        double differing = 0;
        int visible = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (isVisible(x, y)) {
                    visible++;
                    differing += difference(x, y);
                }
            }
        }
        if (visible == 0) {
            return '·';
        }
        return differing == 0 ? ' ' : "░▒▓█".charAt(Math.min(3, (int) (4 * differing / visible)));
    }

    /** How many visible pixels differ by half of the way from black to white, or more. */
    public int differing() {
        int differing = 0;
        for (int y = 0; y < recalled.geometry().height(); y++) {
            for (int x = 0; x < recalled.geometry().width(); x++) {
                differing += isVisible(x, y) && difference(x, y) >= 0.5 ? 1 : 0;
            }
        }
        return differing;
    }

    private boolean isVisible(int x, int y) {
        return shown.visible().isVisible(x, y);
    }

    private float difference(int x, int y) {
        return Math.min(1, Math.abs(shown.picture().value(x, y) - recalled.value(x, y)));
    }

    private BufferedImage paint(Sketchpad.Paint paint) {
        Geometry geometry = recalled.geometry();
        BufferedImage image = new BufferedImage(geometry.width(), geometry.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                image.setRGB(x, y, paint.at(x, y).getRGB());
            }
        }
        return image;
    }

    private static Color grey(float value) {
        return mixed(Color.BLACK, Color.WHITE, value);
    }

    private static Color mixed(Color none, Color all, float share) {
        float part = Math.clamp(share, 0f, 1f);
        return new Color(
                Math.round(none.getRed() + part * (all.getRed() - none.getRed())),
                Math.round(none.getGreen() + part * (all.getGreen() - none.getGreen())),
                Math.round(none.getBlue() + part * (all.getBlue() - none.getBlue())));
    }
}
