package org.engram.tools.repair;

import com.google.zxing.LuminanceSource;
import com.google.zxing.common.BitMatrix;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.image.PixelRows;
import org.engram.tools.qr.QrCodec;

/** A grey picture. Some of its pixels may be hidden. Not changed after it was made. */
public final class Raster {

    private static final float FULL_RANGE = 0.8f;

    private final int width;
    private final int height;
    private final float[] luminance;
    private final BitSet hidden;

    Raster(int width, int height, float[] luminance, BitSet hidden) {
        this.width = width;
        this.height = height;
        this.luminance = luminance;
        this.hidden = hidden;
    }

    /** An image in its full resolution. Transparent pixels are hidden. */
    public static Raster of(BufferedImage image) {
        PixelRows rows = new PixelRows(image);
        int width = rows.width();
        int height = rows.height();
        float[] luminance = new float[width * height];
        BitSet hidden = new BitSet(luminance.length);
        double[] light = new double[width];
        double[] absent = new double[width];
        for (int y = 0; y < height; y++) {
            rows.read(y, light, absent);
            for (int x = 0; x < width; x++) {
                luminance[y * width + x] = (float) light[x];
                hidden.set(y * width + x, absent[x] >= 0.5);
            }
        }
        return new Raster(width, height, luminance, hidden);
    }

    static Raster of(Pattern pattern) {
        return of(pattern.geometry(), pattern.values(), new BitSet());
    }

    /** A raster of these values, row by row; the caller no longer changes them. */
    public static Raster of(Geometry geometry, float[] luminance, BitSet hidden) {
        return new Raster(geometry.width(), geometry.height(), luminance, hidden);
    }

    /** Hides all but a rectangle of pixels. */
    Raster within(int left, int top, int columns, int rows) {
        BitSet more = (BitSet) hidden.clone();
        for (int y = 0; y < height; y++) {
            if (y < top || y >= top + rows) {
                more.set(y * width, (y + 1) * width);
            } else {
                more.set(y * width, y * width + left);
                more.set(y * width + left + columns, (y + 1) * width);
            }
        }
        return new Raster(width, height, luminance, more);
    }

    /** The raster stretched so that its black is 0 and its white is 1. */
    Raster stretched() {
        float least = 1;
        float most = 0;
        for (int k = 0; k < luminance.length; k++) {
            if (!hidden.get(k)) {
                least = Math.min(least, luminance[k]);
                most = Math.max(most, luminance[k]);
            }
        }
        if (most - least > FULL_RANGE || most <= least) {
            return this;
        }
        float[] stretched = new float[luminance.length];
        for (int k = 0; k < stretched.length; k++) {
            stretched[k] = (luminance[k] - least) / (most - least);
        }
        return new Raster(width, height, stretched, hidden);
    }

    /** The raster with these pixels black and all others white. */
    Raster twoValued(BitMatrix black) {
        float[] values = new float[luminance.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = black.get(k % width, k / width) ? 0 : 1;
        }
        return new Raster(width, height, values, hidden);
    }

    /** The raster with white for black. */
    Raster inverted() {
        float[] other = new float[luminance.length];
        for (int k = 0; k < other.length; k++) {
            other[k] = 1 - luminance[k];
        }
        return new Raster(width, height, other, hidden);
    }

    /** The raster at half the size: each pixel is the mean of two by two. A last odd row or column is left out. */
    Raster halved() {
        int columns = Math.max(1, width / 2);
        int rows = Math.max(1, height / 2);
        float[] means = new float[columns * rows];
        BitSet unseen = new BitSet(means.length);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                float sum = 0;
                int seen = 0;
                for (int k = 0; k < 4; k++) {
                    int pixel = Math.min(height - 1, 2 * y + k / 2) * width + Math.min(width - 1, 2 * x + k % 2);
                    if (!hidden.get(pixel)) {
                        sum += luminance[pixel];
                        seen++;
                    }
                }
                means[y * columns + x] = seen == 0 ? 1 : sum / seen;
                unseen.set(y * columns + x, seen < 2);
            }
        }
        return new Raster(columns, rows, means, unseen);
    }

    /** The raster at twice the size. Values between pixels follow from the nearest four. */
    Raster doubled() {
        float[] more = new float[4 * luminance.length];
        BitSet unseen = new BitSet(more.length);
        for (int y = 0; y < 2 * height; y++) {
            for (int x = 0; x < 2 * width; x++) {
                int pixel = y * 2 * width + x;
                float value = at((x + 0.5) / 2, (y + 0.5) / 2);
                more[pixel] = Float.isNaN(value) ? 1 : value;
                unseen.set(pixel, hidden.get(y / 2 * width + x / 2));
            }
        }
        return new Raster(2 * width, 2 * height, more, unseen);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Whether the pixel can be seen; a pixel outside the raster cannot. */
    boolean isVisible(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height && !hidden.get(y * width + x);
    }

    boolean isWhite(int x, int y) {
        return luminance(x, y) >= 0.5;
    }

    /** The luminance of a pixel, 0 black to 1 white. */
    float luminance(int x, int y) {
        return luminance[y * width + x];
    }

    /**
     * The luminance at a place between pixels, whose centres are at halves; NaN where the picture is hidden or ends. Hidden
     * neighbours do not count.
     */
    float at(double x, double y) {
        if (!(x >= 0 && y >= 0 && x < width && y < height)) {
            return Float.NaN;
        }
        if (!hidden.isEmpty() && hidden.get(pixel((int) x, (int) y))) {
            return Float.NaN;
        }
        double fromLeft = Math.clamp(x - 0.5, 0, width - 1.0);
        double fromTop = Math.clamp(y - 0.5, 0, height - 1.0);
        int left = (int) fromLeft;
        int top = (int) fromTop;
        float across = (float) (fromLeft - left);
        float down = (float) (fromTop - top);
        int here = top * width + left;
        int right = left + 1 < width ? 1 : 0;
        int below = top + 1 < height ? width : 0;
        if (hidden.isEmpty()) {
            float upper = luminance[here] + across * (luminance[here + right] - luminance[here]);
            float lower =
                    luminance[here + below] + across * (luminance[here + below + right] - luminance[here + below]);
            return upper + down * (lower - upper);
        }
        float[] shares = {(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down};
        int[] pixels = {here, here + right, here + below, here + below + right};
        float sum = 0;
        float seen = 0;
        for (int k = 0; k < pixels.length; k++) {
            if (!hidden.get(pixels[k])) {
                sum += shares[k] * luminance[pixels[k]];
                seen += shares[k];
            }
        }
        return seen > 0 ? sum / seen : Float.NaN;
    }

    private int pixel(int x, int y) {
        return y * width + x;
    }

    boolean hasHidden() {
        return !hidden.isEmpty();
    }

    /** The raster for a QR reader, with hidden pixels white. */
    public LuminanceSource source() {
        float[] shown = luminance.clone();
        hidden.stream().forEach(pixel -> shown[pixel] = 1);
        return QrCodec.source(width, height, shown);
    }
}
