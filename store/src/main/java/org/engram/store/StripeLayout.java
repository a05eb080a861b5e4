package org.engram.store;

/**
 * Where a neuron's stripe stands in the file of a part.
 *
 * <pre>
 *   |<------------------- chunk: a power of two of stripes, mapped as one ------------------->|
 *   | stripe 0            | stripe 1            | ...                                         |
 *   | R floats | zeros    | R floats | zeros    |   each stripe a multiple of 64 bytes        |
 * </pre>
 *
 * The chunks of {@code sketch.bits} and {@code plane.bits} hold the same neurons.
 */
record StripeLayout(long stripeBytes, int stripesPerChunk) {

    static final int ALIGNMENT_BYTES = 64;
    static final long CHUNK_TARGET_BYTES = 64L << 20;
    /** The largest page that a chunk has to begin on, on any platform that Engram maps on. */
    private static final long CHUNK_ALIGNMENT_BYTES = 64L << 10;

    static StripeLayout of(Part part, Geometry geometry, long chunkTargetBytes) {
        long stripeBytes = part.stripeBytes(geometry);
        long widest = part.isBits() ? Math.max(BitLayout.SKETCH_BYTES, Part.PLANES.stripeBytes(geometry)) : stripeBytes;
        long narrowest = part.isBits() ? BitLayout.SKETCH_BYTES : stripeBytes;
        long nearTarget = Long.highestOneBit(Math.max(1, chunkTargetBytes / widest));
        long pageAligned = Math.max(1, CHUNK_ALIGNMENT_BYTES / Long.lowestOneBit(narrowest));
        return new StripeLayout(stripeBytes, Math.toIntExact(Math.max(nearTarget, pageAligned)));
    }

    /** R rounded up so that the next stripe begins on a cache line. */
    static int paddedFloats(Geometry geometry) {
        int floatsPerLine = ALIGNMENT_BYTES / Float.BYTES;
        return Math.ceilDiv(geometry.pixels(), floatsPerLine) * floatsPerLine;
    }

    long chunkBytes() {
        return stripesPerChunk * stripeBytes;
    }

    int chunkOf(int neuron) {
        return neuron / stripesPerChunk;
    }

    long offsetInChunk(int neuron) {
        return (neuron % stripesPerChunk) * stripeBytes;
    }

    long offsetInFile(int neuron) {
        return neuron * stripeBytes;
    }
}
