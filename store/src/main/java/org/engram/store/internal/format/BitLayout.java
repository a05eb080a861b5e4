package org.engram.store.internal.format;

import java.util.Arrays;
import org.engram.store.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * The order of a neuron's bits, one a pixel, in {@code sketch.bits} and {@code plane.bits} and in a {@link PixelBits}.
 *
 * <pre>
 *   pixel             0    1    2   ...  B-1 | B   B+1  ...           row by row, R of them
 *   block             0    1    2   ...  B-1 | 0    1   ...           (pixel + shift) mod B; the shift is 0 here
 *   bit of the block  0    0    0   ...   0  | 1    1   ...           k = pixel / B
 *
 *   block             | bits 0-63 | bits 64-127 | ... | bits 448-511 |   8 little-endian longs
 *
 *   sketch.bits       | block 0 of neuron 0 | block 0 of neuron 1 | ...
 *   plane.bits        | blocks 1, 2, ... B-1 of neuron 0 | blocks 1, 2, ... B-1 of neuron 1 | ...
 *   in memory         | block 0 | block 1 | ... | block B-1 |            8 B longs
 * </pre>
 *
 * <p>A block is one cache line, and B is the least number of blocks that holds R bits, of 1 to 16,777,216 pixels; 27
 * for 116 x 116. The pixels of a block lie about B apart. If B and the width have no common divisor except 1, that
 * alone spreads them over all columns and rows. If their greatest common divisor is D, a block would have pixels of
 * every D-th column only. So bits k of all blocks are shifted by {@code 4493 floor(k D / width) mod D} blocks: by
 * another number when the columns repeat. Each block samples the whole picture evenly, and the first alone, the sketch,
 * already tells most patterns apart. Bits that no pixel uses are 0. With B = 1 the sketch is all and {@code plane.bits}
 * is empty.
 */
public final class BitLayout {

    public static final int BLOCK_BITS = 512;
    public static final int BLOCK_BYTES = BLOCK_BITS / Byte.SIZE;
    public static final int BLOCK_WORDS = BLOCK_BITS / Long.SIZE;
    public static final int SKETCH_BYTES = BLOCK_BYTES;

    /**
     * A prime above every width, so that D shifts in turn are all different. Among these it is one that keeps the pixels
     * of a block far from each other, also along diagonals: at 64 x 64, no two are closer than (2, 2).
     */
    private static final int TURN = 4493;

    /** The last result; the next request is nearly always for the same geometry. */
    private static volatile BitLayout last = new BitLayout(Geometry.PAPER);

    private final int width;
    private final int pixels;
    private final int blocks;
    /** This many bits, from a multiple of it on, are shifted alike. */
    private final int alike;
    /** The shift of each bit of a block; null where no bit is shifted. */
    private final short @Nullable [] shifts;

    private BitLayout(Geometry geometry) {
        this.width = geometry.width();
        this.pixels = geometry.pixels();
        this.blocks = Math.ceilDiv(pixels, BLOCK_BITS);
        int columns = commonDivisor(blocks, width);
        this.alike = columns == 1 ? BLOCK_BITS : width / columns;
        this.shifts = columns == 1 ? null : shifts(columns, alike);
    }

    private static short[] shifts(int columns, int alike) {
        short[] shifts = new short[BLOCK_BITS];
        int shift = 0;
        for (int bit = 0; bit < BLOCK_BITS; bit += alike) {
            Arrays.fill(shifts, bit, Math.min(bit + alike, BLOCK_BITS), (short) shift);
            shift = (shift + TURN) % columns;
        }
        return shifts;
    }

    public static BitLayout of(Geometry geometry) {
        BitLayout known = last;
        if (known.width != geometry.width() || known.pixels != geometry.pixels()) {
            known = new BitLayout(geometry);
            last = known;
        }
        return known;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** R, the number of pixels. */
    public int pixels() {
        return pixels;
    }

    /** B, the number of blocks of a neuron. */
    public int blocks() {
        return blocks;
    }

    /** The bytes of one neuron in {@code plane.bits}; 0 when the sketch is all. */
    int planesBytes() {
        return (blocks - 1) * BLOCK_BYTES;
    }

    /** Longs of all blocks in memory. */
    public int words() {
        return blocks * BLOCK_WORDS;
    }

    /** Whether any bit is shifted. None is if B and the width have no common divisor except 1. */
    boolean isShifting() {
        return shifts != null;
    }

    /** The number of blocks by which bits {@code bit} of all blocks are shifted, 0 to B - 1. */
    int shift(int bit) {
        return shifts == null ? 0 : shifts[bit];
    }

    /** How many bits, from this one on, are surely shifted alike. */
    int shiftedAlike(int bit) {
        return alike - bit % alike;
    }

    int blockOf(int pixel) {
        return (pixel + shift(bitOf(pixel))) % blocks;
    }

    int bitOf(int pixel) {
        return pixel / blocks;
    }

    /** How many bits of a block are pixels; they are its first bits. */
    int bitsOfBlock(int block) {
        int whole = pixels / blocks;
        int more = pixels % blocks;
        return more > 0 && Math.floorMod(block - shift(whole), blocks) < more ? whole + 1 : whole;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitLayout that && width == that.width && pixels == that.pixels;
    }

    @Override
    public int hashCode() {
        return 31 * pixels + width;
    }

    @Override
    public String toString() {
        return "%s pixels of rows of %s in %s blocks".formatted(pixels, width, blocks);
    }
}
