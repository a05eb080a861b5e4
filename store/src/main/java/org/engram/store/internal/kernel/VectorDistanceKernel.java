package org.engram.store.internal.kernel;

import static org.engram.store.internal.kernel.ResponseKernel.LANES;
import static org.engram.store.internal.kernel.ResponseKernel.LINE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.engram.store.internal.format.LittleEndian;

/**
 * The kernel in the Vector API. As in {@link VectorKernel}, eight stripes are read side by side and share every load of
 * what is shown, so that the kernel runs at the speed of memory.
 */
final class VectorDistanceKernel implements DistanceKernel {

    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorKernel.bits()));
    private static final int WIDTH = SPECIES.length();
    /** The compiler keeps the sums of this many stripes in registers. */
    private static final int SIDE_BY_SIDE = 8;

    private static final ByteOrder ORDER = LittleEndian.ORDER;

    @Override
    public String name() {
        return VectorKernel.NAME;
    }

    @Override
    public void distances(
            MemorySegment stripes,
            long offset,
            ShownValues shown,
            int count,
            float[] distances,
            int first,
            MemorySegment scratch) {
        int length = shown.values().length;
        int quarter = ResponseKernel.quarter(length);
        for (int i = 0; i < count; i += SIDE_BY_SIDE) {
            int together = Math.min(SIDE_BY_SIDE, count - i);
            long at = offset + (long) i * length * Float.BYTES;
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                int from = lane / LINE * quarter;
                sweep(
                        stripes,
                        at,
                        together,
                        shown,
                        from + lane % LINE,
                        Math.min(from + quarter, length),
                        scratch,
                        lane);
            }
            for (int s = 0; s < together; s++) {
                distances[first + i + s] = VectorKernel.sum(scratch, (long) s * LANES * Float.BYTES);
            }
        }
    }

    /**
     * Fills lanes of up to eight stripes. With fewer, the last is read again for each that is missing. It calls only the
     * Vector API, as {@link VectorKernel} does where much is inlined.
     */
    private static void sweep(
            MemorySegment stripes,
            long at,
            int count,
            ShownValues shown,
            int from,
            int to,
            MemorySegment lanes,
            int lane) {
        float[] values = shown.values();
        float[] minus = shown.minus();
        long stripeBytes = (long) values.length * Float.BYTES;
        long at0 = at;
        long at1 = at + Math.min(1, count - 1) * stripeBytes;
        long at2 = at + Math.min(2, count - 1) * stripeBytes;
        long at3 = at + Math.min(3, count - 1) * stripeBytes;
        long at4 = at + Math.min(4, count - 1) * stripeBytes;
        long at5 = at + Math.min(5, count - 1) * stripeBytes;
        long at6 = at + Math.min(6, count - 1) * stripeBytes;
        long at7 = at + Math.min(7, count - 1) * stripeBytes;
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        FloatVector d2 = FloatVector.zero(SPECIES);
        FloatVector d3 = FloatVector.zero(SPECIES);
        FloatVector d4 = FloatVector.zero(SPECIES);
        FloatVector d5 = FloatVector.zero(SPECIES);
        FloatVector d6 = FloatVector.zero(SPECIES);
        FloatVector d7 = FloatVector.zero(SPECIES);
        for (int j = from; j < to; j += LINE) {
            long b = (long) j * Float.BYTES;
            FloatVector y = FloatVector.fromArray(SPECIES, values, j);
            FloatVector m = FloatVector.fromArray(SPECIES, minus, j);
            FloatVector t0 = FloatVector.fromMemorySegment(SPECIES, stripes, at0 + b, ORDER)
                    .fma(m, y);
            d0 = t0.fma(t0, d0);
            FloatVector t1 = FloatVector.fromMemorySegment(SPECIES, stripes, at1 + b, ORDER)
                    .fma(m, y);
            d1 = t1.fma(t1, d1);
            FloatVector t2 = FloatVector.fromMemorySegment(SPECIES, stripes, at2 + b, ORDER)
                    .fma(m, y);
            d2 = t2.fma(t2, d2);
            FloatVector t3 = FloatVector.fromMemorySegment(SPECIES, stripes, at3 + b, ORDER)
                    .fma(m, y);
            d3 = t3.fma(t3, d3);
            FloatVector t4 = FloatVector.fromMemorySegment(SPECIES, stripes, at4 + b, ORDER)
                    .fma(m, y);
            d4 = t4.fma(t4, d4);
            FloatVector t5 = FloatVector.fromMemorySegment(SPECIES, stripes, at5 + b, ORDER)
                    .fma(m, y);
            d5 = t5.fma(t5, d5);
            FloatVector t6 = FloatVector.fromMemorySegment(SPECIES, stripes, at6 + b, ORDER)
                    .fma(m, y);
            d6 = t6.fma(t6, d6);
            FloatVector t7 = FloatVector.fromMemorySegment(SPECIES, stripes, at7 + b, ORDER)
                    .fma(m, y);
            d7 = t7.fma(t7, d7);
        }
        d0.intoMemorySegment(lanes, (0 * LANES + lane) * (long) Float.BYTES, ORDER);
        d1.intoMemorySegment(lanes, (1 * LANES + lane) * (long) Float.BYTES, ORDER);
        d2.intoMemorySegment(lanes, (2 * LANES + lane) * (long) Float.BYTES, ORDER);
        d3.intoMemorySegment(lanes, (3 * LANES + lane) * (long) Float.BYTES, ORDER);
        d4.intoMemorySegment(lanes, (4 * LANES + lane) * (long) Float.BYTES, ORDER);
        d5.intoMemorySegment(lanes, (5 * LANES + lane) * (long) Float.BYTES, ORDER);
        d6.intoMemorySegment(lanes, (6 * LANES + lane) * (long) Float.BYTES, ORDER);
        d7.intoMemorySegment(lanes, (7 * LANES + lane) * (long) Float.BYTES, ORDER);
    }
}
