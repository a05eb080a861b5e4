package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The kernel in plain Java: what the vector kernel has to agree with, and what serves without it. */
final class ScalarKernel implements ResponseKernel {

    static final ValueLayout.OfFloat LITTLE_ENDIAN_FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void respond(MemorySegment stripes, long offset, float[] cue, int count, float[] responses, int first) {
        float[] lanes = new float[LANES];
        long stripeBytes = (long) cue.length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            responses[first + i] = respond(stripes, offset + i * stripeBytes, cue, lanes);
        }
    }

    /** The same for two arrays, for learning. */
    static float respond(float[] v, float[] y) {
        return respond(MemorySegment.ofArray(v), 0, y, new float[LANES]);
    }

    private static float respond(MemorySegment stripes, long stripe, float[] cue, float[] lanes) {
        int quarter = ResponseKernel.quarter(cue.length);
        for (int lane = 0; lane < LANES; lane += 4) {
            int from = lane / LINE * quarter;
            fourLanes(stripes, stripe, cue, from + lane % LINE, Math.min(from + quarter, cue.length), lanes, lane);
        }
        return ResponseKernel.sum(lanes, 0, LANES);
    }

    /** Four sums at a time: one alone would wait for each addition to end. */
    private static void fourLanes(
            MemorySegment stripes, long stripe, float[] cue, int from, int to, float[] lanes, int lane) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int j = from; j < to; j += LINE) {
            a += weight(stripes, stripe, j) * cue[j];
            b += weight(stripes, stripe, j + 1) * cue[j + 1];
            c += weight(stripes, stripe, j + 2) * cue[j + 2];
            d += weight(stripes, stripe, j + 3) * cue[j + 3];
        }
        lanes[lane] = a;
        lanes[lane + 1] = b;
        lanes[lane + 2] = c;
        lanes[lane + 3] = d;
    }

    private static float weight(MemorySegment stripes, long stripe, int j) {
        return stripes.get(LITTLE_ENDIAN_FLOAT, stripe + (long) j * Float.BYTES);
    }
}
