package org.engram.store.internal.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.engram.store.internal.format.LittleEndian;

/**
 * The bit kernel in the Vector API. A run of neurons is read in several places at once, equally far apart: in one place
 * alone, the processor does not read far enough ahead to keep memory busy. Vectors narrower than a block go over it in
 * several steps. Sums over lanes are taken where the vectors are, since a vector that is handed to a method that the
 * compiler does not inline is first copied to the heap.
 */
final class VectorBitKernel implements BitKernel {

    private static final VectorSpecies<Long> SPECIES =
            VectorSpecies.of(long.class, VectorShape.forBitSize(VectorKernel.bits()));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(VectorKernel.bits()));
    private static final int WIDTH = SPECIES.length();

    private static final ByteOrder ORDER = LittleEndian.ORDER;

    /** Where a run is read at the same time. */
    private static final int PLACES = 8;

    /** Neurons refined together, block by block: reads of different neurons need not wait for one another. */
    private static final int REFINED = 512;
    /** Words to a step of refining: two blocks, since memory is read in pairs of cache lines. */
    private static final int STEP = 2 * BLOCK_WORDS;
    /** Neurons that stay in the nearest cache while all cues of a batch go over them. */
    private static final int CACHED = 16;

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void sketch(MemorySegment sketches, long offset, long[] p, long[] m, int count, int[] deficits, int first) {
        int quarter = count / 4;
        long apart = (long) quarter * BLOCK_BYTES;
        for (int i = 0; i < quarter; i++) {
            // A sketch counts to 512 at most, so that one sum over lanes does for four of them.
            LongVector four = LongVector.zero(SPECIES);
            for (int w = 0; w < BLOCK_WORDS; w += WIDTH) {
                long at = offset + (long) i * BLOCK_BYTES + (long) w * Long.BYTES;
                LongVector white = load(p, w);
                LongVector voters = load(m, w);
                four = four.add(counts(load(sketches, at), white, voters))
                        .add(counts(load(sketches, at + apart), white, voters).lanewise(LSHL, 16))
                        .add(counts(load(sketches, at + 2 * apart), white, voters)
                                .lanewise(LSHL, 32))
                        .add(counts(load(sketches, at + 3 * apart), white, voters)
                                .lanewise(LSHL, 48));
            }
            long sums = four.reduceLanes(ADD);
            deficits[first + i] = (int) sums & 0xffff;
            deficits[first + i + quarter] = (int) (sums >>> 16) & 0xffff;
            deficits[first + i + 2 * quarter] = (int) (sums >>> 32) & 0xffff;
            deficits[first + i + 3 * quarter] = (int) (sums >>> 48);
        }
        for (int i = 4 * quarter; i < count; i++) {
            deficits[first + i] = count(sketches, offset + (long) i * BLOCK_BYTES, p, m, 0, BLOCK_WORDS);
        }
    }

    @Override
    public void deficits(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int count,
            int[] deficits,
            int first) {
        sketch(sketches, sketchOffset, p, m, count, deficits, first);
        addPlanes(planes, planesOffset, p, m, count, deficits, first);
    }

    @Override
    public void deficitsAndDifferences(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] r,
            long[] m,
            int count,
            int[] deficits,
            int[] differences,
            int first) {
        sketch(sketches, sketchOffset, p, m, count, deficits, first);
        sketch(sketches, sketchOffset, r, m, count, differences, first);
        addPlanes(planes, planesOffset, p, m, r, m, count, deficits, differences, first);
    }

    @Override
    public void batch(
            MemorySegment sketches,
            long sketchOffset,
            MemorySegment planes,
            long planesOffset,
            long[][] p,
            long[][] m,
            int cues,
            int count,
            int[][] deficits,
            int first) {
        for (int i = 0; i < count; i += CACHED) {
            int together = Math.min(CACHED, count - i);
            int at = first + i;
            for (int c = 0; c < cues; c++) {
                sketch(sketches, sketchOffset + (long) i * BLOCK_BYTES, p[c], m[c], together, deficits[c], at);
            }
            for (int c = 0; c < cues; c += 2) {
                long plane = planesOffset + i * BitKernel.planesBytes(p[c]);
                int d = c + 1;
                if (d < cues) {
                    addPlanes(planes, plane, p[c], m[c], p[d], m[d], together, deficits[c], deficits[d], at);
                } else {
                    addPlanes(planes, plane, p[c], m[c], together, deficits[c], at);
                }
            }
        }
    }

    private static void addPlanes(
            MemorySegment planes, long offset, long[] p, long[] m, int count, int[] deficits, int first) {
        int eighth = count / PLACES;
        long planesBytes = BitKernel.planesBytes(p);
        for (int i = 0; i < eighth; i++) {
            addEight(planes, offset + i * planesBytes, eighth * planesBytes, p, m, deficits, first + i, eighth);
        }
        for (int i = PLACES * eighth; i < count; i++) {
            deficits[first + i] += count(planes, offset + i * planesBytes, p, m, BLOCK_WORDS, p.length);
        }
    }

    private static void addEight(
            MemorySegment planes, long at0, long apart, long[] p, long[] m, int[] deficits, int first, int eighth) {
        long at1 = at0 + apart;
        long at2 = at1 + apart;
        long at3 = at2 + apart;
        long at4 = at3 + apart;
        long at5 = at4 + apart;
        long at6 = at5 + apart;
        long at7 = at6 + apart;
        LongVector d0 = LongVector.zero(SPECIES);
        LongVector d1 = LongVector.zero(SPECIES);
        LongVector d2 = LongVector.zero(SPECIES);
        LongVector d3 = LongVector.zero(SPECIES);
        LongVector d4 = LongVector.zero(SPECIES);
        LongVector d5 = LongVector.zero(SPECIES);
        LongVector d6 = LongVector.zero(SPECIES);
        LongVector d7 = LongVector.zero(SPECIES);
        for (int w = BLOCK_WORDS; w < p.length; w += WIDTH) {
            long b = (long) (w - BLOCK_WORDS) * Long.BYTES;
            LongVector white = load(p, w);
            LongVector voters = load(m, w);
            d0 = d0.add(counts(load(planes, at0 + b), white, voters));
            d1 = d1.add(counts(load(planes, at1 + b), white, voters));
            d2 = d2.add(counts(load(planes, at2 + b), white, voters));
            d3 = d3.add(counts(load(planes, at3 + b), white, voters));
            d4 = d4.add(counts(load(planes, at4 + b), white, voters));
            d5 = d5.add(counts(load(planes, at5 + b), white, voters));
            d6 = d6.add(counts(load(planes, at6 + b), white, voters));
            d7 = d7.add(counts(load(planes, at7 + b), white, voters));
        }
        deficits[first] += (int) d0.reduceLanes(ADD);
        deficits[first + eighth] += (int) d1.reduceLanes(ADD);
        deficits[first + 2 * eighth] += (int) d2.reduceLanes(ADD);
        deficits[first + 3 * eighth] += (int) d3.reduceLanes(ADD);
        deficits[first + 4 * eighth] += (int) d4.reduceLanes(ADD);
        deficits[first + 5 * eighth] += (int) d5.reduceLanes(ADD);
        deficits[first + 6 * eighth] += (int) d6.reduceLanes(ADD);
        deficits[first + 7 * eighth] += (int) d7.reduceLanes(ADD);
    }

    /** The same for two cues in one read. */
    private static void addPlanes(
            MemorySegment planes,
            long offset,
            long[] p,
            long[] m,
            long[] p2,
            long[] m2,
            int count,
            int[] deficits,
            int[] deficits2,
            int first) {
        int quarter = count / 4;
        long planesBytes = BitKernel.planesBytes(p);
        long apart = quarter * planesBytes;
        for (int i = 0; i < quarter; i++) {
            long at = offset + i * planesBytes;
            addFour(planes, at, apart, p, m, p2, m2, deficits, deficits2, first + i, quarter);
        }
        for (int i = 4 * quarter; i < count; i++) {
            long at = offset + i * planesBytes;
            deficits[first + i] += count(planes, at, p, m, BLOCK_WORDS, p.length);
            deficits2[first + i] += count(planes, at, p2, m2, BLOCK_WORDS, p.length);
        }
    }

    private static void addFour(
            MemorySegment planes,
            long at0,
            long apart,
            long[] p,
            long[] m,
            long[] p2,
            long[] m2,
            int[] deficits,
            int[] deficits2,
            int first,
            int quarter) {
        long at1 = at0 + apart;
        long at2 = at1 + apart;
        long at3 = at2 + apart;
        LongVector d0 = LongVector.zero(SPECIES);
        LongVector d1 = LongVector.zero(SPECIES);
        LongVector d2 = LongVector.zero(SPECIES);
        LongVector d3 = LongVector.zero(SPECIES);
        LongVector e0 = LongVector.zero(SPECIES);
        LongVector e1 = LongVector.zero(SPECIES);
        LongVector e2 = LongVector.zero(SPECIES);
        LongVector e3 = LongVector.zero(SPECIES);
        for (int w = BLOCK_WORDS; w < p.length; w += WIDTH) {
            long b = (long) (w - BLOCK_WORDS) * Long.BYTES;
            LongVector white = load(p, w);
            LongVector voters = load(m, w);
            LongVector white2 = load(p2, w);
            LongVector voters2 = load(m2, w);
            LongVector x0 = load(planes, at0 + b);
            LongVector x1 = load(planes, at1 + b);
            LongVector x2 = load(planes, at2 + b);
            LongVector x3 = load(planes, at3 + b);
            d0 = d0.add(counts(x0, white, voters));
            d1 = d1.add(counts(x1, white, voters));
            d2 = d2.add(counts(x2, white, voters));
            d3 = d3.add(counts(x3, white, voters));
            e0 = e0.add(counts(x0, white2, voters2));
            e1 = e1.add(counts(x1, white2, voters2));
            e2 = e2.add(counts(x2, white2, voters2));
            e3 = e3.add(counts(x3, white2, voters2));
        }
        deficits[first] += (int) d0.reduceLanes(ADD);
        deficits[first + quarter] += (int) d1.reduceLanes(ADD);
        deficits[first + 2 * quarter] += (int) d2.reduceLanes(ADD);
        deficits[first + 3 * quarter] += (int) d3.reduceLanes(ADD);
        deficits2[first] += (int) e0.reduceLanes(ADD);
        deficits2[first + quarter] += (int) e1.reduceLanes(ADD);
        deficits2[first + 2 * quarter] += (int) e2.reduceLanes(ADD);
        deficits2[first + 3 * quarter] += (int) e3.reduceLanes(ADD);
    }

    @Override
    public void refine(
            MemorySegment planes,
            long planesOffset,
            long[] p,
            long[] m,
            int bound,
            int count,
            int[] deficits,
            int first) {
        long planesBytes = BitKernel.planesBytes(p);
        for (int i = 0; i < count; i += REFINED) {
            int together = Math.min(REFINED, count - i);
            boolean open = true;
            for (int w = BLOCK_WORDS; w < p.length && open; w += STEP) {
                long at = planesOffset + i * planesBytes + (long) (w - BLOCK_WORDS) * Long.BYTES;
                open = step(planes, at, p, m, w, bound, together, deficits, first + i);
            }
        }
    }

    /** Adds the counts from word {@code from} on where they can matter; whether any stays within the bound. */
    private static boolean step(
            MemorySegment planes,
            long at,
            long[] p,
            long[] m,
            int from,
            int bound,
            int count,
            int[] deficits,
            int first) {
        int to = Math.min(from + STEP, p.length);
        long planesBytes = BitKernel.planesBytes(p);
        boolean open = false;
        for (int i = 0; i < count; i += INTS.length()) {
            long within = within(deficits, first + i, Math.min(INTS.length(), count - i), bound);
            while (within != 0) {
                int n = i + Long.numberOfTrailingZeros(within);
                int more = to - from == STEP
                        ? countStep(planes, at + n * planesBytes, p, m, from)
                        : count(planes, at + n * planesBytes, p, m, from, to);
                int deficit = deficits[first + n] + more;
                deficits[first + n] = deficit;
                open |= deficit <= bound;
                within &= within - 1;
            }
        }
        return open;
    }

    /** A bit for each of {@code count} deficits, set where it is within the bound. */
    private static long within(int[] deficits, int from, int count, int bound) {
        if (count == INTS.length()) {
            return IntVector.fromArray(INTS, deficits, from).compare(LE, bound).toLong();
        }
        long within = 0;
        for (int i = 0; i < count; i++) {
            within |= deficits[from + i] <= bound ? 1L << i : 0;
        }
        return within;
    }

    /** Counts over words {@code from} to {@code to - 1} of a cue; those of the neuron begin at {@code at}. */
    private static int count(MemorySegment bits, long at, long[] p, long[] m, int from, int to) {
        LongVector d = LongVector.zero(SPECIES);
        for (int w = from; w < to; w += WIDTH) {
            d = d.add(counts(load(bits, at + (long) (w - from) * Long.BYTES), load(p, w), load(m, w)));
        }
        return (int) d.reduceLanes(ADD);
    }

    /** The same for a whole step, whose length the compiler knows. */
    private static int countStep(MemorySegment bits, long at, long[] p, long[] m, int from) {
        LongVector d = LongVector.zero(SPECIES);
        for (int w = 0; w < STEP; w += WIDTH) {
            d = d.add(counts(load(bits, at + (long) w * Long.BYTES), load(p, from + w), load(m, from + w)));
        }
        return (int) d.reduceLanes(ADD);
    }

    private static LongVector counts(LongVector bits, LongVector white, LongVector voters) {
        return bits.lanewise(XOR, white).and(voters).lanewise(BIT_COUNT);
    }

    private static LongVector load(long[] words, int at) {
        return LongVector.fromArray(SPECIES, words, at);
    }

    private static LongVector load(MemorySegment bits, long at) {
        return LongVector.fromMemorySegment(SPECIES, bits, at, ORDER);
    }
}
