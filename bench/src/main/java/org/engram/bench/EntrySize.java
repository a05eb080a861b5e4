package org.engram.bench;

import org.engram.store.Layout;

/** The sizes of entries that are put and got: a pattern at one bit a pixel, as one float a pixel, and as two. */
final class EntrySize {

    static final int BITS = (int) PackedSymbols.BYTES;
    static final int FLOATS = (int) StripeScan.STRIPE_BYTES;
    static final int TWO_FLOATS = 2 * FLOATS;

    private EntrySize() {}

    /** The layout of a store whose neurons have the weights that fill an entry. */
    static Layout layoutOf(int bytes) {
        return switch (bytes) {
            case BITS -> Layout.PACKED;
            case FLOATS -> Layout.TIED;
            case TWO_FLOATS -> Layout.FULL;
            default ->
                throw new IllegalArgumentException("no layout has entries of %d bytes: expected %d, %d or %d"
                        .formatted(bytes, BITS, FLOATS, TWO_FLOATS));
        };
    }
}
