package org.engram.tools.transfer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.Failure;

/** Makes patterns of the elements of an array. For any thread. */
final class NpyPixels {

    /**
     * What the elements mean.
     *
     * @param white the value of a white pixel; black is 0
     * @param grey whether whole numbers between keep their value; else half and more is white
     */
    record Options(double white, boolean grey) {}

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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

    /**
     * Makes a pattern.
     *
     * @param name for messages
     * @param bytes its elements, row by row
     * @throws Failure if an element is none that the options allow
     */
    Pattern pattern(String name, byte[] bytes) {
        if (type.bytes == 1 && options.white() == 1) {
            return Pattern.blackAndWhite(geometry, BitSet.valueOf(bits(name, bytes)));
        }
        ByteBuffer elements = NpyType.littleEndian(bytes);
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

    private long[] bits(String name, byte[] bytes) {
        long[] words = new long[(bytes.length + Long.SIZE - 1) / Long.SIZE];
        long all = 0;
        int whole = bytes.length / Long.BYTES;
        for (int i = 0; i < whole; i++) {
            long eight = (long) LONGS.get(bytes, i * Long.BYTES);
            all |= eight;
            words[i / Long.BYTES] |= ((eight * GATHER) >>> (Long.SIZE - Byte.SIZE)) << ((i % Long.BYTES) * Byte.SIZE);
        }
        for (int j = whole * Long.BYTES; j < bytes.length; j++) {
            all |= bytes[j] & 0xFF;
            words[j / Long.SIZE] |= (long) (bytes[j] & 1) << j;
        }
        if ((all & ~EVERY_BYTE_A_BIT) != 0) {
            int j = 0;
            while ((bytes[j] & 0xFE) == 0) {
                j++;
            }
            throw outOfRange(name, j, bytes[j] & 0xFF);
        }
        return words;
    }

    private Failure outOfRange(String name, int pixel, int found) {
        return Failure.cannotOpen("%s: element %d: expected 0 to %s, found %d; --white 255 takes 255 for white"
                .formatted(name, pixel, options.white() == 1 ? "1" : String.valueOf(options.white()), found));
    }
}
