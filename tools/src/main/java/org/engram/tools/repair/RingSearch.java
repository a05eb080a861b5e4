package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds finder patterns whose runs of black and white, which readers look for, are cut by scratches. It takes the
 * correlation of the picture with the rings of a pattern and the white around it, at every place and in every size. The
 * rings stand upright; a turned pattern fits them well enough to be found. Hidden pixels count as white.
 */
final class RingSearch {

    /** The sides of the squares between which rings lie, in modules, from the white around the pattern to its core. */
    private static final int[] SQUARES = {9, 7, 5, 3};

    private static final double SMALLEST_MODULE = 1.4;
    private static final double GROWTH = 1.2;

    /**
     * The side of a picture has at least this many modules. The smallest symbol has 21 modules a side, filled by two
     * patterns and the white around them.
     */
    private static final int LEAST_MODULES = 18;

    private static final double LEAST_CORRELATION = 0.35;

    /** Spots are at least this many modules apart. Patterns of one symbol stand farther apart. */
    private static final double APART = 5;

    private final int width;
    private final int height;
    private final double[] sums;
    private final double[] squares;

    RingSearch(Raster raster) {
        this.width = raster.width();
        this.height = raster.height();
        this.sums = new double[(width + 1) * (height + 1)];
        this.squares = new double[sums.length];
        for (int y = 0; y < height; y++) {
            double row = 0;
            double rowOfSquares = 0;
            for (int x = 0; x < width; x++) {
                double light = raster.isVisible(x, y) ? raster.luminance(x, y) : 1;
                row += light;
                rowOfSquares += light * light;
                int above = y * (width + 1) + x + 1;
                sums[above + width + 1] = sums[above] + row;
                squares[above + width + 1] = squares[above] + rowOfSquares;
            }
        }
    }

    /** A place where a pattern may be: its centre, and the side of a module, in pixels. */
    record Spot(double x, double y, double module, double correlation) {}

    /** The best spots, each far from the others. */
    List<Spot> spots(int most) {
        List<Spot> all = new ArrayList<>();
        double largest = (double) Math.max(width, height) / LEAST_MODULES;
        for (double module = SMALLEST_MODULE; module <= largest; module *= GROWTH) {
            double half = SQUARES[0] * module / 2;
            double step = Math.max(1, module / 3);
            for (double y = half; y + half <= height; y += step) {
                for (double x = half; x + half <= width; x += step) {
                    double correlation = correlation(x, y, module);
                    if (correlation > LEAST_CORRELATION) {
                        all.add(new Spot(x, y, module, correlation));
                    }
                }
            }
        }
        all.sort(Comparator.comparingDouble(Spot::correlation).reversed());
        List<Spot> best = new ArrayList<>();
        for (Spot spot : all) {
            if (best.size() < most && best.stream().noneMatch(one -> near(one, spot))) {
                best.add(spot);
            }
        }
        return best;
    }

    private static boolean near(Spot one, Spot other) {
        return Math.hypot(one.x() - other.x(), one.y() - other.y()) < APART * one.module();
    }

    /** The correlation of the light with white rings, from -1 to 1. */
    private double correlation(double x, double y, double module) {
        double pixels = 0;
        double white = 0;
        double light = 0;
        double lightOfWhite = 0;
        double lights = 0;
        for (int k = 0; k < SQUARES.length; k++) {
            double half = SQUARES[k] * module / 2;
            int left = (int) Math.round(x - half);
            int right = (int) Math.round(x + half);
            int top = (int) Math.round(y - half);
            int bottom = (int) Math.round(y + half);
            double here = (double) (right - left) * (bottom - top);
            double sum = within(sums, left, top, right, bottom);
            int sign = k % 2 == 0 ? 1 : -1;
            white += sign * here;
            lightOfWhite += sign * sum;
            if (k == 0) {
                pixels = here;
                light = sum;
                lights = within(squares, left, top, right, bottom);
            }
        }
        double spread = (white - white * white / pixels) * (lights - light * light / pixels);
        return spread < 1e-9 ? 0 : (lightOfWhite - white * light / pixels) / Math.sqrt(spread);
    }

    private double within(double[] of, int left, int top, int right, int bottom) {
        int wide = width + 1;
        return of[bottom * wide + right] - of[bottom * wide + left] - of[top * wide + right] + of[top * wide + left];
    }
}
