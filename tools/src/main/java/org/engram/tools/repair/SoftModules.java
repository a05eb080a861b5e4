package org.engram.tools.repair;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The modules of a picture at a place, from -1 for black to 1 for white. Each value is relative to the mean and the
 * spread of the nine by nine modules around it. Hidden modules and flat areas do not vote: they are 0. Not changed
 * after it was made.
 */
final class SoftModules {

    private static final int REACH = 4;

    /** Modules of more pixels are read from a smaller picture. */
    private static final double MOST_PIXELS = 6;

    private static final int BLOCK = 3;

    /** A block has one colour if its modules differ by less than this, in spreads of the modules around it. */
    private static final double PLAIN = 0.35;

    private static final double LEAST_SPREAD = 0.004;
    private static final double LEAST_SHARE_OF_SPREAD = 0.25;

    private final int side;
    private final float[] grey;
    private final float[] mean;
    private final float[] gain;
    private final float[] votes;

    private SoftModules(int side, float[] grey) {
        this.side = side;
        this.grey = grey;
        this.mean = new float[grey.length];
        this.gain = new float[grey.length];
        this.votes = new float[grey.length];
        normalise();
        silencePaint();
        for (int module = 0; module < votes.length; module++) {
            votes[module] = vote(module, grey[module]);
        }
    }

    static SoftModules read(Pyramid picture, Place place) {
        int halvings = picture.levelFor(place.pitch(), MOST_PIXELS);
        double pitch = place.pitch() / (1 << halvings);
        int across = pitch > 3 ? 3 : pitch > 1.5 ? 2 : 1;
        double apart = across == 3 ? 0.3 : 0.4;
        int side = place.side();
        float[] sums = new float[side * side];
        int[] seen = new int[sums.length];
        for (int k = 0; k < across * across; k++) {
            double u = 0.5 + apart * (k % across - (across - 1) / 2.0);
            double v = 0.5 + apart * (Math.floorDiv(k, across) - (across - 1) / 2.0);
            float[] samples = sample(picture.level(halvings), 1 << halvings, place, u, v);
            for (int module = 0; module < sums.length; module++) {
                if (!Float.isNaN(samples[module])) {
                    sums[module] += samples[module];
                    seen[module]++;
                }
            }
        }
        for (int module = 0; module < sums.length; module++) {
            sums[module] = 2 * seen[module] >= across * across ? sums[module] / seen[module] : Float.NaN;
        }
        return new SoftModules(side, sums);
    }

    /** The luminance at one point of every module; NaN where it is hidden. */
    static float[] sample(Raster level, int scale, Place place, double u, double v) {
        int side = place.side();
        float[] points = new float[2 * side * side];
        int k = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                points[k++] = (float) (x + u);
                points[k++] = (float) (y + v);
            }
        }
        place.toPixels(points);
        float[] samples = new float[side * side];
        for (int module = 0; module < samples.length; module++) {
            samples[module] = level.at(points[2 * module] / scale, points[2 * module + 1] / scale);
        }
        return samples;
    }

    private void normalise() {
        int wide = side + 1;
        double[] sums = new double[wide * wide];
        double[] squares = new double[wide * wide];
        int[] counts = new int[wide * wide];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float value = grey[y * side + x];
                boolean seen = !Float.isNaN(value);
                int at = (y + 1) * wide + x + 1;
                sums[at] = (seen ? value : 0) + sums[at - 1] + sums[at - wide] - sums[at - wide - 1];
                squares[at] =
                        (seen ? value * value : 0) + squares[at - 1] + squares[at - wide] - squares[at - wide - 1];
                counts[at] = (seen ? 1 : 0) + counts[at - 1] + counts[at - wide] - counts[at - wide - 1];
            }
        }
        double[] spread = new double[grey.length];
        double total = 0;
        int seen = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int left = Math.max(0, x - REACH);
                int right = Math.min(side, x + REACH + 1);
                int upper = Math.max(0, y - REACH) * wide;
                int lower = Math.min(side, y + REACH + 1) * wide;
                int count = counts[lower + right] - counts[lower + left] - counts[upper + right] + counts[upper + left];
                double sum = sums[lower + right] - sums[lower + left] - sums[upper + right] + sums[upper + left];
                double square =
                        squares[lower + right] - squares[lower + left] - squares[upper + right] + squares[upper + left];
                int module = y * side + x;
                if (count > 0 && !Float.isNaN(grey[module])) {
                    mean[module] = (float) (sum / count);
                    spread[module] = Math.sqrt(Math.max(0, square / count - sum / count * (sum / count)));
                    total += spread[module];
                    seen++;
                }
            }
        }
        double least = LEAST_SPREAD + (seen == 0 ? 0 : LEAST_SHARE_OF_SPREAD * total / seen);
        for (int module = 0; module < gain.length; module++) {
            gain[module] = (float) (1 / Math.max(least, spread[module]));
        }
    }

    /** Silences blocks of three by three of one colour. They are rare in symbols, and paint consists of them. */
    private void silencePaint() {
        BitSet painted = new BitSet();
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                float least = Float.POSITIVE_INFINITY;
                float most = Float.NEGATIVE_INFINITY;
                for (int k = 0; k < BLOCK * BLOCK; k++) {
                    float value = grey[(y + k / BLOCK - 1) * side + x + k % BLOCK - 1];
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
                if ((most - least) * gain[y * side + x] < PLAIN) {
                    for (int row = y - 1; row <= y + 1; row++) {
                        painted.set(row * side + x - 1, row * side + x + 2);
                    }
                }
            }
        }
        painted.stream().forEach(module -> gain[module] = 0);
    }

    /** The vote of a luminance at a module, by the mean and the spread around it. */
    float vote(int module, float luminance) {
        return Float.isNaN(luminance) ? 0 : Math.clamp((luminance - mean[module]) * gain[module], -1, 1);
    }

    int side() {
        return side;
    }

    float vote(int module) {
        return votes[module];
    }

    boolean isHidden(int module) {
        return Float.isNaN(grey[module]);
    }

    /** A copy with all fixed modules at 0. */
    float[] free(SymbolStructure structure) {
        float[] free = Arrays.copyOf(votes, votes.length);
        for (int module = 0; module < free.length; module++) {
            if (structure.isFixed(module)) {
                free[module] = 0;
            }
        }
        return free;
    }
}
