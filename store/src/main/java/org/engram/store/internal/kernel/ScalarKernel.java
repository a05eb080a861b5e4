package org.engram.store.internal.kernel;

import java.lang.foreign.MemorySegment;
import org.engram.store.internal.format.LittleEndian;

/** The kernel in plain Java. The vector kernel must agree with it. It serves where the vector kernel cannot run. */
public final class ScalarKernel implements ResponseKernel {

    @Override
    public String name() {
        return "scalar";
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
        long stripeBytes = (long) cue.length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            responses[first + i] = respond(stripes, offset + i * stripeBytes, cue, scratch);
        }
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
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < cueCount; c++) {
                long stripe = offset + (long) i * cues[c].length * Float.BYTES;
                responses[c][first + i] = respond(stripes, stripe, cues[c], scratch);
            }
        }
    }

    /** The response of one stripe in an array. Learning uses it. */
    public static float respond(float[] v, float[] y) {
        return respond(MemorySegment.ofArray(v), 0, y, MemorySegment.ofArray(new float[LANES]));
    }

    private static float respond(MemorySegment stripes, long stripe, float[] cue, MemorySegment lanes) {
        int quarter = ResponseKernel.quarter(cue.length);
        for (int lane = 0; lane < LANES; lane += 4) {
            int from = lane / LINE * quarter;
            fourLanes(stripes, stripe, cue, from + lane % LINE, Math.min(from + quarter, cue.length), lanes, lane);
        }
        return ResponseKernel.sum(lanes, 0, LANES);
    }

    /** Keeps four sums at a time, because a single sum would wait for each addition to end. */
    private static void fourLanes(
            MemorySegment stripes, long stripe, float[] cue, int from, int to, MemorySegment lanes, int lane) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int j = from; j < to; j += LINE) {
            a = Math.fma(weight(stripes, stripe, j), cue[j], a);
            b = Math.fma(weight(stripes, stripe, j + 1), cue[j + 1], b);
            c = Math.fma(weight(stripes, stripe, j + 2), cue[j + 2], c);
            d = Math.fma(weight(stripes, stripe, j + 3), cue[j + 3], d);
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
