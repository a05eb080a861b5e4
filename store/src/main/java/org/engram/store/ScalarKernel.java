package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

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
        for (int i = 0; i < count; i++) {
            long stripe = offset + (long) i * cue.length * Float.BYTES;
            Arrays.fill(lanes, 0);
            for (int j = 0; j < cue.length; j++) {
                lanes[j % LANES] += stripes.get(LITTLE_ENDIAN_FLOAT, stripe + (long) j * Float.BYTES) * cue[j];
            }
            responses[first + i] = sum(lanes, 0);
        }
    }

    /** The same dot product of two arrays, for learning. */
    static float respond(float[] v, float[] y) {
        float[] lanes = new float[LANES];
        for (int j = 0; j < v.length; j++) {
            lanes[j % LANES] += v[j] * y[j];
        }
        return sum(lanes, 0);
    }

    /** Adds up 64 lanes in the fixed order, halving their number each time. */
    static float sum(float[] lanes, int from) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int l = from; l < from + half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        return lanes[from];
    }
}
