package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;

/**
 * An image file as a pattern of a store's shape, with transparent pixels white and not visible. An image of exactly
 * that size is taken pixel by pixel; any other is averaged down, or blown up, to fit, centred on white. Width and
 * height are those of the image in the file.
 */
public record Picture(Pattern pattern, Mask visible, int width, int height) {

    /** Reads an image file; grey keeps the values between black and white. */
    public static Picture read(Path path, Geometry geometry, boolean grey) {
        return of(ImageFile.read(path), geometry, grey);
    }

    /** Reads an image file out of something else; grey keeps the values between black and white. */
    public static Picture read(InputStream in, String name, Geometry geometry, boolean grey) throws IOException {
        return of(ImageFile.read(in, name), geometry, grey);
    }

    private static Picture of(BufferedImage image, Geometry geometry, boolean grey) {
        PixelRows rows = new PixelRows(image);
        double scale = Math.min((double) geometry.width() / rows.width(), (double) geometry.height() / rows.height());
        int width = Math.clamp(Math.round(rows.width() * scale), 1, geometry.width());
        int height = Math.clamp(Math.round(rows.height() * scale), 1, geometry.height());
        AreaScaler scaler = new AreaScaler(rows, width, height);
        int left = (geometry.width() - width) / 2;
        int top = (geometry.height() - height) / 2;
        float[] values = new float[geometry.pixels()];
        Arrays.fill(values, 1);
        BitSet visible = new BitSet(geometry.pixels());
        visible.set(0, geometry.pixels());
        for (int y = 0; y < height; y++) {
            scaler.row(y);
            int from = geometry.index(left, top + y);
            for (int x = 0; x < width; x++) {
                double luminance = scaler.luminance(x);
                // 1 from a half on, without a branch, which every other pixel of a symbol would take the other way
                values[from + x] = (float) (grey ? luminance : Math.min(Math.floor(2 * luminance), 1));
            }
            for (int x = 0; rows.mayHide() && x < width; x++) {
                visible.set(from + x, scaler.hidden(x) < 0.5);
            }
        }
        return new Picture(Pattern.of(geometry, values), Mask.of(geometry, visible), rows.width(), rows.height());
    }

    boolean isScaled() {
        return width != pattern.geometry().width()
                || height != pattern.geometry().height();
    }

    boolean hasTransparency() {
        return visible.count() < visible.geometry().pixels();
    }
}
