package org.engram.store.internal.kernel;

import static org.engram.store.internal.kernel.ResponseKernel.LANES;
import static org.engram.store.internal.kernel.ResponseKernel.LINE;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;

/** The kernel in plain Java. The vector kernel must agree with it. It serves where the vector kernel cannot run. */
final class ScalarDistanceKernel implements DistanceKernel {

    @Override
    public String name() {
        return "scalar";
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
        for (int i = 0; i < count; i++) {
            long stripe = offset + (long) i * length * Float.BYTES;
            for (int lane = 0; lane < LANES; lane += 4) {
                int from = lane / LINE * quarter;
                fourLanes(stripes, stripe, shown, from + lane % LINE, Math.min(from + quarter, length), scratch, lane);
            }
            distances[first + i] = ResponseKernel.sum(scratch, 0, LANES);
        }
    }

    /** Keeps four sums at a time, because a single sum would wait for each addition to end. */
    private static void fourLanes(
            MemorySegment stripes, long stripe, ShownValues shown, int from, int to, MemorySegment lanes, int lane) {
        float[] values = shown.values();
        float[] minus = shown.minus();
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int j = from; j < to; j += LINE) {
            float t = Math.fma(weight(stripes, stripe, j), minus[j], values[j]);
            float u = Math.fma(weight(stripes, stripe, j + 1), minus[j + 1], values[j + 1]);
            float v = Math.fma(weight(stripes, stripe, j + 2), minus[j + 2], values[j + 2]);
            float w = Math.fma(weight(stripes, stripe, j + 3), minus[j + 3], values[j + 3]);
            a = Math.fma(t, t, a);
            b = Math.fma(u, u, b);
            c = Math.fma(v, v, c);
            d = Math.fma(w, w, d);
        }
        lanes.set(LittleEndian.FLOAT, lane * (long) Float.BYTES, a);
        lanes.set(LittleEndian.FLOAT, (lane + 1) * (long) Float.BYTES, b);
        lanes.set(LittleEndian.FLOAT, (lane + 2) * (long) Float.BYTES, c);
        lanes.set(LittleEndian.FLOAT, (lane + 3) * (long) Float.BYTES, d);
    }

    private static float weight(MemorySegment stripes, long stripe, int j) {
        return stripes.get(LittleEndian.FLOAT, stripe + (long) j * Float.BYTES);
    }
}
