package org.engram.store;

/** What a neuron has in the files of its store: one file a part, one stripe of fixed length in it a neuron. */
enum Part {
    /** The weights that display, as floats. */
    W("w.stripes"),
    /** The weights that recognise, as floats. */
    V("v.stripes"),
    /** A sample of the weights at one bit each. */
    SKETCH("sketch.bits"),
    /** The other weights at one bit each. */
    PLANES("plane.bits");

    final String fileName;

    Part(String fileName) {
        this.fileName = fileName;
    }

    boolean isBits() {
        return this == SKETCH || this == PLANES;
    }

    /** The length of a stripe; 0 for the planes of a picture that fits its sketch. */
    long stripeBytes(Geometry geometry) {
        return switch (this) {
            case W, V -> (long) StripeLayout.paddedFloats(geometry) * Float.BYTES;
            case SKETCH -> BitLayout.SKETCH_BYTES;
            case PLANES -> BitLayout.of(geometry).planesBytes();
        };
    }
}
