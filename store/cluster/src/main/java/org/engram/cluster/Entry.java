package org.engram.cluster;

import java.util.Arrays;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * What is kept under a key: a generation and a picture. A forgotten key has no picture. A change makes a generation
 * that is higher than the one it found, and at least that of its {@link Term}. So the highest generation counts, in
 * whatever order copies come in: after a move, a retry or a restart. A change that nobody acknowledged is lower than
 * what others made of the same key later.
 *
 * @param generation 1 or higher
 * @param bits bit j of byte j / 8 is set where pixel j is white; empty when the key is forgotten
 */
@Proto
@ProtoTypeId(71_000)
@SuppressWarnings("ArrayRecordComponent") // equals looks into it
public record Entry(long generation, byte[] bits) {

    static final long FIRST = 1;

    private static final byte[] NONE = {};

    /** Stands for what is held under a key that was never used, in messages only. */
    static final Entry NOTHING = new Entry(0, NONE);

    static Entry first(byte[] bits, long term) {
        return new Entry(Math.max(FIRST, term), bits);
    }

    Entry next(byte[] nextBits, long term) {
        return new Entry(Math.max(Math.incrementExact(generation), term), nextBits);
    }

    /** The same picture, or grave, as a change of another term. */
    Entry again(long term) {
        return next(bits, term);
    }

    Entry forgotten(long term) {
        return next(NONE, term);
    }

    static Entry grave(long generation) {
        return new Entry(generation, NONE);
    }

    boolean isForgotten() {
        return bits.length == 0;
    }

    /** Whether this takes the place of the generation that is held, which is 0 if nothing is held. */
    boolean supersedes(long held) {
        return generation > held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that && generation == that.generation && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(generation) + Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "generation %s, %s".formatted(generation, isForgotten() ? "forgotten" : bits.length + " bytes");
    }
}
