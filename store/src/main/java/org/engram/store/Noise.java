package org.engram.store;

import java.util.SplittableRandom;

/** Damages values at random, by a seed. */
final class Noise {

    private Noise() {}

    /** Turns a share of the chosen values, all 0 or 1, into the other. The order of the chosen is lost. */
    static void flip(float[] values, int[] chosen, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long flips = Math.round(share * chosen.length);
        for (int i = 0; i < flips; i++) {
            int next = random.nextInt(i, chosen.length);
            values[chosen[next]] = 1 - values[chosen[next]];
            chosen[next] = chosen[i];
        }
    }

    /** Mixes each of the chosen values with a share of any other of them. */
    static void mix(float[] values, int[] chosen, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] before = values.clone();
        for (int pixel : chosen) {
            float other = before[chosen[random.nextInt(chosen.length)]];
            values[pixel] = (float) ((1 - share) * before[pixel] + share * other);
        }
    }
}
