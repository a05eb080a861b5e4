package org.engram.tools.draw;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.Verdict;
import org.engram.tools.image.Shown;

/** A white picture to draw cues, patterns and words on. Places and sizes are in its own pixels. */
public final class Sketchpad implements AutoCloseable {

    private static final int HATCH_STEP = 8;

    private final BufferedImage image;
    private final Graphics2D graphics;

    /** Begins a picture. */
    public Sketchpad(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    /** What was drawn. */
    public BufferedImage image() {
        return image;
    }

    /** The colour of one pixel. */
    interface Paint {
        Color at(int x, int y);
    }

    /** Draws a cue with hidden pixels hatched. Each pixel of the cue is {@code scale} pixels across. */
    public void cue(Shown shown, int left, int top, int scale) {
        paint(shown.picture().geometry(), left, top, scale, (x, y) -> {
            if (shown.visible().isVisible(x, y)) {
                return shown.picture().value(x, y) == 1 ? Color.WHITE : Color.BLACK;
            }
            return (x * scale + y * scale) % (HATCH_STEP * scale) < scale ? Palette.HATCH : Palette.HIDDEN;
        });
    }

    /** Draws a pattern in black and white. Each of its pixels is {@code scale} pixels across. */
    public void pattern(Pattern pattern, int left, int top, int scale) {
        paint(pattern.geometry(), left, top, scale, (x, y) -> pattern.value(x, y) > 0.5 ? Color.WHITE : Color.BLACK);
    }

    /** Draws where a cue and a pattern differ, and what the pattern adds where the cue was hidden. */
    public void difference(Shown shown, Pattern pattern, int left, int top, int scale) {
        paint(pattern.geometry(), left, top, scale, (x, y) -> {
            boolean white = pattern.value(x, y) > 0.5;
            if (!shown.visible().isVisible(x, y)) {
                return white ? Palette.HIDDEN : Palette.REMEMBERED;
            }
            if (white != (shown.picture().value(x, y) > 0.5)) {
                return Palette.ALARM;
            }
            return white ? Color.WHITE : Palette.SAME_BLACK;
        });
    }

    /** Draws an image in a frame. */
    public void framed(BufferedImage drawn, int left, int top) {
        graphics.drawImage(drawn, left, top, null);
        frame(left, top, drawn.getWidth(), drawn.getHeight());
    }

    /** Fills a rectangle. */
    public void box(Color colour, int left, int top, int width, int height) {
        graphics.setColor(colour);
        graphics.fillRect(left, top, width, height);
    }

    /** Writes a line of text. */
    public void text(String text, Font font, Color colour, int left, int baseline) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, left, baseline);
    }

    /** Writes a line of text around a place. */
    public void centred(String text, Font font, Color colour, int middle, int baseline) {
        int width = graphics.getFontMetrics(font).stringWidth(text);
        text(text, font, colour, middle - width / 2, baseline);
    }

    /** Draws an arrow to the right. */
    public void arrow(int left, int right, int middle, Color colour) {
        int head = 18;
        graphics.setColor(colour);
        graphics.fillRect(left, middle - 4, right - left - head, 8);
        graphics.fillPolygon(
                new int[] {right - head - 6, right, right - head - 6},
                new int[] {middle - head, middle, middle + head},
                3);
    }

    /** The colour that tells a verdict. */
    public static Color colour(Verdict verdict) {
        return switch (verdict) {
            case RECOGNISED -> Palette.ENGRAM;
            case AMBIGUOUS -> Palette.DOUBT;
            case UNKNOWN -> Palette.ALARM;
        };
    }

    private void paint(Geometry geometry, int left, int top, int scale, Paint paint) {
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                graphics.setColor(paint.at(x, y));
                graphics.fillRect(left + x * scale, top + y * scale, scale, scale);
            }
        }
        frame(left, top, geometry.width() * scale, geometry.height() * scale);
    }

    private void frame(int left, int top, int width, int height) {
        graphics.setColor(Palette.GRID);
        graphics.drawRect(left - 1, top - 1, width + 1, height + 1);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
