package org.engram.tools.qr;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Chooses the mask of a QR symbol as ISO/IEC 18004 wants it and ZXing does: the first of those with the least penalty.
 * The modules of a row are the bits of a word, dark = 1, so a symbol may have 64 modules a side. The modules that a
 * mask changes depend on the version only, not on the error correction. They are remembered. Safe for any number of
 * threads.
 */
final class QrMask {

    /** The largest version that has at most 64 modules a side. */
    static final int MAX_VERSION = 11;

    private static final int MASKS = 8;
    private static final int SAME_IN_ROW = 5;
    private static final int FINDER = 7;
    private static final int WHITE = 4;

    /** The modules in which a mask differs from the first mask, row by row, for each version and mask. */
    private static final AtomicReferenceArray<long[][]> CHANGES = new AtomicReferenceArray<>(MAX_VERSION + 1);

    /** Draws the same text with a mask. */
    @FunctionalInterface
    interface Drawing {
        ByteMatrix with(int mask) throws WriterException;
    }

    private QrMask() {}

    /**
     * Gives a symbol with mask 0, of a version up to {@value #MAX_VERSION}, the mask of least penalty. The masks of a
     * version that is seen for the first time are drawn.
     */
    static void choose(int version, ByteMatrix symbol, Drawing drawing) throws WriterException {
        long[][] changes = CHANGES.get(version);
        if (changes == null) {
            changes = changes(symbol, drawing);
            CHANGES.set(version, changes);
        }
        long[] unmasked = rows(symbol);
        long[] best = changes[0];
        int least = Integer.MAX_VALUE;
        for (long[] change : changes) {
            int penalty = penalty(different(unmasked, change));
            if (penalty < least) {
                least = penalty;
                best = change;
            }
        }
        turnOver(symbol, best);
    }

    private static void turnOver(ByteMatrix symbol, long[] rows) {
        byte[][] cells = symbol.getArray();
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows.length; x++) {
                cells[y][x] ^= (byte) (rows[y] >>> x & 1);
            }
        }
    }

    private static long[][] changes(ByteMatrix first, Drawing drawing) throws WriterException {
        long[][] changes = new long[MASKS][];
        for (int mask = 0; mask < MASKS; mask++) {
            changes[mask] = different(rows(first), rows(drawing.with(mask)));
        }
        return changes;
    }

    private static long[] rows(ByteMatrix modules) {
        long[] rows = new long[modules.getHeight()];
        byte[][] cells = modules.getArray();
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows.length; x++) {
                rows[y] |= (long) cells[y][x] << x;
            }
        }
        return rows;
    }

    private static long[] different(long[] one, long[] other) {
        long[] different = new long[one.length];
        for (int y = 0; y < one.length; y++) {
            different[y] = one[y] ^ other[y];
        }
        return different;
    }

    /** The sum of the four penalties of the standard. */
    private static int penalty(long[] rows) {
        int side = rows.length;
        int penalty = 0;
        int dark = 0;
        for (int y = 0; y < side; y++) {
            penalty += ofRow(rows[y], side);
            dark += Long.bitCount(rows[y]);
        }
        penalty += ofColumns(rows);
        int all = side * side;
        return penalty + Math.abs(2 * dark - all) * 10 / all * 10;
    }

    private static int ofRow(long row, int side) {
        long same = ~(row ^ row >>> 1) & below(side - 1);
        long five = same & same >>> 1 & same >>> 2 & same >>> 3;
        long white = ~row & below(side);
        long four = white & white >>> 1 & white >>> 2 & white >>> 3;
        long finder =
                row & ~(row >>> 1) & row >>> 2 & row >>> 3 & row >>> 4 & ~(row >>> 5) & row >>> 6 & below(side - 6);
        return ofRuns(five, five << 1) + ofFinders(finder & (four << WHITE | four >>> FINDER));
    }

    private static int ofColumns(long[] rows) {
        int side = rows.length;
        int penalty = 0;
        long[] same = new long[side - 1];
        for (int y = 0; y < same.length; y++) {
            same[y] = ~(rows[y] ^ rows[y + 1]) & below(side);
            long sameInRow = ~(rows[y] ^ rows[y] >>> 1) & below(side - 1);
            penalty += 3 * Long.bitCount(same[y] & same[y] >>> 1 & sameInRow);
        }
        long before = 0;
        for (int y = 0; y + SAME_IN_ROW <= side; y++) {
            long five = same[y] & same[y + 1] & same[y + 2] & same[y + 3];
            penalty += ofRuns(five, before);
            before = five;
        }
        for (int y = 0; y + FINDER <= side; y++) {
            long finder = rows[y] & ~rows[y + 1] & rows[y + 2] & rows[y + 3] & rows[y + 4] & ~rows[y + 5] & rows[y + 6];
            penalty += ofFinders(finder & (white(rows, y - WHITE) | white(rows, y + FINDER)));
        }
        return penalty;
    }

    /** The columns in which four rows, from the given one on, are white; none when not all four rows exist. */
    private static long white(long[] rows, int y) {
        boolean there = y >= 0 && y + WHITE <= rows.length;
        return there ? ~(rows[y] | rows[y + 1] | rows[y + 2] | rows[y + 3]) : 0;
    }

    /** A run of n equal modules, at least five, costs n - 2: one for every five, and two for the first five. */
    private static int ofRuns(long five, long before) {
        return Long.bitCount(five) + 2 * Long.bitCount(five & ~before);
    }

    private static int ofFinders(long finders) {
        return 40 * Long.bitCount(finders);
    }

    private static long below(int bit) {
        return bit >= Long.SIZE ? -1 : (1L << bit) - 1;
    }
}
