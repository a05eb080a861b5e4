package org.engram.store.internal.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How every file of a store holds numbers: little-endian, wherever they stand. */
public final class LittleEndian {

    public static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);

    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);

    private LittleEndian() {}

    /** Writes floats as bytes, from the beginning of both arrays on; there must be room for all. */
    public static void encode(float[] floats, byte[] bytes) {
        encode(floats, MemorySegment.ofArray(bytes));
    }

    /** The same, from the beginning of the bytes on. */
    public static void encode(float[] floats, MemorySegment bytes) {
        MemorySegment.copy(floats, 0, bytes, FLOAT, 0, floats.length);
    }

    public static void decode(byte[] bytes, float[] floats) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), FLOAT, 0, floats, 0, floats.length);
    }

    public static float floatAt(byte[] bytes, int index) {
        return MemorySegment.ofArray(bytes).get(FLOAT, (long) index * Float.BYTES);
    }
}
