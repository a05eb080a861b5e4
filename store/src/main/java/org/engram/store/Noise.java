package org.engram.store;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Damages patterns at random, by a seed. */
final class Noise {

    private Noise() {}

    static Pattern in(Pattern pattern, double share, Mask where, long seed) {
        float[] values = pattern.values();
        int width = pattern.geometry().width();
        int[] seen = IntStream.range(0, values.length)
                .filter(j -> where.isVisible(j % width, j / width))
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        if (pattern.isTwoValued()) {
            flip(values, seen, share, random);
        } else {
            float[] before = values.clone();
            for (int pixel : seen) {
                float other = before[seen[random.nextInt(seen.length)]];
                values[pixel] = (float) ((1 - share) * before[pixel] + share * other);
            }
        }
        return Pattern.of(pattern.geometry(), values);
    }

    private static void flip(float[] values, int[] candidates, double share, SplittableRandom random) {
        long flips = Math.round(share * candidates.length);
        for (int i = 0; i < flips; i++) {
            int chosen = random.nextInt(i, candidates.length);
            values[candidates[chosen]] = 1 - values[candidates[chosen]];
            candidates[chosen] = candidates[i];
        }
    }
}
