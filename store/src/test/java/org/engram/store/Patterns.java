package org.engram.store;

import java.util.BitSet;
import java.util.Random;

/** Patterns to test with, the same for the same seed. */
final class Patterns {

    static final Geometry SMALL = new Geometry(20, 20);

    private Patterns() {}

    /** Black and white noise. */
    static Pattern random(Geometry geometry, long seed) {
        Random random = new Random(seed);
        BitSet white = new BitSet();
        for (int j = 0; j < geometry.pixels(); j++) {
            white.set(j, random.nextBoolean());
        }
        return Pattern.blackAndWhite(geometry, white);
    }

    /** Real values around 0 and 1. */
    static Pattern realValued(Geometry geometry, long seed) {
        Random random = new Random(seed);
        float[] values = new float[geometry.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = random.nextFloat() * 1.5f - 0.25f;
        }
        return Pattern.of(geometry, values);
    }

    /** A copy with each pixel turned over with the given probability. */
    static Pattern flipped(Pattern pattern, double share, long seed) {
        Random random = new Random(seed);
        float[] values = pattern.values();
        for (int j = 0; j < values.length; j++) {
            values[j] = random.nextDouble() < share ? 1 - values[j] : values[j];
        }
        return Pattern.of(pattern.geometry(), values);
    }

    /** A copy with one pixel turned over. */
    static Pattern flippedAt(Pattern pattern, int pixel) {
        float[] values = pattern.values();
        values[pixel] = 1 - values[pixel];
        return Pattern.of(pattern.geometry(), values);
    }

    static Pattern all(Geometry geometry, float value) {
        float[] values = new float[geometry.pixels()];
        java.util.Arrays.fill(values, value);
        return Pattern.of(geometry, values);
    }

    /** Each pixel visible with the given probability. */
    static Mask mask(Geometry geometry, double share, long seed) {
        Random random = new Random(seed);
        BitSet visible = new BitSet();
        for (int j = 0; j < geometry.pixels(); j++) {
            visible.set(j, random.nextDouble() < share);
        }
        return Mask.of(geometry, visible);
    }
}
