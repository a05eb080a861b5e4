package org.engram.tools.image;

import java.util.Arrays;

/**
 * Scales an image by areas. Every pixel of the result is the mean of the source under it. So nothing is skipped when
 * the image shrinks, and edges stay sharp when it grows. Holds one row at a time.
 */
public final class AreaScaler {

    private final PixelRows source;
    private final int width;
    private final int height;
    private final double[] sourceLuminance;
    private final double[] sourceHidden;
    private final double[] luminance;
    private final double[] hidden;

    /** Begins to scale to this size in pixels. */
    public AreaScaler(PixelRows source, int width, int height) {
        this.source = source;
        this.width = width;
        this.height = height;
        this.sourceLuminance = new double[source.width()];
        this.sourceHidden = new double[source.width()];
        this.luminance = new double[width];
        this.hidden = new double[width];
    }

    /** Computes a row of the result. */
    public void row(int y) {
        if (width == source.width() && height == source.height()) {
            source.read(y, luminance, hidden); // the source has this width and height: each mean is of one pixel
            return;
        }
        Arrays.fill(luminance, 0);
        Arrays.fill(hidden, 0);
        double scale = (double) source.height() / height;
        double from = y * scale;
        double to = Math.min((y + 1) * scale, source.height());
        for (int row = (int) from; row < to; row++) {
            double share = (Math.min(to, row + 1) - Math.max(from, row)) / (to - from);
            source.read(row, sourceLuminance, sourceHidden);
            addRow(share);
        }
    }

    private void addRow(double rowShare) {
        double scale = (double) source.width() / width;
        for (int x = 0; x < width; x++) {
            double from = x * scale;
            double to = Math.min((x + 1) * scale, source.width());
            for (int column = (int) from; column < to; column++) {
                double share = rowShare * (Math.min(to, column + 1) - Math.max(from, column)) / (to - from);
                luminance[x] += share * sourceLuminance[column];
                hidden[x] += share * sourceHidden[column];
            }
        }
    }

    /** Mean luminance of a pixel of the row, 0 to 1. */
    public double luminance(int x) {
        return luminance[x];
    }

    /** Share of transparent source under a pixel of the row, 0 to 1. */
    public double hidden(int x) {
        return hidden[x];
    }
}
