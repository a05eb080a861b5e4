package org.engram.store;

import java.util.List;
import java.util.SplittableRandom;

/** Damages stored patterns, and makes pictures of the same kind that were never stored. The same seed makes the same. */
final class TrialCues {

    /** A picture, and which of its pixels can be seen. */
    record Shown(Pattern picture, Mask visible) {
        Cue cue(Coding coding) {
            return Cue.of(picture, visible, coding);
        }
    }

    /** Tiles of a mosaic, across and down: enough that no stored pattern has a large share in it. */
    private static final int TILES = 8;

    private final Geometry geometry;
    private final List<Pattern> patterns;
    private final long seed;

    /** Takes at least two patterns. */
    TrialCues(List<Pattern> patterns, long seed) {
        this.geometry = patterns.get(0).geometry();
        this.patterns = patterns;
        this.seed = seed;
    }

    /** A window onto a stored pattern, with noise. */
    Shown stored(int index, double hidden, double noise) {
        return damaged(patterns.get(index), index, hidden, noise);
    }

    /** A window onto a mosaic, with noise: the same window as onto the stored pattern of this index. */
    Shown unseen(int index, double hidden, double noise) {
        return damaged(mosaic(index), index, hidden, noise);
    }

    private Shown damaged(Pattern picture, int index, double hidden, double noise) {
        SplittableRandom random = random(index, 1);
        Mask window = window(hidden, random);
        return new Shown(picture.withNoise(noise, window, random.nextLong()), window);
    }

    /** A rectangle of the picture's shape that shows all but a share of it, anywhere. */
    private Mask window(double hidden, SplittableRandom random) {
        double side = Math.sqrt(1 - hidden);
        int width = Math.max(1, (int) Math.round(side * geometry.width()));
        int height = Math.max(1, (int) Math.round(side * geometry.height()));
        return Mask.rectangle(
                geometry,
                random.nextInt(geometry.width() - width + 1),
                random.nextInt(geometry.height() - height + 1),
                width,
                height);
    }

    /**
     * Every tile comes from another stored pattern, from the same place. A mosaic holds what all patterns share, and no
     * more.
     */
    private Pattern mosaic(int index) {
        SplittableRandom random = random(index, 2);
        Pattern[] sources = new Pattern[TILES * TILES];
        for (int tile = 0; tile < sources.length; tile++) {
            sources[tile] = patterns.get(random.nextInt(patterns.size()));
        }
        float[] values = new float[geometry.pixels()];
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                int tile = y * TILES / geometry.height() * TILES + x * TILES / geometry.width();
                values[geometry.index(x, y)] = sources[tile].value(x, y);
            }
        }
        return Pattern.of(geometry, values);
    }

    private SplittableRandom random(int index, int purpose) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index * 4L + purpose);
    }
}
