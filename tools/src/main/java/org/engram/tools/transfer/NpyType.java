package org.engram.tools.transfer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

enum NpyType {
    BOOL("|b1", 1),
    UINT8("|u1", 1),
    FLOAT32("<f4", Float.BYTES),
    FLOAT64("<f8", Double.BYTES);

    /** The type as numpy writes it. */
    final String descr;

    final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** One element, of a little-endian buffer; of a truth value whatever its byte holds. */
    float at(ByteBuffer bytes, int index) {
        return switch (this) {
            case BOOL, UINT8 -> bytes.get(index) & 0xFF;
            case FLOAT32 -> bytes.getFloat(index * Float.BYTES);
            case FLOAT64 -> (float) bytes.getDouble(index * Double.BYTES);
        };
    }

    /** The type that numpy calls so; null when it is none of these. */
    static NpyType of(String descr) {
        return Arrays.stream(values())
                .filter(type -> type.descr.equals(descr))
                .findFirst()
                .orElse(null);
    }

    static String known() {
        return Arrays.stream(values()).map(type -> type.descr).collect(Collectors.joining(", "));
    }
}
