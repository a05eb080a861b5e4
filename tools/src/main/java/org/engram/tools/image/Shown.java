package org.engram.tools.image;

import java.util.BitSet;
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

    /**
     * Moves everything right and down by these numbers of pixels, which may be negative. Pixels that come in from
     * outside are hidden.
     */
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
     * them turns from white to black or back. In a grey picture each is mixed with this share of another one.
     */
    public Shown flipped(double share, long seed) {
        return new Shown(picture.withNoise(share, visible, seed), visible);
    }
}
