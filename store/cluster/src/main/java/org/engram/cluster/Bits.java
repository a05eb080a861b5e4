package org.engram.cluster;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** Black and white pictures as bytes: bit j of byte j / 8 is set where pixel j is white. */
final class Bits {

    private Bits() {}

    static byte[] of(Pattern pattern) {
        byte[] bits = new byte[Math.ceilDiv(pattern.geometry().pixels(), Byte.SIZE)];
        pattern.toBits(MemorySegment.ofArray(bits));
        return bits;
    }

    static Pattern pattern(Geometry geometry, byte[] bits) {
        return Pattern.twoValued(geometry, BitSet.valueOf(bits));
    }
}
