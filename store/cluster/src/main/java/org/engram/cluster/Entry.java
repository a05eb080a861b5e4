package org.engram.cluster;

import java.util.Arrays;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What is kept under a key: a generation, and the picture or, of a forgotten key, none. A change makes the next generation and
 * none takes one back. So whatever order copies come in, after a move, a retry or a return from the dead, the highest counts.
 *
 * @param generation 1 for the first
 * @param bits bit j of byte j / 8 is set where pixel j is white; empty when the key is forgotten
 */
@Proto
@ProtoTypeId(71_000)
@SuppressWarnings("ArrayRecordComponent") // equals looks into it
public record Entry(int generation, byte[] bits) {

    static final int FIRST = 1;

    private static final byte[] NONE = {};

    static Entry first(byte[] bits) {
        return new Entry(FIRST, bits);
    }

    Entry next(byte[] nextBits) {
        return new Entry(Math.incrementExact(generation), nextBits);
    }

    Entry forgotten() {
        return next(NONE);
    }

    static Entry grave(int generation) {
        return new Entry(generation, NONE);
    }

    boolean isForgotten() {
        return bits.length == 0;
    }

    /** Whether this takes the place of the generation that is held, 0 where nothing is. */
    boolean supersedes(int held) {
        return generation > held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that && generation == that.generation && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * generation + Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "generation %s, %s".formatted(generation, isForgotten() ? "forgotten" : bits.length + " bytes");
    }
}
