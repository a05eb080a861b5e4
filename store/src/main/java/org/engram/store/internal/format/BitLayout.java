package org.engram.store.internal.format;

import org.engram.store.Geometry;

/**
 * The order of a neuron's bits, one a pixel, in {@code sketch.bits} and {@code plane.bits} and in a {@link BitPlane}.
 *
 * <pre>
 *   pixel             0    1    2   ...  B-1 | B   B+1  ...           row by row, R of them
 *   block             0    1    2   ...  B-1 | 0    1   ...           pixel mod B
 *   bit of the block  0    0    0   ...   0  | 1    1   ...           pixel / B
 *
 *   block             | bits 0-63 | bits 64-127 | ... | bits 448-511 |   8 little-endian longs
 *
 *   sketch.bits       | block 0 of neuron 0 | block 0 of neuron 1 | ...
 *   plane.bits        | blocks 1, 2, ... B-1 of neuron 0 | blocks 1, 2, ... B-1 of neuron 1 | ...
 *   in memory         | block 0 | block 1 | ... | block B-1 |            8 B longs
 * </pre>
 *
 * <p>A block is one cache line. Its pixels lie B apart, and B has no divisor in common with the width, so they are
 * spread over all columns and rows: each block samples the whole picture evenly, and the first alone, the sketch,
 * already tells most patterns apart. B is the least such number of blocks that holds R bits, of 1 to 16,777,216 pixels; 27 for
 * 116 x 116. Bits that no pixel uses are 0. With B = 1 the sketch is all and {@code plane.bits} is empty.
 */
public record BitLayout(int pixels, int blocks) {

    static final int BLOCK_BITS = 512;
    public static final int BLOCK_BYTES = BLOCK_BITS / Byte.SIZE;
    public static final int BLOCK_WORDS = BLOCK_BITS / Long.SIZE;
    public static final int SKETCH_BYTES = BLOCK_BYTES;

    /** The last result; the next request is nearly always for the same geometry. */
    private record Known(int width, int height, BitLayout layout) {

        static Known of(Geometry geometry) {
            return new Known(geometry.width(), geometry.height(), make(geometry));
        }
    }

    private static volatile Known last = Known.of(Geometry.PAPER);

    public static BitLayout of(Geometry geometry) {
        Known known = last;
        // The generated equals of a record is slow beside the work on a pattern.
        if (known.width != geometry.width() || known.height != geometry.height()) {
            known = Known.of(geometry);
            last = known;
        }
        return known.layout;
    }

    private static BitLayout make(Geometry geometry) {
        int blocks = Math.ceilDiv(geometry.pixels(), BLOCK_BITS);
        while (commonDivisor(blocks, geometry.width()) != 1) {
            blocks++;
        }
        return new BitLayout(geometry.pixels(), blocks);
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** Bytes of one neuron in {@code plane.bits}: 0 when the sketch is all. */
    int planesBytes() {
        return (blocks - 1) * BLOCK_BYTES;
    }

    /** Longs of all blocks in memory. */
    public int words() {
        return blocks * BLOCK_WORDS;
    }

    int blockOf(int pixel) {
        return pixel % blocks;
    }

    int bitOf(int pixel) {
        return pixel / blocks;
    }

    /** How many bits of a block are pixels; they are its first bits. */
    int bitsOfBlock(int block) {
        return pixels / blocks + (block < pixels % blocks ? 1 : 0);
    }
}
