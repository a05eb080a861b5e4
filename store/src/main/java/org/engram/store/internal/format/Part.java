package org.engram.store.internal.format;

import java.util.List;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Layout;

/** What a neuron has in the files of its store. Each part has a file, in which each neuron has a stripe of fixed length. */
public enum Part {
    /** The weights that display, as floats. */
    W("w.stripes"),
    /** The weights that recognise, as floats. */
    V("v.stripes"),
    /** The sketch: a sample of the pixels, one bit each. */
    SKETCH("sketch.bits"),
    /** The planes: the pixels of the other blocks, 1 to B - 1, one bit each. */
    PLANES("plane.bits"),
    /** Which pixels are known, one bit each, in a store with masks. */
    KNOWN("known.bits");

    public final String fileName;

    Part(String fileName) {
        this.fileName = fileName;
    }

    /** Whether a part is the bits of w. */
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

    /** The same in a store that may have masks. */
    public static List<Part> of(Layout layout, boolean masks) {
        return masks ? Stream.concat(of(layout).stream(), Stream.of(KNOWN)).toList() : of(layout);
    }

    /** The size of a neuron without a mask in all files, in bytes. */
    public static long bytesPerNeuron(Layout layout, Geometry geometry) {
        return bytesPerNeuron(layout, false, geometry);
    }

    /** The size of a neuron in all files, in bytes. */
    public static long bytesPerNeuron(Layout layout, boolean masks, Geometry geometry) {
        return of(layout, masks).stream()
                .mapToLong(part -> part.stripeBytes(geometry))
                .sum();
    }

    /** Where the stripes stand in the file of this part; the chunks of all files of bits hold the same neurons. */
    public StripeLayout stripes(Geometry geometry, long chunkTargetBytes) {
        long stripeBytes = stripeBytes(geometry);
        boolean bits = isBits() || this == KNOWN;
        long widest = bits ? Math.max(BitLayout.SKETCH_BYTES, PLANES.stripeBytes(geometry)) : stripeBytes;
        return StripeLayout.of(stripeBytes, widest, bits ? BitLayout.SKETCH_BYTES : stripeBytes, chunkTargetBytes);
    }

    /** The length of a stripe; 0 for the planes of a picture that fits its sketch. */
    public long stripeBytes(Geometry geometry) {
        return switch (this) {
            case W, V -> (long) StripeLayout.paddedFloats(geometry) * Float.BYTES;
            case SKETCH -> BitLayout.SKETCH_BYTES;
            case PLANES -> BitLayout.of(geometry).planesBytes();
            case KNOWN -> (long) BitLayout.of(geometry).words() * Long.BYTES;
        };
    }
}
