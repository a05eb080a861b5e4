package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.engram.store.internal.format.LittleEndian;

/**
 * The kernel in the Vector API. Eight stripes are read side by side and share every load of the cue. This keeps enough
 * reads in progress for the kernel to run at the speed of memory. Vectors narrower than a line of 16 floats go over it
 * in several sweeps.
 *
 * <p>The processor limits the speed of a batch. Four stripes and four cues make 16 sums from 8 loads. For that, a slice
 * of all cues is copied to scratch memory, and then the same slice of four stripes at a time. The lines are copied in
 * the order in which they are read. Scratch memory is aligned and has a single address. Arrays on the heap are not
 * aligned.
 */
final class VectorKernel implements ResponseKernel {

    private static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, VectorShape.forBitSize(bits()));
    private static final int WIDTH = SPECIES.length();
    private static final int VECTOR_BYTES = SPECIES.vectorByteSize();
    /** The compiler keeps the sums of this many stripes in registers. */
    private static final int SIDE_BY_SIDE = 8;

    private static final int LINE_BYTES = LINE * Float.BYTES;
    /** The size of the 64 lanes of one stripe and one cue. */
    private static final int LANE_BYTES = LANES * Float.BYTES;

    private static final ByteOrder ORDER = LittleEndian.ORDER;

    /** What all vector kernels of this JVM are called. */
    static final String NAME = "vector-%sx%s".formatted(bits(), ReadingOrder.places());

    /** The width of the vectors that the kernels of this JVM use. */
    static int bits() {
        int forced = ForcedKernel.bits();
        return forced > 0 ? forced : widestBits();
    }

    /** The widest vectors of this machine that the kernel can use. Vectors below 128 bits are not worth using. */
    static int widestBits() {
        return Math.min(512, Integer.highestOneBit(FloatVector.SPECIES_PREFERRED.vectorBitSize()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void respond(
            MemorySegment stripes,
            long offset,
            float[] cue,
            int count,
            float[] responses,
            int first,
            MemorySegment scratch) {
        for (int i = 0; i < count; i += SIDE_BY_SIDE) {
            int together = Math.min(SIDE_BY_SIDE, count - i);
            eightStripes(stripes, offset + (long) i * cue.length * Float.BYTES, together, cue, scratch);
            for (int s = 0; s < together; s++) {
                responses[first + i + s] = sum(scratch, (long) s * LANES * Float.BYTES);
            }
        }
    }

    /** Fills the 64 lanes of up to eight stripes. With fewer, the last is read again for each that is missing. */
    private static void eightStripes(MemorySegment stripes, long at, int count, float[] cue, MemorySegment lanes) {
        int quarter = ResponseKernel.quarter(cue.length);
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            int from = lane / LINE * quarter;
            sweep(stripes, at, count, cue, from + lane % LINE, Math.min(from + quarter, cue.length), lanes, lane);
        }
    }

    private static void sweep(
            MemorySegment stripes, long at, int count, float[] cue, int from, int to, MemorySegment lanes, int lane) {
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
            q0 = load(stripes, at0 + b).fma(c, q0);
            q1 = load(stripes, at1 + b).fma(c, q1);
            q2 = load(stripes, at2 + b).fma(c, q2);
            q3 = load(stripes, at3 + b).fma(c, q3);
            q4 = load(stripes, at4 + b).fma(c, q4);
            q5 = load(stripes, at5 + b).fma(c, q5);
            q6 = load(stripes, at6 + b).fma(c, q6);
            q7 = load(stripes, at7 + b).fma(c, q7);
        }
        q0.intoMemorySegment(lanes, lane * (long) Float.BYTES, ORDER);
        q1.intoMemorySegment(lanes, (1 * LANES + lane) * (long) Float.BYTES, ORDER);
        q2.intoMemorySegment(lanes, (2 * LANES + lane) * (long) Float.BYTES, ORDER);
        q3.intoMemorySegment(lanes, (3 * LANES + lane) * (long) Float.BYTES, ORDER);
        q4.intoMemorySegment(lanes, (4 * LANES + lane) * (long) Float.BYTES, ORDER);
        q5.intoMemorySegment(lanes, (5 * LANES + lane) * (long) Float.BYTES, ORDER);
        q6.intoMemorySegment(lanes, (6 * LANES + lane) * (long) Float.BYTES, ORDER);
        q7.intoMemorySegment(lanes, (7 * LANES + lane) * (long) Float.BYTES, ORDER);
    }

    @Override
    public void respond(
            MemorySegment stripes,
            long offset,
            float[][] cues,
            int cueCount,
            int count,
            float[][] responses,
            int first,
            MemorySegment scratch) {
        int paddedCues = Math.ceilDiv(cueCount, CUE_TILE) * CUE_TILE;
        for (int i = 0; i < count; i += STRIPES) {
            int together = Math.min(STRIPES, count - i);
            addSlices(stripes, offset + (long) i * cues[0].length * Float.BYTES, together, cues, cueCount, scratch);
            for (int s = 0; s < together; s++) {
                for (int c = 0; c < cueCount; c++) {
                    long lanes = ((long) s * paddedCues + c) * LANES * Float.BYTES;
                    responses[c][first + i + s] = sum(scratch, lanes);
                }
            }
        }
    }

    /**
     * Fills the 64 lanes of each of up to {@link #STRIPES} stripes and each cue. The lanes come first in the scratch
     * memory. In a tile that is not full, the last stripe or cue takes the place of each that is missing. Nobody reads
     * its lanes.
     */
    private static void addSlices(
            MemorySegment stripes, long at, int count, float[][] cues, int cueCount, MemorySegment scratch) {
        int length = cues[0].length;
        int paddedCues = Math.ceilDiv(cueCount, CUE_TILE) * CUE_TILE;
        int paddedStripes = Math.ceilDiv(count, STRIPE_TILE) * STRIPE_TILE;
        long stripeLanes = (long) paddedCues * LANES * Float.BYTES;
        long cuesAt = STRIPES * stripeLanes;
        long stripesAt = cuesAt + (long) paddedCues * SLICE * Float.BYTES;
        clear(scratch, paddedStripes * stripeLanes);
        int quarter = ResponseKernel.quarter(length);
        for (int lane = 0; lane < LANES; lane += LINE) {
            int end = Math.min((lane / LINE + 1) * quarter, length);
            for (int from = lane / LINE * quarter; from < end; from += SLICE) {
                int floats = Math.min(SLICE, end - from);
                for (int c = 0; c < cueCount; c += CUE_TILE) {
                    copyCues(cues, c, cueCount - 1, from, floats, scratch, cuesAt + (long) c * floats * Float.BYTES);
                }
                for (int s = 0; s < count; s += STRIPE_TILE) {
                    copyStripes(
                            stripes, at + (long) from * Float.BYTES, length, s, count - 1, floats, scratch, stripesAt);
                    for (int c = 0; c < cueCount; c += CUE_TILE) {
                        long cueAt = cuesAt + (long) c * floats * Float.BYTES;
                        long lanes = s * stripeLanes + ((long) c * LANES + lane) * Float.BYTES;
                        for (int l = 0; l < LINE_BYTES; l += VECTOR_BYTES) {
                            tile(scratch, stripesAt + l, cueAt + l, floats, lanes + l, stripeLanes);
                        }
                    }
                }
            }
        }
    }

    private static void clear(MemorySegment scratch, long bytes) {
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.zero(SPECIES).intoMemorySegment(scratch, at, ORDER);
        }
    }

    /** Copies the slices of four cues, so that the same line of all four stands side by side. */
    private static void copyCues(
            float[][] cues, int cue, int last, int from, int floats, MemorySegment scratch, long to) {
        float[] cue0 = cues[cue];
        float[] cue1 = cues[Math.min(cue + 1, last)];
        float[] cue2 = cues[Math.min(cue + 2, last)];
        float[] cue3 = cues[Math.min(cue + 3, last)];
        for (int l = 0; l < LINE; l += WIDTH) {
            for (int j = 0; j < floats; j += LINE) {
                long line = to + ((long) j * CUE_TILE + l) * Float.BYTES;
                FloatVector.fromArray(SPECIES, cue0, from + j + l).intoMemorySegment(scratch, line, ORDER);
                FloatVector.fromArray(SPECIES, cue1, from + j + l)
                        .intoMemorySegment(scratch, line + 1 * LINE_BYTES, ORDER);
                FloatVector.fromArray(SPECIES, cue2, from + j + l)
                        .intoMemorySegment(scratch, line + 2 * LINE_BYTES, ORDER);
                FloatVector.fromArray(SPECIES, cue3, from + j + l)
                        .intoMemorySegment(scratch, line + 3 * LINE_BYTES, ORDER);
            }
        }
    }

    /** Copies the slices of four stripes, so that the same line of all four stands side by side. */
    private static void copyStripes(
            MemorySegment stripes,
            long at,
            int length,
            int stripe,
            int last,
            int floats,
            MemorySegment scratch,
            long to) {
        long stripeBytes = (long) length * Float.BYTES;
        long at0 = at + stripe * stripeBytes;
        long at1 = at + Math.min(stripe + 1, last) * stripeBytes;
        long at2 = at + Math.min(stripe + 2, last) * stripeBytes;
        long at3 = at + Math.min(stripe + 3, last) * stripeBytes;
        for (int l = 0; l < LINE; l += WIDTH) {
            for (int j = 0; j < floats; j += LINE) {
                long b = (long) (j + l) * Float.BYTES;
                long line = to + ((long) j * STRIPE_TILE + l) * Float.BYTES;
                load(stripes, at0 + b).intoMemorySegment(scratch, line, ORDER);
                load(stripes, at1 + b).intoMemorySegment(scratch, line + 1 * LINE_BYTES, ORDER);
                load(stripes, at2 + b).intoMemorySegment(scratch, line + 2 * LINE_BYTES, ORDER);
                load(stripes, at3 + b).intoMemorySegment(scratch, line + 3 * LINE_BYTES, ORDER);
            }
        }
    }

    /**
     * Continues the sums of four stripes and four cues. It calls only the Vector API. The compiler inlines no helpers
     * into a method of this size, and a vector that is not inlined is an object on the heap.
     */
    private static void tile(
            MemorySegment scratch, long stripesAt, long cuesAt, int floats, long lanes, long stripeLanes) {
        FloatVector q00 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes, ORDER);
        FloatVector q01 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 1 * LANE_BYTES, ORDER);
        FloatVector q02 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 2 * LANE_BYTES, ORDER);
        FloatVector q03 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 3 * LANE_BYTES, ORDER);
        FloatVector q10 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 1 * stripeLanes, ORDER);
        FloatVector q11 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 1 * stripeLanes + 1 * LANE_BYTES, ORDER);
        FloatVector q12 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 1 * stripeLanes + 2 * LANE_BYTES, ORDER);
        FloatVector q13 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 1 * stripeLanes + 3 * LANE_BYTES, ORDER);
        FloatVector q20 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 2 * stripeLanes, ORDER);
        FloatVector q21 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 2 * stripeLanes + 1 * LANE_BYTES, ORDER);
        FloatVector q22 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 2 * stripeLanes + 2 * LANE_BYTES, ORDER);
        FloatVector q23 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 2 * stripeLanes + 3 * LANE_BYTES, ORDER);
        FloatVector q30 = FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 3 * stripeLanes, ORDER);
        FloatVector q31 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 3 * stripeLanes + 1 * LANE_BYTES, ORDER);
        FloatVector q32 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 3 * stripeLanes + 2 * LANE_BYTES, ORDER);
        FloatVector q33 =
                FloatVector.fromMemorySegment(SPECIES, scratch, lanes + 3 * stripeLanes + 3 * LANE_BYTES, ORDER);
        // The compiler does not know that a slice is short, and prepares for a long one by loops around this one.
        int end = Math.min(floats, SLICE);
        for (int j = 0; j < end; j += LINE) {
            long v = stripesAt + (long) j * STRIPE_TILE * Float.BYTES;
            long cue = cuesAt + (long) j * CUE_TILE * Float.BYTES;
            FloatVector c0 = FloatVector.fromMemorySegment(SPECIES, scratch, cue, ORDER);
            FloatVector c1 = FloatVector.fromMemorySegment(SPECIES, scratch, cue + 1 * LINE_BYTES, ORDER);
            FloatVector c2 = FloatVector.fromMemorySegment(SPECIES, scratch, cue + 2 * LINE_BYTES, ORDER);
            FloatVector c3 = FloatVector.fromMemorySegment(SPECIES, scratch, cue + 3 * LINE_BYTES, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, scratch, v, ORDER);
            q00 = v0.fma(c0, q00);
            q01 = v0.fma(c1, q01);
            q02 = v0.fma(c2, q02);
            q03 = v0.fma(c3, q03);
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, scratch, v + 1 * LINE_BYTES, ORDER);
            q10 = v1.fma(c0, q10);
            q11 = v1.fma(c1, q11);
            q12 = v1.fma(c2, q12);
            q13 = v1.fma(c3, q13);
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, scratch, v + 2 * LINE_BYTES, ORDER);
            q20 = v2.fma(c0, q20);
            q21 = v2.fma(c1, q21);
            q22 = v2.fma(c2, q22);
            q23 = v2.fma(c3, q23);
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, scratch, v + 3 * LINE_BYTES, ORDER);
            q30 = v3.fma(c0, q30);
            q31 = v3.fma(c1, q31);
            q32 = v3.fma(c2, q32);
            q33 = v3.fma(c3, q33);
        }
        q00.intoMemorySegment(scratch, lanes, ORDER);
        q01.intoMemorySegment(scratch, lanes + 1 * LANE_BYTES, ORDER);
        q02.intoMemorySegment(scratch, lanes + 2 * LANE_BYTES, ORDER);
        q03.intoMemorySegment(scratch, lanes + 3 * LANE_BYTES, ORDER);
        q10.intoMemorySegment(scratch, lanes + 1 * stripeLanes, ORDER);
        q11.intoMemorySegment(scratch, lanes + 1 * stripeLanes + 1 * LANE_BYTES, ORDER);
        q12.intoMemorySegment(scratch, lanes + 1 * stripeLanes + 2 * LANE_BYTES, ORDER);
        q13.intoMemorySegment(scratch, lanes + 1 * stripeLanes + 3 * LANE_BYTES, ORDER);
        q20.intoMemorySegment(scratch, lanes + 2 * stripeLanes, ORDER);
        q21.intoMemorySegment(scratch, lanes + 2 * stripeLanes + 1 * LANE_BYTES, ORDER);
        q22.intoMemorySegment(scratch, lanes + 2 * stripeLanes + 2 * LANE_BYTES, ORDER);
        q23.intoMemorySegment(scratch, lanes + 2 * stripeLanes + 3 * LANE_BYTES, ORDER);
        q30.intoMemorySegment(scratch, lanes + 3 * stripeLanes, ORDER);
        q31.intoMemorySegment(scratch, lanes + 3 * stripeLanes + 1 * LANE_BYTES, ORDER);
        q32.intoMemorySegment(scratch, lanes + 3 * stripeLanes + 2 * LANE_BYTES, ORDER);
        q33.intoMemorySegment(scratch, lanes + 3 * stripeLanes + 3 * LANE_BYTES, ORDER);
    }

    /** Adds as {@link ResponseKernel#sum} does, with the widest vectors that there are lanes for. */
    static float sum(MemorySegment lanes, long at) {
        for (int half = LANES / 2; half >= WIDTH; half /= 2) {
            long halfBytes = (long) half * Float.BYTES;
            for (long l = at; l < at + halfBytes; l += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, lanes, l, ORDER)
                        .add(FloatVector.fromMemorySegment(SPECIES, lanes, l + halfBytes, ORDER))
                        .intoMemorySegment(lanes, l, ORDER);
            }
        }
        if (WIDTH > 8) {
            FloatVector.fromMemorySegment(FloatVector.SPECIES_256, lanes, at, ORDER)
                    .add(FloatVector.fromMemorySegment(FloatVector.SPECIES_256, lanes, at + 32, ORDER))
                    .intoMemorySegment(lanes, at, ORDER);
        }
        if (WIDTH > 4) {
            FloatVector.fromMemorySegment(FloatVector.SPECIES_128, lanes, at, ORDER)
                    .add(FloatVector.fromMemorySegment(FloatVector.SPECIES_128, lanes, at + 16, ORDER))
                    .intoMemorySegment(lanes, at, ORDER);
        }
        return ResponseKernel.sum(lanes, at, 4);
    }

    private static FloatVector load(MemorySegment stripes, long at) {
        return FloatVector.fromMemorySegment(SPECIES, stripes, at, ORDER);
    }
}
