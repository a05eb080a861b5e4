package org.engram.store.internal.neurons;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the neurons by number, as UTF-8 in pages. Places and pages are only ever added, and a list that must be
 * longer shares what it can, so readers may keep one as long as they like. The place of a key is the number of its page, then
 * 16 bits of offset there, then 12 bits of its length less 1.
 */
@SuppressWarnings("ArrayRecordComponent") // lists are never compared
record KeyList(long[] places, byte[][] pages) {

    static final KeyList EMPTY = new KeyList(new long[0], new byte[0][]);

    private static final int OFFSET_BITS = 16;
    private static final int LENGTH_BITS = 12;
    private static final int PAGE_BYTES = 1 << OFFSET_BITS;

    String get(int neuron) {
        long place = places[neuron];
        return new String(page(place), offset(place), length(place), StandardCharsets.UTF_8);
    }

    boolean startsWith(int neuron, byte[] prefix) {
        long place = places[neuron];
        int offset = offset(place);
        return length(place) >= prefix.length
                && Arrays.equals(page(place), offset, offset + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether these bytes are the key of a neuron. */
    boolean is(int neuron, byte[] bytes, int length) {
        long place = places[neuron];
        int offset = offset(place);
        return length(place) == length && Arrays.equals(page(place), offset, offset + length, bytes, 0, length);
    }

    /** This list, or a longer one, with room for one more neuron, and for its key at a place in the pages. */
    KeyList withRoom(int neuron, long at) {
        int page = (int) (at >>> OFFSET_BITS);
        if (neuron < places.length && page < pages.length && pages[page] != null) {
            return this;
        }
        long[] morePlaces = neuron < places.length ? places : Arrays.copyOf(places, Capacity.grown(neuron));
        byte[][] morePages = page < pages.length ? pages : Arrays.copyOf(pages, page + (page >> 1) + 1);
        if (morePages[page] == null) {
            morePages[page] = new byte[PAGE_BYTES];
        }
        return new KeyList(morePlaces, morePages);
    }

    /** This list, or a longer one with room for this number of neurons. */
    KeyList reserved(int neurons) {
        return neurons <= places.length ? this : new KeyList(Arrays.copyOf(places, neurons), pages);
    }

    /** The first place at or behind {@code end} where a key of this length fits into one page. */
    static long fit(long end, int length) {
        long left = PAGE_BYTES - (end & (PAGE_BYTES - 1));
        return length <= left ? end : end + left;
    }

    /** Puts the key of a neuron where there is room for it, and returns where it ends. */
    long set(int neuron, byte[] key, long at) {
        long place = at << LENGTH_BITS | (key.length - 1);
        System.arraycopy(key, 0, page(place), offset(place), key.length);
        places[neuron] = place;
        return at + key.length;
    }

    private byte[] page(long place) {
        return pages[(int) (place >>> (OFFSET_BITS + LENGTH_BITS))];
    }

    private static int offset(long place) {
        return (int) (place >>> LENGTH_BITS) & (PAGE_BYTES - 1);
    }

    private static int length(long place) {
        return ((int) place & ((1 << LENGTH_BITS) - 1)) + 1;
    }
}
