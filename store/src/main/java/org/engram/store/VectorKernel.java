package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel in the Vector API, the only class that knows it. Four vectors of a stripe are summed at a time, and two
 * stripes share every load of the cue; a vector narrower than 16 floats covers the 64 lanes in several sweeps. More
 * sums at once are slower: the compiler no longer keeps them in registers.
 */
final class VectorKernel implements ResponseKernel {

    private static final VectorSpecies<Float> SPECIES = species(Kernels.forcedBits());
    private static final int WIDTH = SPECIES.length();
    private static final int SWEEP = 4 * WIDTH;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static VectorSpecies<Float> species(int forcedBits) {
        return switch (forcedBits == 0 ? widestBits() : forcedBits) {
            case 512 -> FloatVector.SPECIES_512;
            case 256 -> FloatVector.SPECIES_256;
            default -> FloatVector.SPECIES_128;
        };
    }

    /** The widest vectors of this machine that the kernel can use; below 128 bits it has none worth using. */
    static int widestBits() {
        return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void respond(MemorySegment stripes, long offset, float[] cue, int count, float[] responses, int first) {
        long stripeBytes = (long) cue.length * Float.BYTES;
        float[] lanes = new float[2 * LANES];
        for (int i = 0; i < count; i += 2) {
            long a = offset + i * stripeBytes;
            long b = i + 1 < count ? a + stripeBytes : a;
            for (int sweep = 0; sweep < LANES; sweep += SWEEP) {
                twoStripes(stripes, a, b, cue, sweep, lanes);
            }
            responses[first + i] = ScalarKernel.sum(lanes, 0);
            if (b != a) {
                responses[first + i + 1] = ScalarKernel.sum(lanes, LANES);
            }
        }
    }

    /** Sums lanes sweep to sweep + SWEEP of the stripes at a and b, into the first and the second 64 of {@code lanes}. */
    private static void twoStripes(MemorySegment stripes, long a, long b, float[] cue, int sweep, float[] lanes) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        int whole = cue.length - cue.length % LANES;
        for (int j = sweep; j < whole; j += LANES) {
            long at = (long) j * Float.BYTES;
            FloatVector c0 = FloatVector.fromArray(SPECIES, cue, j + 0 * WIDTH);
            FloatVector c1 = FloatVector.fromArray(SPECIES, cue, j + 1 * WIDTH);
            FloatVector c2 = FloatVector.fromArray(SPECIES, cue, j + 2 * WIDTH);
            FloatVector c3 = FloatVector.fromArray(SPECIES, cue, j + 3 * WIDTH);
            a0 = a0.add(load(stripes, a + at, 0).mul(c0));
            b0 = b0.add(load(stripes, b + at, 0).mul(c0));
            a1 = a1.add(load(stripes, a + at, 1).mul(c1));
            b1 = b1.add(load(stripes, b + at, 1).mul(c1));
            a2 = a2.add(load(stripes, a + at, 2).mul(c2));
            b2 = b2.add(load(stripes, b + at, 2).mul(c2));
            a3 = a3.add(load(stripes, a + at, 3).mul(c3));
            b3 = b3.add(load(stripes, b + at, 3).mul(c3));
        }
        a0.intoArray(lanes, sweep + 0 * WIDTH);
        a1.intoArray(lanes, sweep + 1 * WIDTH);
        a2.intoArray(lanes, sweep + 2 * WIDTH);
        a3.intoArray(lanes, sweep + 3 * WIDTH);
        b0.intoArray(lanes, LANES + sweep + 0 * WIDTH);
        b1.intoArray(lanes, LANES + sweep + 1 * WIDTH);
        b2.intoArray(lanes, LANES + sweep + 2 * WIDTH);
        b3.intoArray(lanes, LANES + sweep + 3 * WIDTH);
        rest(stripes, a, cue, sweep, lanes, 0);
        rest(stripes, b, cue, sweep, lanes, LANES);
    }

    /** Adds the last, incomplete round of lanes; a stripe is a multiple of 16 floats, so whole vectors do. */
    private static void rest(MemorySegment stripes, long stripe, float[] cue, int sweep, float[] lanes, int first) {
        int whole = cue.length - cue.length % LANES;
        int end = Math.min(cue.length, whole + sweep + SWEEP);
        for (int j = whole + sweep; j < end; j += WIDTH) {
            int lane = first + j - whole;
            FloatVector.fromArray(SPECIES, lanes, lane)
                    .add(load(stripes, stripe + (long) j * Float.BYTES, 0).mul(FloatVector.fromArray(SPECIES, cue, j)))
                    .intoArray(lanes, lane);
        }
    }

    private static FloatVector load(MemorySegment stripes, long at, int vector) {
        return FloatVector.fromMemorySegment(SPECIES, stripes, at + (long) vector * WIDTH * Float.BYTES, ORDER);
    }
}
