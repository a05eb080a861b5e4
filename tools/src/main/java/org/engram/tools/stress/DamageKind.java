package org.engram.tools.stress;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.repair.Raster;

/** A kind of damage to symbols. Every kind spoils exactly the share of the picture that it is given, quiet zone included. */
enum DamageKind {
    BLANKED("hidden, except a square in the lower right corner"),
    PAINTED("the same area, painted white and not known to be") {
        @Override
        Paint paint(Spoiler spoiler, SplittableRandom random) {
            return pixel -> 1;
        }
    },
    BLOT("one disc or square anywhere, black, grey or white") {
        @Override
        Spoiler spoiler(Geometry geometry, int spoiled, SplittableRandom random) {
            double x = random.nextDouble(geometry.width());
            double y = random.nextDouble(geometry.height());
            boolean round = random.nextBoolean();
            return pixel -> {
                double across = Math.abs(pixel % geometry.width() + 0.5 - x);
                double down = Math.abs(Math.floorDiv(pixel, geometry.width()) + 0.5 - y);
                return round ? Math.hypot(across, down) : Math.max(across, down);
            };
        }

        @Override
        Paint paint(Spoiler spoiler, SplittableRandom random) {
            float colour = random.nextInt(3) / 2f;
            return pixel -> colour;
        }
    },
    STRIPES("scratches right across, each black or white") {
        @Override
        Spoiler spoiler(Geometry geometry, int spoiled, SplittableRandom random) {
            return new Stripes(geometry, spoiled, random);
        }

        @Override
        Paint paint(Spoiler spoiler, SplittableRandom random) {
            boolean firstIsBlack = random.nextBoolean();
            return pixel -> spoiler.when(pixel) % 2 == 0 == firstIsBlack ? 0 : 1;
        }
    },
    TORN("a corner torn off, and hidden") {
        @Override
        Spoiler spoiler(Geometry geometry, int spoiled, SplittableRandom random) {
            double angle = Math.PI / 2 * random.nextInt(4) + Math.PI / 2 * random.nextDouble(0.2, 0.8);
            return pixel -> Math.cos(angle) * (pixel % geometry.width())
                    + Math.sin(angle) * Math.floorDiv(pixel, geometry.width());
        }
    },
    /** The toss leaves half of the pixels as they were. */
    NOISE("pixels anywhere, black or white by the toss of a coin") {
        @Override
        Spoiler spoiler(Geometry geometry, int spoiled, SplittableRandom random) {
            double[] when = random.doubles(geometry.pixels()).toArray();
            return pixel -> when[pixel];
        }

        @Override
        Paint paint(Spoiler spoiler, SplittableRandom random) {
            return pixel -> random.nextInt(2);
        }
    };

    /** The order in which damage spreads. */
    @FunctionalInterface
    interface Spoiler {
        /** When a pixel is spoiled. The pixel of the smallest number is the first. */
        double when(int pixel);
    }

    /** What spoiled pixels look like. */
    @FunctionalInterface
    interface Paint {
        /** The luminance of a pixel, 0 black to 1 white. */
        float at(int pixel);
    }

    private final String words;

    DamageKind(String words) {
        this.words = words;
    }

    /** The order in which this many pixels are spoiled. A square in the lower right corner comes last. */
    Spoiler spoiler(Geometry geometry, int spoiled, SplittableRandom random) {
        return pixel -> {
            double across = geometry.width() - pixel % geometry.width();
            double down = geometry.height() - Math.floorDiv(pixel, geometry.width());
            return -Math.max(across / geometry.width(), down / geometry.height());
        };
    }

    /** How spoiled pixels are painted; null when they are hidden. */
    Paint paint(Spoiler spoiler, SplittableRandom random) {
        return null;
    }

    String words() {
        return words;
    }

    /** Spoils this share (0 to 1) of a picture; the same seed spoils the same way. */
    Raster spoil(Pattern pattern, double share, long seed) {
        Geometry geometry = pattern.geometry();
        SplittableRandom random = new SplittableRandom(seed);
        int spoiled = (int) Math.round(share * geometry.pixels());
        Spoiler spoiler = spoiler(geometry, spoiled, random);
        Paint paint = paint(spoiler, random);
        double[] when = new double[geometry.pixels()];
        for (int pixel = 0; pixel < when.length; pixel++) {
            when[pixel] = spoiler.when(pixel);
        }
        double[] inOrder = when.clone();
        Arrays.sort(inOrder);
        double last = spoiled == 0 ? Double.NEGATIVE_INFINITY : inOrder[spoiled - 1];
        int left = spoiled;
        float[] luminance = pattern.values();
        BitSet hidden = new BitSet(luminance.length);
        for (boolean tied : new boolean[] {false, true}) {
            for (int pixel = 0; pixel < when.length && left > 0; pixel++) {
                if (tied ? when[pixel] == last : when[pixel] < last) {
                    left--;
                    if (paint == null) {
                        hidden.set(pixel);
                    } else {
                        luminance[pixel] = paint.at(pixel);
                    }
                }
            }
        }
        return Raster.of(geometry, luminance, hidden);
    }

    /** Draws random stripes, one after the other, until they cover enough. */
    private static final class Stripes implements Spoiler {
        private static final int NEVER = Integer.MAX_VALUE;
        private static final double THINNEST = 0.015;
        private static final double THICKEST = 0.06;

        private final int[] first;

        Stripes(Geometry geometry, int spoiled, SplittableRandom random) {
            first = new int[geometry.pixels()];
            Arrays.fill(first, NEVER);
            int left = spoiled;
            for (int stripe = 0; left > 0; stripe++) {
                double angle = random.nextDouble(Math.PI);
                double x = random.nextDouble(geometry.width());
                double y = random.nextDouble(geometry.height());
                double half = geometry.width() * random.nextDouble(THINNEST, THICKEST) / 2;
                for (int pixel = 0; pixel < first.length; pixel++) {
                    double across = pixel % geometry.width() + 0.5 - x;
                    double down = Math.floorDiv(pixel, geometry.width()) + 0.5 - y;
                    if (first[pixel] == NEVER && Math.abs(across * Math.sin(angle) - down * Math.cos(angle)) <= half) {
                        first[pixel] = stripe;
                        left--;
                    }
                }
            }
        }

        @Override
        public double when(int pixel) {
            return first[pixel];
        }
    }
}
