package org.engram.tools.report;

import java.util.Base64;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/**
 * A small real-valued pattern of at most {@value #SIDE} pixels across and down: one byte a pixel, row by row, 0 black
 * to 255 white, in base64.
 */
record Thumbnail(int width, int height, String bytes) {

    static final int SIDE = 64;

    /** Every pixel is the mean of a square of the pattern. */
    static Thumbnail of(Pattern pattern) {
        Geometry geometry = pattern.geometry();
        int step = Math.ceilDiv(Math.max(geometry.width(), geometry.height()), SIDE);
        int width = Math.ceilDiv(geometry.width(), step);
        int height = Math.ceilDiv(geometry.height(), step);
        byte[] grey = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                grey[y * width + x] =
                        (byte) Math.round(255 * Math.clamp(mean(pattern, x * step, y * step, step), 0, 1));
            }
        }
        return new Thumbnail(width, height, Base64.getEncoder().encodeToString(grey));
    }

    private static double mean(Pattern pattern, int left, int top, int step) {
        int right = Math.min(left + step, pattern.geometry().width());
        int bottom = Math.min(top + step, pattern.geometry().height());
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += pattern.value(x, y);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }
}
