package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel in the Vector API, the only class that knows it. Eight stripes are read side by side, which keeps enough
 * reads under way to run at the speed of memory, and share every load of the cue. Vectors narrower than a line of 16
 * floats go over it in several sweeps.
 */
final class VectorKernel implements ResponseKernel {

    private static final VectorSpecies<Float> SPECIES = species(Kernels.forcedBits());
    private static final int WIDTH = SPECIES.length();
    /** Stripes side by side: as many as the compiler keeps the sums of in registers. */
    private static final int STRIPES = 8;

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
        float[] lanes = new float[STRIPES * LANES];
        for (int i = 0; i < count; i += STRIPES) {
            int together = Math.min(STRIPES, count - i);
            eightStripes(stripes, offset + (long) i * cue.length * Float.BYTES, together, cue, lanes);
            for (int s = 0; s < together; s++) {
                responses[first + i + s] = sum(lanes, s * LANES);
            }
        }
    }

    /** Fills the 64 lanes of each of up to eight stripes; of fewer, the last is read again in place of those missing. */
    private static void eightStripes(MemorySegment stripes, long at, int count, float[] cue, float[] lanes) {
        int quarter = ResponseKernel.quarter(cue.length);
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            int from = lane / LINE * quarter;
            sweep(stripes, at, count, cue, from + lane % LINE, Math.min(from + quarter, cue.length), lanes, lane);
        }
    }

    private static void sweep(
            MemorySegment stripes, long at, int count, float[] cue, int from, int to, float[] lanes, int lane) {
        long stripeBytes = (long) cue.length * Float.BYTES;
        long at0 = at;
        long at1 = at + Math.min(1, count - 1) * stripeBytes;
        long at2 = at + Math.min(2, count - 1) * stripeBytes;
        long at3 = at + Math.min(3, count - 1) * stripeBytes;
        long at4 = at + Math.min(4, count - 1) * stripeBytes;
        long at5 = at + Math.min(5, count - 1) * stripeBytes;
        long at6 = at + Math.min(6, count - 1) * stripeBytes;
        long at7 = at + Math.min(7, count - 1) * stripeBytes;
        FloatVector q0 = FloatVector.zero(SPECIES);
        FloatVector q1 = FloatVector.zero(SPECIES);
        FloatVector q2 = FloatVector.zero(SPECIES);
        FloatVector q3 = FloatVector.zero(SPECIES);
        FloatVector q4 = FloatVector.zero(SPECIES);
        FloatVector q5 = FloatVector.zero(SPECIES);
        FloatVector q6 = FloatVector.zero(SPECIES);
        FloatVector q7 = FloatVector.zero(SPECIES);
        for (int j = from; j < to; j += LINE) {
            long b = (long) j * Float.BYTES;
            FloatVector c = FloatVector.fromArray(SPECIES, cue, j);
            q0 = q0.add(load(stripes, at0 + b).mul(c));
            q1 = q1.add(load(stripes, at1 + b).mul(c));
            q2 = q2.add(load(stripes, at2 + b).mul(c));
            q3 = q3.add(load(stripes, at3 + b).mul(c));
            q4 = q4.add(load(stripes, at4 + b).mul(c));
            q5 = q5.add(load(stripes, at5 + b).mul(c));
            q6 = q6.add(load(stripes, at6 + b).mul(c));
            q7 = q7.add(load(stripes, at7 + b).mul(c));
        }
        q0.intoArray(lanes, lane);
        q1.intoArray(lanes, 1 * LANES + lane);
        q2.intoArray(lanes, 2 * LANES + lane);
        q3.intoArray(lanes, 3 * LANES + lane);
        q4.intoArray(lanes, 4 * LANES + lane);
        q5.intoArray(lanes, 5 * LANES + lane);
        q6.intoArray(lanes, 6 * LANES + lane);
        q7.intoArray(lanes, 7 * LANES + lane);
    }

    /** As {@link ResponseKernel#sum}, whole vectors at a time while there are any. */
    private static float sum(float[] lanes, int from) {
        int left = LANES;
        for (; left > WIDTH; left /= 2) {
            int half = left / 2;
            for (int l = from; l < from + half; l += WIDTH) {
                FloatVector.fromArray(SPECIES, lanes, l)
                        .add(FloatVector.fromArray(SPECIES, lanes, l + half))
                        .intoArray(lanes, l);
            }
        }
        return ResponseKernel.sum(lanes, from, left);
    }

    private static FloatVector load(MemorySegment stripes, long at) {
        return FloatVector.fromMemorySegment(SPECIES, stripes, at, ORDER);
    }
}
