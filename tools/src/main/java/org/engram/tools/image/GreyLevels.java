package org.engram.tools.image;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The greys of a picture, 0 to 1, row by row, and the level between dark and light. The level is Otsu's, between the
 * two classes that differ most. Hidden pixels do not count.
 */
final class GreyLevels {

    private static final int BINS = 256;
    /** This share of the shorter side is a width. A dark area that is narrower is ink; a wider one may be shade. */
    private static final double WINDOW = 1.0 / 3;

    private final double[] values;
    private final int width;
    private final BitSet hidden;
    private final Split split;

    /** A pixel is light from the level on. The means are those of the pixels below and above it. */
    record Split(double level, double dark, double light) {}

    GreyLevels(double[] values, int width, BitSet hidden) {
        this.values = values;
        this.width = width;
        this.hidden = hidden;
        this.split = otsu(counts());
    }

    private long[] counts() {
        long[] counts = new long[BINS];
        for (int i = hidden.nextClearBit(0); i < values.length; i = hidden.nextClearBit(i + 1)) {
            counts[Math.min((int) (values[i] * BINS), BINS - 1)]++;
        }
        return counts;
    }

    /** Otsu's level, in the middle of all levels that are equally good; a half for pixels of one grey. */
    private static Split otsu(long[] counts) {
        long all = Arrays.stream(counts).sum();
        double sum = IntStream.range(0, BINS)
                .mapToDouble(bin -> (double) bin * counts[bin])
                .sum();
        double best = 0;
        Split split = new Split(0.5, sum / all / (BINS - 1), sum / all / (BINS - 1));
        long below = 0;
        double sumBelow = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += counts[bin];
            sumBelow += (double) bin * counts[bin];
            if (below == 0 || below == all) {
                continue;
            }
            double dark = sumBelow / below;
            double light = (sum - sumBelow) / (all - below);
            double between = (double) below * (all - below) * (light - dark) * (light - dark);
            if (between > best) {
                best = between;
                split = new Split((bin + 1.0) / BINS, dark / (BINS - 1), light / (BINS - 1));
            } else if (between == best) {
                split = new Split(split.level() + 0.5 / BINS, split.dark(), split.light());
            }
        }
        return split;
    }

    Split split() {
        return split;
    }

    double value(int pixel) {
        return values[pixel];
    }

    /**
     * The same picture in even light. The light on a pixel is that of its surroundings after a closing, which fills
     * everything that is dark and narrow.
     */
    GreyLevels evened() {
        double[] lit = values.clone();
        hidden.stream().forEach(pixel -> lit[pixel] = 0);
        int height = values.length / width;
        int reach = Math.max(1, (int) (Math.min(width, height) * WINDOW / 2));
        dilate(lit, height, reach);
        negate(lit);
        dilate(lit, height, reach);
        negate(lit);
        double[] even = new double[values.length];
        for (int i = 0; i < even.length; i++) {
            even[i] = lit[i] > 0 ? Math.min(values[i] / lit[i], 1) : values[i];
        }
        return new GreyLevels(even, width, hidden);
    }

    private static void negate(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = -numbers[i];
        }
    }

    /** Makes of every pixel the largest in the square around it. */
    private void dilate(double[] pixels, int height, int reach) {
        for (int y = 0; y < height; y++) {
            dilate(pixels, y * width, 1, width, reach);
        }
        for (int x = 0; x < width; x++) {
            dilate(pixels, x, width, height, reach);
        }
    }

    /** Dilates along a line, with a queue of the pixels that can still become the largest. */
    private static void dilate(double[] pixels, int start, int step, int count, int reach) {
        double[] line = new double[count];
        for (int i = 0; i < count; i++) {
            line[i] = pixels[start + i * step];
        }
        int[] queue = new int[count];
        int head = 0;
        int tail = 0;
        for (int i = 0; i < count + reach; i++) {
            if (i < count) {
                while (tail > head && line[queue[tail - 1]] <= line[i]) {
                    tail--;
                }
                queue[tail++] = i;
            }
            int middle = i - reach;
            if (middle >= 0) {
                head += queue[head] < middle - reach ? 1 : 0;
                pixels[start + middle * step] = line[queue[head]];
            }
        }
    }
}
