package org.engram.store.internal.format;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One bit for every pixel, in the order of {@link BitLayout}: the white pixels of a picture, or those of a mask. It has
 * the sketch and the other blocks; {@link Part#PLANES} has only the other blocks. Bits that no pixel uses are 0.
 * Immutable, safe for any number of threads.
 */
public final class PixelBits {

    /** Runs of at least this many pixels make long vectors. */
    private static final int RUN_PIXELS = 256;

    private final BitLayout layout;
    private final long[] words;

    private PixelBits(BitLayout layout, long[] words) {
        this.layout = layout;
        this.words = words;
    }

    /** The given pixels; none may be outside the picture. */
    public static PixelBits of(BitLayout layout, BitSet pixels) {
        if (pixels.length() > layout.pixels()) {
            throw new IllegalArgumentException("bit is outside the picture: expected at most %s bits, found bit %s"
                    .formatted(layout.pixels(), pixels.length() - 1));
        }
        return ofRows(layout, pixels.toLongArray());
    }

    /** The pixels of positive value. The array is at least as long as the picture and has no NaN. */
    public static PixelBits of(BitLayout layout, float[] values) {
        long[] rows = new long[layout.words()];
        int whole = layout.pixels() / Long.SIZE;
        for (int word = 0; word < whole; word++) {
            long rest = 0;
            for (int i = 0; i < Long.SIZE; i++) {
                int value = Float.floatToRawIntBits(values[word * Long.SIZE + i]);
                // The sign bit is set if the value is not positive. A comparison would cost a branch or a move.
                rest |= (long) ((value | (value - 1)) >>> (Integer.SIZE - 1)) << i;
            }
            rows[word] = ~rest;
        }
        for (int j = whole * Long.SIZE; j < layout.pixels(); j++) {
            rows[whole] |= (values[j] > 0 ? 1L : 0L) << j;
        }
        return ofRows(layout, rows);
    }

    /** Every pixel. */
    public static PixelBits all(BitLayout layout) {
        long[] words = new long[layout.words()];
        Arrays.fill(words, -1);
        return new PixelBits(layout, clearUnused(layout, words));
    }

    /** Every pixel of block 0. */
    public static PixelBits ofSketch(BitLayout layout) {
        long[] words = new long[layout.words()];
        Arrays.fill(words, 0, BitLayout.BLOCK_WORDS, -1);
        return new PixelBits(layout, clearUnused(layout, words));
    }

    private static long[] clearUnused(BitLayout layout, long[] words) {
        for (int block = 0; block < layout.blocks(); block++) {
            int bits = layout.bitsOfBlock(block);
            for (int word = bits / Long.SIZE; word < BitLayout.BLOCK_WORDS; word++) {
                int used = Math.max(0, bits - word * Long.SIZE);
                words[block * BitLayout.BLOCK_WORDS + word] &= (1L << used) - 1;
            }
        }
        return words;
    }

    /** The pixels row by row: bit j of the array is pixel j. Missing words are 0, and no bit may be outside the picture. */
    public static PixelBits ofRows(BitLayout layout, long[] rows) {
        return new PixelBits(layout, BitTransposition.toBlocks(rows, layout));
    }

    /**
     * Reads what files hold of a neuron: the sketch and the other blocks, each at its place in bytes. Bits that no
     * pixel uses become 0.
     */
    public static PixelBits read(
            BitLayout layout, MemorySegment sketches, long sketchAt, MemorySegment planes, long planesAt) {
        long[] words = new long[layout.words()];
        copy(sketches, sketchAt, planes, planesAt, words);
        return new PixelBits(layout, clearUnused(layout, words));
    }

    /** Reads the same into an array of {@link BitLayout#words} longs, and leaves the bits as they are. */
    public static void copy(MemorySegment sketches, long sketchAt, MemorySegment planes, long planesAt, long[] into) {
        int inSketch = BitLayout.BLOCK_WORDS;
        MemorySegment.copy(sketches, LittleEndian.LONG, sketchAt, into, 0, inSketch);
        MemorySegment.copy(planes, LittleEndian.LONG, planesAt, into, inSketch, into.length - inSketch);
    }

    /** Reads all blocks from one segment, where they stand one behind the other. Bits that no pixel uses become 0. */
    public static PixelBits read(BitLayout layout, MemorySegment blocks, long at) {
        return read(layout, blocks, at, blocks, at + BitLayout.SKETCH_BYTES);
    }

    /** Writes all blocks, one behind the other, as {@link Part#KNOWN} has them. */
    public void write(MemorySegment blocks) {
        write(blocks, blocks.asSlice(BitLayout.SKETCH_BYTES));
    }

    /** Writes what {@link #read} reads: {@value BitLayout#SKETCH_BYTES} and {@link BitLayout#planesBytes} bytes. */
    public void write(MemorySegment sketch, MemorySegment planes) {
        writeSketch(sketch);
        writePlanes(planes);
    }

    public void writeSketch(MemorySegment sketch) {
        MemorySegment.copy(words, 0, sketch, LittleEndian.LONG, 0, BitLayout.BLOCK_WORDS);
    }

    public void writePlanes(MemorySegment planes) {
        int inSketch = BitLayout.BLOCK_WORDS;
        MemorySegment.copy(words, inSketch, planes, LittleEndian.LONG, 0, words.length - inSketch);
    }

    public BitLayout layout() {
        return layout;
    }

    /** The blocks one behind the other, for this package, which must not change them. */
    public long[] words() {
        return words;
    }

    public boolean get(int pixel) {
        int bit = layout.bitOf(pixel);
        return (words[layout.blockOf(pixel) * BitLayout.BLOCK_WORDS + bit / Long.SIZE] >>> bit & 1) != 0;
    }

    /** How many pixels are set. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** How many pixels of a mask differ between this picture and another. All three must have the same layout. */
    public int distance(PixelBits other, PixelBits mask) {
        int distance = 0;
        for (int k = 0; k < words.length; k++) {
            distance += Long.bitCount((words[k] ^ other.words[k]) & mask.words[k]);
        }
        return distance;
    }

    /** The pixels that are set in both. Both must have the same layout. */
    public PixelBits and(PixelBits other) {
        long[] both = new long[words.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = words[i] & other.words[i];
        }
        return new PixelBits(layout, both);
    }

    /** The pixels that are set in either. Both must have the same layout. */
    public PixelBits or(PixelBits other) {
        long[] either = new long[words.length];
        for (int i = 0; i < either.length; i++) {
            either[i] = words[i] | other.words[i];
        }
        return new PixelBits(layout, either);
    }

    public PixelBits not() {
        long[] others = new long[words.length];
        for (int i = 0; i < others.length; i++) {
            others[i] = ~words[i];
        }
        return new PixelBits(layout, clearUnused(layout, others));
    }

    /**
     * Gives every pixel a value, row by row: a pixel that is set becomes {@code one}, finite and above 0, the others 0. What
     * the array has beyond the picture stays as it is.
     */
    public void expand(float one, float[] into) {
        int blocks = layout.blocks();
        int[] column = new int[blocks];
        int[] runs = new int[blocks * Math.min(Integer.SIZE, Math.ceilDiv(RUN_PIXELS, blocks))];
        int alike;
        for (int bit = 0; bit * blocks < layout.pixels(); bit += alike) {
            if (bit % Integer.SIZE == 0) {
                halfWords(bit, column);
            }
            alike = Math.min(Integer.SIZE - bit % Integer.SIZE, layout.shiftedAlike(bit));
            int shift = layout.shift(bit);
            System.arraycopy(column, shift, runs, 0, blocks - shift);
            System.arraycopy(column, 0, runs, blocks - shift, shift);
            expand(bit, alike, runs, one, into);
        }
    }

    /**
     * Expands bits of all blocks that are shifted alike. Bit k of all blocks is a run of B pixels. Runs stand here one
     * behind the other, each in its lowest bit after one shift for all, so that these loops are made of vectors however few
     * blocks there are.
     */
    private void expand(int firstBit, int bits, int[] runs, float one, float[] into) {
        int blocks = layout.blocks();
        int runsMade = Math.min(bits, runs.length / blocks);
        for (int made = 1; made < runsMade; made *= 2) {
            int more = Math.min(made, runsMade - made) * blocks;
            for (int i = 0; i < more; i++) {
                runs[made * blocks + i] = runs[i] >>> made;
            }
        }
        for (int bit = firstBit; bit < firstBit + bits; bit += runsMade) {
            int from = bit * blocks;
            int length = Math.min(Math.min(runsMade, firstBit + bits - bit) * blocks, layout.pixels() - from);
            for (int i = 0; i < length; i++) {
                into[from + i] = (runs[i] >>> bit & 1) * one;
            }
        }
    }

    /** The pixels row by row, as {@link #ofRows} takes them, in ceil(R / 64) words. */
    public long[] rows() {
        long[] rows = new long[Math.ceilDiv(layout.pixels(), Long.SIZE)];
        int blocks = layout.blocks();
        int[] column = new int[blocks];
        for (int bit = 0; bit * blocks < layout.pixels(); bit++) {
            if (bit % Integer.SIZE == 0) {
                halfWords(bit, column);
            }
            int from = bit * blocks;
            int length = Math.min(blocks, layout.pixels() - from);
            int block = layout.shift(bit);
            for (int first = 0; first < length; first += Long.SIZE) {
                int pixels = Math.min(Long.SIZE, length - first);
                long run = 0;
                for (int i = 0; i < pixels; i++) {
                    run |= (column[block] >>> bit & 1L) << i;
                    block = block + 1 == blocks ? 0 : block + 1;
                }
                int at = from + first;
                rows[at / Long.SIZE] |= run << at;
                if (at % Long.SIZE + pixels > Long.SIZE) {
                    rows[at / Long.SIZE + 1] |= run >>> -at;
                }
            }
        }
        return rows;
    }

    /** Bits {@code bit} to {@code bit + 31} of every block. */
    private void halfWords(int bit, int[] into) {
        for (int block = 0; block < into.length; block++) {
            into[block] = (int) (words[block * BitLayout.BLOCK_WORDS + bit / Long.SIZE] >>> bit);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelBits that && layout.equals(that.layout) && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * layout.hashCode() + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return "%s of %s pixels".formatted(count(), layout.pixels());
    }
}
