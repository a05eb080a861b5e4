package org.engram.store.internal.format;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Brings the bits of a picture from row by row into the order of {@link BitLayout}, several times faster than bit by bit.
 *
 * <p>Bit k of blocks 0 to B - 1 is a run of B pixels, turned by the shift, so the picture is a matrix of bits with a row
 * for every k and a column for every block, and the blocks are its columns. It is transposed in tiles of 32 blocks and 512 bits. A tile is
 * {@value BitLayout#BLOCK_WORDS} squares of 64 bits by 32 blocks side by side, so that one instruction can work on all
 * of them: entry {@code 8 k + s} holds bits k (low half) and k + 32 (high half) of square s, 32 blocks each, and when
 * both halves are transposed it is word s of block k.
 */
final class BitTransposition {

    private static final int SQUARES = BitLayout.BLOCK_WORDS;
    private static final int SIDE = Integer.SIZE;
    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BitTransposition() {}

    /** The words of all blocks; bit j of the rows is pixel j, missing words are 0, no bit is set outside the picture. */
    static long[] toBlocks(long[] rows, BitLayout layout) {
        // One word more than the blocks need, because the last run may be read beyond its end.
        byte[] padded = new byte[(layout.words() + 1) * Long.BYTES];
        MemorySegment.copy(rows, 0, MemorySegment.ofArray(padded), LittleEndian.LONG, 0, rows.length);
        long[] words = new long[layout.words()];
        long[] tile = new long[SIDE * SQUARES];
        for (int block = 0; block < layout.blocks(); block += SIDE) {
            if (layout.isShifting()) {
                loadShifted(tile, padded, block, layout);
            } else {
                load(tile, padded, block, layout.blocks());
            }
            transpose(tile);
            int filled = Math.min(SIDE, layout.blocks() - block);
            System.arraycopy(tile, 0, words, block * SQUARES, filled * SQUARES);
        }
        return words;
    }

    private static void load(long[] tile, byte[] rows, int block, int blocks) {
        for (int k = 0; k < SIDE; k++) {
            for (int s = 0; s < SQUARES; s++) {
                int pixel = (s * Long.SIZE + k) * blocks + block;
                long low = bitsFrom(rows, pixel) & LOW_HALF;
                long high = bitsFrom(rows, pixel + SIDE * blocks) << SIDE;
                tile[k * SQUARES + s] = low | high;
            }
        }
    }

    private static void loadShifted(long[] tile, byte[] rows, int block, BitLayout layout) {
        for (int k = 0; k < SIDE; k++) {
            for (int s = 0; s < SQUARES; s++) {
                int bit = s * Long.SIZE + k;
                long low = shifted(rows, bit, block, layout) & LOW_HALF;
                long high = shifted(rows, bit + SIDE, block, layout) << SIDE;
                tile[k * SQUARES + s] = low | high;
            }
        }
    }

    /** Bit {@code bit} of at least 32 blocks. Its pixels are a run of B. The last of them are in the first blocks. */
    private static long shifted(byte[] rows, int bit, int block, BitLayout layout) {
        int blocks = layout.blocks();
        int run = bit * blocks;
        int place = block - layout.shift(bit);
        if (blocks <= SIDE) {
            long bits = bitsFrom(rows, run) & ((1L << blocks) - 1);
            return bits << -place | bits >>> (blocks + place);
        }
        place += place < 0 ? blocks : 0;
        int left = blocks - place;
        long bits = bitsFrom(rows, run + place);
        return left >= SIDE ? bits : (bits & ((1L << left) - 1)) | (bitsFrom(rows, run) << left);
    }

    /** At least 32 pixels from {@code pixel} on. Pixels beyond the tile end up in entries that are not copied. */
    private static long bitsFrom(byte[] rows, int pixel) {
        return (long) LONGS.get(rows, pixel / Byte.SIZE) >>> (pixel % Byte.SIZE);
    }

    /** Exchanges the off-diagonal quarters of ever smaller squares (H. S. Warren, Hacker's Delight, section 7-3). */
    private static void transpose(long[] tile) {
        long lower = 0x0000_FFFF_0000_FFFFL;
        for (int half = SIDE / 2; half > 0; half /= 2) {
            int apart = half * SQUARES;
            for (int from = 0; from < tile.length; from += 2 * apart) {
                for (int i = from; i < from + apart; i++) {
                    long exchanged = (tile[i] >>> half ^ tile[i + apart]) & lower;
                    tile[i + apart] ^= exchanged;
                    tile[i] ^= exchanged << half;
                }
            }
            lower ^= lower << (half / 2);
        }
    }
}
