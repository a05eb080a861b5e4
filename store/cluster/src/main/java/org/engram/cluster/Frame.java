package org.engram.cluster;

import java.util.BitSet;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;

/**
 * How an entry lies in a store: the picture, and below it a row or more whose first pixels are the generation. So both change
 * in one record of the journal, or neither. No cue shows these rows, so they vote for nothing and count nowhere.
 */
final class Frame {

    private final Geometry picture;
    private final Geometry framed;
    private final int bytes;

    Frame(Geometry picture) {
        this.picture = picture;
        this.framed = new Geometry(picture.width(), picture.height() + Math.ceilDiv(Integer.SIZE, picture.width()));
        this.bytes = Math.ceilDiv(picture.pixels(), Byte.SIZE);
    }

    /** The shape in the store. */
    Geometry framed() {
        return framed;
    }

    Pattern framed(Entry entry) {
        BitSet pixels = BitSet.valueOf(entry.bits());
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            pixels.set(picture.pixels() + bit, (entry.generation() >>> bit & 1) != 0);
        }
        return Pattern.twoValued(framed, pixels);
    }

    Entry entry(Pattern inStore) {
        BitSet pixels = inStore.toBitSet();
        int generation = 0;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            generation |= (pixels.get(picture.pixels() + bit) ? 1 : 0) << bit;
        }
        return new Entry(generation, bytes(pixels.get(0, picture.pixels())));
    }

    /** The bits of a picture, without a generation. */
    byte[] bits(Pattern pattern) {
        return bytes(pattern.toBitSet());
    }

    Pattern picture(byte[] bits) {
        return Pattern.twoValued(picture, BitSet.valueOf(bits));
    }

    /** A bipolar cue hides the rows; a unipolar one shows them black, since hidden pixels would vote there. */
    Cue framed(Cue cue) {
        BitSet visible = cue.visible().toBitSet();
        if (cue.coding() == Coding.UNIPOLAR) {
            visible.set(picture.pixels(), framed.pixels());
        }
        Pattern shown = Pattern.twoValued(framed, cue.shown().toBitSet());
        return Cue.of(shown, Mask.of(framed, visible), cue.coding());
    }

    private byte[] bytes(BitSet pixels) {
        byte[] whole = new byte[bytes];
        byte[] some = pixels.toByteArray();
        System.arraycopy(some, 0, whole, 0, some.length);
        return whole;
    }
}
