package org.engram.tools.transfer;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.Supplier;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;

/** Makes patterns of the elements of an array. For any thread. */
final class NpyPixels {

    /**
     * What the elements mean: white is the value of a white pixel, and black is 0. With grey whole numbers between keep
     * their value; else half and more is white.
     */
    record Options(double white, boolean grey) {}

    private static final long EVERY_BYTE_A_BIT = 0x0101010101010101L;
    /** Times eight bytes of 0 or 1 gives their bits in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final NpyType type;
    private final Options options;
    private final Geometry geometry;

    NpyPixels(NpyType type, Options options, Geometry geometry) {
        this.type = type;
        this.options = options;
        this.geometry = geometry;
    }

    /** Packs bytes of 0 and 1 at once, while they are near; others are copied for later, as the buffer is reused. */
    Supplier<Pattern> pattern(String name, ByteBuffer bytes) {
        if (type.bytes == 1 && options.white() == 1) {
            long[] white = new long[Math.ceilDiv(geometry.pixels(), Long.SIZE)];
            if (pack(bytes, white)) {
                return () -> Pattern.twoValued(geometry, BitSet.valueOf(white));
            }
        }
        ByteBuffer kept =
                ByteBuffer.allocate(bytes.capacity()).order(bytes.order()).put(0, bytes, 0, bytes.capacity());
        return () -> decode(name, kept);
    }

    private Pattern decode(String name, ByteBuffer elements) {
        float[] values = new float[geometry.pixels()];
        boolean whole = type.bytes == 1;
        for (int j = 0; j < values.length; j++) {
            float element = type.at(elements, j);
            if (whole && element > options.white()) {
                throw outOfRange(name, j, (int) element);
            }
            float value = options.white() == 1 ? element : (float) (element / options.white());
            values[j] = whole && !options.grey() ? (value >= 0.5f ? 1 : 0) : value;
        }
        return Pattern.of(geometry, values);
    }

    /** Whether all bytes are 0 or 1. */
    private static boolean pack(ByteBuffer bytes, long[] bits) {
        long all = 0;
        int whole = bytes.capacity() / Long.SIZE;
        for (int word = 0; word < whole; word++) {
            long packed = 0;
            for (int at = 0; at < Long.SIZE; at += Byte.SIZE) {
                long eight = bytes.getLong(word * Long.SIZE + at);
                all |= eight;
                packed |= ((eight * GATHER) >>> (Long.SIZE - Byte.SIZE)) << at;
            }
            bits[word] = packed;
        }
        for (int j = whole * Long.SIZE; j < bytes.capacity(); j++) {
            all |= bytes.get(j) & 0xFF;
            bits[whole] |= (long) (bytes.get(j) & 1) << j;
        }
        return (all & ~EVERY_BYTE_A_BIT) == 0;
    }

    private Failure outOfRange(String name, int pixel, int found) {
        return Failure.cannotOpen("%s: element %d: expected 0 to %s, found %d; --white 255 takes 255 for white"
                .formatted(name, pixel, options.white() == 1 ? "1" : String.valueOf(options.white()), found));
    }
}
