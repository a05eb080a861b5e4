package org.engram.tools.repair;

import com.google.zxing.LuminanceSource;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.image.AreaScaler;
import org.engram.tools.image.PixelRows;
import org.engram.tools.qr.QrCodec;

/** A grey picture, some of whose pixels may be hidden. Not changed after it was made. */
public final class Raster {

    private final int width;
    private final int height;
    private final float[] luminance;
    private final BitSet hidden;

    private Raster(int width, int height, float[] luminance, BitSet hidden) {
        this.width = width;
        this.height = height;
        this.luminance = luminance;
        this.hidden = hidden;
    }

    /** Averages an image down when a side is too large. Transparent pixels are hidden. */
    static Raster of(BufferedImage image, int largestSide) {
        PixelRows rows = new PixelRows(image);
        double scale = Math.min(1, (double) largestSide / Math.max(rows.width(), rows.height()));
        int width = Math.max(1, (int) Math.round(scale * rows.width()));
        int height = Math.max(1, (int) Math.round(scale * rows.height()));
        AreaScaler scaler = new AreaScaler(rows, width, height);
        float[] luminance = new float[width * height];
        BitSet hidden = new BitSet(luminance.length);
        for (int y = 0; y < height; y++) {
            scaler.row(y);
            for (int x = 0; x < width; x++) {
                luminance[y * width + x] = (float) scaler.luminance(x);
                hidden.set(y * width + x, scaler.hidden(x) >= 0.5);
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

    /** Hides all but a rectangle, whose edges are shares of width and height. */
    Raster within(double left, double top, double right, double bottom) {
        BitSet more = (BitSet) hidden.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double across = (x + 0.5) / width;
                double down = (y + 0.5) / height;
                if (across < left || across > right || down < top || down > bottom) {
                    more.set(y * width + x);
                }
            }
        }
        return new Raster(width, height, luminance, more);
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

    /** 0 black to 1 white. */
    float luminance(int x, int y) {
        return luminance[y * width + x];
    }

    boolean hasHidden() {
        return !hidden.isEmpty();
    }

    /** The raster for a QR reader, with hidden pixels white. */
    LuminanceSource source() {
        float[] shown = luminance.clone();
        hidden.stream().forEach(pixel -> shown[pixel] = 1);
        return QrCodec.source(width, height, shown);
    }
}
