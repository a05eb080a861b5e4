package org.engram.tools.transfer;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.Supplier;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.image.Pixels;

/** Makes patterns of the elements of an array. For any thread. */
final class NpyPixels {

    /**
     * The meaning of the elements. {@code white} is the value of a white pixel; black is 0. With {@code grey}, whole
     * numbers between keep their value; otherwise half and more is white.
     */
    record Options(double white, boolean grey) {}

    private static final long EVERY_BYTE_A_BIT = 0x0101010101010101L;
    /** This factor, times eight bytes of 0 or 1, gives their bits in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final NpyType type;
    private final NpyAxes axes;
    private final Options options;
    private final Geometry geometry;

    NpyPixels(NpyType type, NpyAxes axes, Options options, Geometry geometry) {
        this.type = type;
        this.axes = axes;
        this.options = options;
        this.geometry = geometry;
    }

    /**
     * Packs bytes of 0 and 1 at once, while they are in the cache. Other bytes are copied for later, since the buffer
     * is reused.
     */
    Supplier<Pattern> pattern(String name, ByteBuffer bytes) {
        if (type.bytes() == 1 && options.white() == 1 && axes.isPlain()) {
            long[] white = new long[Math.ceilDiv(geometry.pixels(), Long.SIZE)];
            if (pack(bytes, white)) {
                return () -> Pattern.twoValued(geometry, BitSet.valueOf(white));
            }
        }
        ByteBuffer kept = ByteBuffer.allocate(bytes.capacity()).put(0, bytes, 0, bytes.capacity());
        return pattern(name, kept, 0, 1);
    }

    /** A pattern whose elements stand {@code apart} in a buffer that does not change. */
    Supplier<Pattern> pattern(String name, ByteBuffer elements, int first, int apart) {
        ByteBuffer ordered = elements.duplicate().order(type.order());
        return () -> decode(name, ordered, first, apart);
    }

    private Pattern decode(String name, ByteBuffer elements, int first, int apart) {
        float[] values = new float[geometry.pixels()];
        double[] channels = new double[axes.channels()];
        for (int j = 0; j < values.length; j++) {
            for (int c = 0; c < channels.length; c++) {
                int element = axes.first(j) + c * axes.channelStride();
                channels[c] = type.at(elements, first + element * apart);
                if (type.isWhole() && !(channels[c] >= 0 && channels[c] <= options.white())) {
                    throw outOfRange(name, j, channels[c]);
                }
                channels[c] /= options.white();
            }
            float value = (float) value(channels);
            values[j] = type.isWhole() && !options.grey() ? (value >= 0.5f ? 1 : 0) : value;
        }
        return Pattern.of(geometry, values);
    }

    /** Colours become grey as in an image file. Transparent pixels become white. */
    private static double value(double[] channels) {
        if (channels.length == 1) {
            return channels[0];
        }
        double grey = Pixels.luminance(channels[0], channels[1], channels[2]);
        return channels.length == 3 ? grey : 1 - channels[3] * (1 - grey);
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

    private Failure outOfRange(String name, int pixel, double found) {
        return Failure.cannotOpen("%s: element %d: expected 0 to %s, found %.0f; %s"
                .formatted(
                        name,
                        pixel,
                        options.white() == 1 ? "1" : String.valueOf(options.white()),
                        found,
                        found < 0 ? "add to it what makes black 0" : "--white 255 takes 255 for white"));
    }
}
