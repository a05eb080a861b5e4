package org.engram.store.internal.format;

import org.engram.store.Geometry;

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
public record StripeLayout(long stripeBytes, int stripesPerChunk) {

    public static final int ALIGNMENT_BYTES = 64;
    public static final long CHUNK_TARGET_BYTES = 16L << 20;
    /**
     * Chunks grow longer once a file has more than about this many. A process may have 65,530 mappings on Linux, and a
     * store has five files.
     */
    private static final long CHUNKS_OF_A_FILE = 1024;
    /** Chunks do not grow beyond this, since the last chunk is a copy in memory where a mapping ends with its file. */
    private static final long CHUNK_MOST_BYTES = 1L << 30;
    /** The largest page that a chunk has to begin on, on any platform that Engram maps on. */
    private static final long CHUNK_ALIGNMENT_BYTES = 64L << 10;

    /**
     * Divides a file into chunks that begin on a page. Files that share chunks hold the same neurons in each. Chunks of
     * the widest stripe have about the target size; {@code narrowest} is the shortest stripe that is not empty. All are
     * in bytes.
     */
    static StripeLayout of(long stripeBytes, long widest, long narrowest, long chunkTargetBytes) {
        long nearTarget = Long.highestOneBit(Math.max(1, chunkTargetBytes / widest));
        long pageAligned = Math.max(1, CHUNK_ALIGNMENT_BYTES / Long.lowestOneBit(narrowest));
        return new StripeLayout(stripeBytes, Math.toIntExact(Math.max(nearTarget, pageAligned)));
    }

    /**
     * How many bytes a chunk is to have in a store whose longest file has this length: more than asked for if the file
     * is long.
     */
    public static long chunkTarget(long chunkBytes, long longestFile) {
        long few = Math.min(CHUNK_MOST_BYTES, Long.highestOneBit(longestFile / CHUNKS_OF_A_FILE));
        return Math.max(chunkBytes, few);
    }

    /** R rounded up so that the next stripe begins on a cache line. */
    public static int paddedFloats(Geometry geometry) {
        int floatsPerLine = ALIGNMENT_BYTES / Float.BYTES;
        return Math.ceilDiv(geometry.pixels(), floatsPerLine) * floatsPerLine;
    }

    public long chunkBytes() {
        return stripesPerChunk * stripeBytes;
    }

    public int chunkOf(int neuron) {
        return neuron / stripesPerChunk;
    }

    public long offsetInChunk(int neuron) {
        return (neuron % stripesPerChunk) * stripeBytes;
    }

    public long offsetInFile(int neuron) {
        return neuron * stripeBytes;
    }
}
