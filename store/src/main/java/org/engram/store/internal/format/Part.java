package org.engram.store.internal.format;

import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Layout;

/** What a neuron has in the files of its store: one file a part, one stripe of fixed length in it a neuron. */
public enum Part {
    /** The weights that display, as floats. */
    W("w.stripes"),
    /** The weights that recognise, as floats. */
    V("v.stripes"),
    /** The sketch: a sample of the pixels, one bit each. */
    SKETCH("sketch.bits"),
    /** The planes: the other pixels, one bit each. */
    PLANES("plane.bits");

    public final String fileName;

    Part(String fileName) {
        this.fileName = fileName;
    }

    public boolean isBits() {
        return this == SKETCH || this == PLANES;
    }

    /** What a neuron has in files, in the order in which an append writes it. */
    public static List<Part> of(Layout layout) {
        return switch (layout) {
            case FULL -> List.of(W, V, SKETCH, PLANES);
            case TIED -> List.of(W, SKETCH, PLANES);
            case PACKED -> List.of(SKETCH, PLANES);
        };
    }

    /** The size of a neuron in all files, in bytes. */
    public static long bytesPerNeuron(Layout layout, Geometry geometry) {
        return of(layout).stream().mapToLong(part -> part.stripeBytes(geometry)).sum();
    }

    /** Where the stripes stand in the file of this part; the chunks of the two files of bits hold the same neurons. */
    public StripeLayout stripes(Geometry geometry, long chunkTargetBytes) {
        long stripeBytes = stripeBytes(geometry);
        long widest = isBits() ? Math.max(BitLayout.SKETCH_BYTES, PLANES.stripeBytes(geometry)) : stripeBytes;
        return StripeLayout.of(stripeBytes, widest, isBits() ? BitLayout.SKETCH_BYTES : stripeBytes, chunkTargetBytes);
    }

    /** The length of a stripe; 0 for the planes of a picture that fits its sketch. */
    public long stripeBytes(Geometry geometry) {
        return switch (this) {
            case W, V -> (long) StripeLayout.paddedFloats(geometry) * Float.BYTES;
            case SKETCH -> BitLayout.SKETCH_BYTES;
            case PLANES -> BitLayout.of(geometry).planesBytes();
        };
    }
}
