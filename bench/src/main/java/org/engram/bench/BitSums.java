package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums all words of all entries of a file of bits, with next to no work besides reading. It shows what the machine's
 * memory gives one thread of Java. As with {@link StripeSums}, how many entries are walked side by side decides how
 * many reads are under way at a time. Sums wrap around.
 *
 * <p>An entry is some whole 64-byte blocks, and there is nothing between entries.
 */
final class BitSums {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    static final int BLOCK_BYTES = 64;
    private static final long STEP = SPECIES.vectorByteSize();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private BitSums() {}

    /**
     * Reads from the first byte to the last, with eight accumulators. Of entries of one block, eight are read side by
     * side.
     */
    static long inOrder(MemorySegment entries) {
        return inOrder(entries, 0);
    }

    /** Reads eight neighbouring entries side by side. */
    static long byEight(MemorySegment entries, long entryBytes) {
        return apart(entries, entryBytes);
    }

    /** Reads the eight eighths of the file side by side. */
    static long inEighths(MemorySegment entries) {
        long eighth = entries.byteSize() / 8 / BLOCK_BYTES * BLOCK_BYTES;
        return eighth == 0 ? inOrder(entries) : apart(entries, eighth);
    }

    /** Walks eight parts of {@code bytes} each side by side, then the next eight, as long as they fit. */
    private static long apart(MemorySegment entries, long bytes) {
        LongVector a0 = LongVector.zero(SPECIES);
        LongVector a1 = LongVector.zero(SPECIES);
        LongVector a2 = LongVector.zero(SPECIES);
        LongVector a3 = LongVector.zero(SPECIES);
        LongVector a4 = LongVector.zero(SPECIES);
        LongVector a5 = LongVector.zero(SPECIES);
        LongVector a6 = LongVector.zero(SPECIES);
        LongVector a7 = LongVector.zero(SPECIES);
        long from = 0;
        for (; from + 8 * bytes <= entries.byteSize(); from += 8 * bytes) {
            for (long at = from; at < from + bytes; at += STEP) {
                a0 = a0.add(load(entries, at));
                a1 = a1.add(load(entries, at + bytes));
                a2 = a2.add(load(entries, at + 2 * bytes));
                a3 = a3.add(load(entries, at + 3 * bytes));
                a4 = a4.add(load(entries, at + 4 * bytes));
                a5 = a5.add(load(entries, at + 5 * bytes));
                a6 = a6.add(load(entries, at + 6 * bytes));
                a7 = a7.add(load(entries, at + 7 * bytes));
            }
        }
        return total(a0, a1, a2, a3, a4, a5, a6, a7) + inOrder(entries, from);
    }

    private static long inOrder(MemorySegment entries, long from) {
        long whole = from + (entries.byteSize() - from) / (8 * STEP) * (8 * STEP);
        LongVector a0 = LongVector.zero(SPECIES);
        LongVector a1 = LongVector.zero(SPECIES);
        LongVector a2 = LongVector.zero(SPECIES);
        LongVector a3 = LongVector.zero(SPECIES);
        LongVector a4 = LongVector.zero(SPECIES);
        LongVector a5 = LongVector.zero(SPECIES);
        LongVector a6 = LongVector.zero(SPECIES);
        LongVector a7 = LongVector.zero(SPECIES);
        long at = from;
        for (; at < whole; at += 8 * STEP) {
            a0 = a0.add(load(entries, at));
            a1 = a1.add(load(entries, at + STEP));
            a2 = a2.add(load(entries, at + 2 * STEP));
            a3 = a3.add(load(entries, at + 3 * STEP));
            a4 = a4.add(load(entries, at + 4 * STEP));
            a5 = a5.add(load(entries, at + 5 * STEP));
            a6 = a6.add(load(entries, at + 6 * STEP));
            a7 = a7.add(load(entries, at + 7 * STEP));
        }
        for (; at < entries.byteSize(); at += STEP) {
            a0 = a0.add(load(entries, at));
        }
        return total(a0, a1, a2, a3, a4, a5, a6, a7);
    }

    private static LongVector load(MemorySegment entries, long at) {
        return LongVector.fromMemorySegment(SPECIES, entries, at, ORDER);
    }

    private static long total(
            LongVector a0,
            LongVector a1,
            LongVector a2,
            LongVector a3,
            LongVector a4,
            LongVector a5,
            LongVector a6,
            LongVector a7) {
        return a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).reduceLanes(VectorOperators.ADD);
    }
}
