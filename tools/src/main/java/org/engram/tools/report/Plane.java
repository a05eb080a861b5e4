package org.engram.tools.report;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/**
 * What a black and white neuron recognises by.
 *
 * @param white bit j for pixel j
 * @param gain its weight of a white pixel; 1 when it has none
 */
record Plane(BitSet white, float gain) {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Reads it from the weights v, which tell it under every learning rule. */
    static Plane of(PatternStore store, int neuron) {
        MemorySegment weights = store.vStripe(neuron);
        BitSet white = new BitSet(store.geometry().pixels());
        float gain = 1;
        for (int j = 0; j < store.geometry().pixels(); j++) {
            float weight = weights.get(FLOAT, (long) j * Float.BYTES);
            if (weight != 0) {
                white.set(j);
                gain = weight;
            }
        }
        return new Plane(white, gain);
    }

    Pattern pattern(Geometry geometry) {
        return Pattern.blackAndWhite(geometry, white);
    }
}
