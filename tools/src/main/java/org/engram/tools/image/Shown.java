package org.engram.tools.image;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;

/** What is shown to the store: a picture, hidden pixels included, and which of its pixels can be seen. */
public record Shown(Pattern picture, Mask visible) {

    /** Everything of a picture. */
    public static Shown whole(Pattern picture) {
        return new Shown(picture, Mask.all(picture.geometry()));
    }

    /** The square in the lower right corner, the paper's way of hiding. */
    public static Shown lowerRight(Pattern picture, int side) {
        return new Shown(picture, Mask.lowerRight(picture.geometry(), side));
    }

    /** The cue for a recall. */
    public Cue cue(Coding coding) {
        return Cue.of(picture, visible, coding);
    }

    /** Moves everything right and down by so many pixels, which may be negative. What comes in from outside is hidden. */
    public Shown shifted(int right, int down) {
        if (right == 0 && down == 0) {
            return this;
        }
        Geometry geometry = picture.geometry();
        float[] values = new float[geometry.pixels()];
        BitSet seen = new BitSet(geometry.pixels());
        for (int y = Math.max(0, down); y < geometry.height() + Math.min(0, down); y++) {
            for (int x = Math.max(0, right); x < geometry.width() + Math.min(0, right); x++) {
                values[geometry.index(x, y)] = picture.value(x - right, y - down);
                seen.set(geometry.index(x, y), visible.isVisible(x - right, y - down));
            }
        }
        return new Shown(Pattern.of(geometry, values), Mask.of(geometry, seen));
    }

    /**
     * Damages the visible pixels by a share, at random by the seed. In a black and white picture exactly this share of
     * them turns from white to black or back. In a grey one all are mixed with this share of any other.
     */
    public Shown flipped(double share, long seed) {
        float[] values = picture.values();
        int width = picture.geometry().width();
        int[] seen = IntStream.range(0, values.length)
                .filter(j -> visible.isVisible(j % width, j / width))
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        if (picture.isTwoValued()) {
            flip(values, seen, share, random);
        } else {
            float[] before = values.clone();
            for (int pixel : seen) {
                float other = before[seen[random.nextInt(seen.length)]];
                values[pixel] = (float) ((1 - share) * before[pixel] + share * other);
            }
        }
        return new Shown(Pattern.of(picture.geometry(), values), visible);
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
