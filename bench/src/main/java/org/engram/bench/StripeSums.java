package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums all floats of all stripes, with next to no work besides reading. It shows what the machine's memory gives one
 * thread of Java. The methods differ in how many stripes they read side by side, which decides how many reads are under
 * way at a time. Each stripe has one accumulator, or several if it is read alone.
 *
 * <p>Every stripe is a segment of whole 64-byte lines.
 */
final class StripeSums {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private StripeSums() {}

    /** Reads one stripe after the other, with four accumulators. */
    static double byOne(MemorySegment[] stripes) {
        double sum = 0;
        for (MemorySegment stripe : stripes) {
            sum += sumOf(stripe);
        }
        return sum;
    }

    /** Reads four stripes side by side. */
    static double byFour(MemorySegment[] stripes) {
        double sum = 0;
        int i = 0;
        for (; i + 4 <= stripes.length; i += 4) {
            sum += sumOf(stripes[i], stripes[i + 1], stripes[i + 2], stripes[i + 3]);
        }
        return sum + rest(stripes, i);
    }

    /** Reads eight stripes side by side. */
    static double byEight(MemorySegment[] stripes) {
        double sum = 0;
        int i = 0;
        for (; i + 8 <= stripes.length; i += 8) {
            sum += sumOf(
                    stripes[i],
                    stripes[i + 1],
                    stripes[i + 2],
                    stripes[i + 3],
                    stripes[i + 4],
                    stripes[i + 5],
                    stripes[i + 6],
                    stripes[i + 7]);
        }
        return sum + rest(stripes, i);
    }

    private static double rest(MemorySegment[] stripes, int from) {
        double sum = 0;
        for (int i = from; i < stripes.length; i++) {
            sum += sumOf(stripes[i]);
        }
        return sum;
    }

    private static float sumOf(MemorySegment stripe) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        int floats = floats(stripe);
        int j = 0;
        for (; j <= floats - 4 * WIDTH; j += 4 * WIDTH) {
            a0 = a0.add(load(stripe, j));
            a1 = a1.add(load(stripe, j + WIDTH));
            a2 = a2.add(load(stripe, j + 2 * WIDTH));
            a3 = a3.add(load(stripe, j + 3 * WIDTH));
        }
        for (; j < floats; j += WIDTH) {
            a0 = a0.add(load(stripe, j));
        }
        return total(a0.add(a1).add(a2.add(a3)));
    }

    private static double sumOf(MemorySegment s0, MemorySegment s1, MemorySegment s2, MemorySegment s3) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        int floats = floats(s0);
        for (int j = 0; j < floats; j += WIDTH) {
            a0 = a0.add(load(s0, j));
            a1 = a1.add(load(s1, j));
            a2 = a2.add(load(s2, j));
            a3 = a3.add(load(s3, j));
        }
        return (double) total(a0) + total(a1) + total(a2) + total(a3);
    }

    private static double sumOf(
            MemorySegment s0,
            MemorySegment s1,
            MemorySegment s2,
            MemorySegment s3,
            MemorySegment s4,
            MemorySegment s5,
            MemorySegment s6,
            MemorySegment s7) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector a4 = FloatVector.zero(SPECIES);
        FloatVector a5 = FloatVector.zero(SPECIES);
        FloatVector a6 = FloatVector.zero(SPECIES);
        FloatVector a7 = FloatVector.zero(SPECIES);
        int floats = floats(s0);
        for (int j = 0; j < floats; j += WIDTH) {
            a0 = a0.add(load(s0, j));
            a1 = a1.add(load(s1, j));
            a2 = a2.add(load(s2, j));
            a3 = a3.add(load(s3, j));
            a4 = a4.add(load(s4, j));
            a5 = a5.add(load(s5, j));
            a6 = a6.add(load(s6, j));
            a7 = a7.add(load(s7, j));
        }
        return (double) total(a0) + total(a1) + total(a2) + total(a3) + total(a4) + total(a5) + total(a6) + total(a7);
    }

    private static int floats(MemorySegment stripe) {
        return Math.toIntExact(stripe.byteSize() / Float.BYTES);
    }

    private static FloatVector load(MemorySegment stripe, int j) {
        return FloatVector.fromMemorySegment(SPECIES, stripe, (long) j * Float.BYTES, ORDER);
    }

    private static float total(FloatVector lanes) {
        return lanes.reduceLanes(VectorOperators.ADD);
    }
}
