package org.engram.tools.repair;

import com.google.zxing.qrcode.decoder.Version;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;

/** The modules that all symbols of a size share: finder, timing and alignment patterns. */
final class SymbolStructure {

    static final int SMALLEST = 21;
    static final int LARGEST = 177;
    static final int STEP = 4;

    private static final int FINDER = 7;

    private static final AtomicReferenceArray<SymbolStructure> KNOWN = new AtomicReferenceArray<>(LARGEST + 1);

    private final int side;
    private final BitSet fixed = new BitSet();
    private final BitSet white = new BitSet();

    /** The same modules one by one: column, row, and 1 for white or -1 for black. */
    private final int[] columns;

    private final int[] rows;
    private final byte[] signs;

    /** The structure of a symbol of 21 to 177 modules a side, in steps of 4. */
    static SymbolStructure of(int side) {
        SymbolStructure known = KNOWN.get(side);
        if (known == null) {
            known = new SymbolStructure(side);
            KNOWN.set(side, known);
        }
        return known;
    }

    private SymbolStructure(int side) {
        this.side = side;
        for (int k = FINDER + 1; k < side - FINDER - 1; k++) {
            put(k, FINDER - 1, k % 2 != 0);
            put(FINDER - 1, k, k % 2 != 0);
        }
        square(3, 3, 4);
        square(side - 4, 3, 4);
        square(3, side - 4, 4);
        alignment(Version.getVersionForNumber((side - SMALLEST) / STEP + 1).getAlignmentPatternCenters());
        columns = fixed.stream().map(module -> module % side).toArray();
        rows = fixed.stream().map(module -> module / side).toArray();
        signs = new byte[columns.length];
        for (int k = 0; k < signs.length; k++) {
            signs[k] = (byte) (white.get(rows[k] * side + columns[k]) ? 1 : -1);
        }
    }

    /** The size that is nearest to a number of modules. */
    static int nearestSide(double modules) {
        long steps = Math.round((modules - SMALLEST) / STEP);
        return Math.clamp(SMALLEST + STEP * steps, SMALLEST, LARGEST);
    }

    /**
     * Draws rings around a centre. The white rings are at distance 2 and 4 in a finder, and at distance 1 in an
     * alignment pattern.
     */
    private void square(int centreX, int centreY, int reach) {
        for (int y = centreY - reach; y <= centreY + reach; y++) {
            for (int x = centreX - reach; x <= centreX + reach; x++) {
                int distance = Math.max(Math.abs(x - centreX), Math.abs(y - centreY));
                boolean light = reach == 2 ? distance == 1 : distance == 2 || distance == 4;
                if (x >= 0 && y >= 0 && x < side && y < side) {
                    put(x, y, light);
                }
            }
        }
    }

    /** Draws all alignment patterns that do not lie under a finder pattern. */
    private void alignment(int[] centres) {
        for (int y : centres) {
            for (int x : centres) {
                boolean left = x == FINDER - 1;
                boolean top = y == FINDER - 1;
                boolean right = x == side - FINDER;
                boolean bottom = y == side - FINDER;
                if (!((left && top) || (left && bottom) || (right && top))) {
                    square(x, y, 2);
                }
            }
        }
    }

    private void put(int x, int y, boolean light) {
        fixed.set(y * side + x);
        white.set(y * side + x, light);
    }

    int side() {
        return side;
    }

    /** Whether a module is the same in all symbols of this size, and so tells nothing. */
    boolean isFixed(int module) {
        return fixed.get(module);
    }

    /** Where its modules lie in a turned part of a grid, counted from that of the upper left corner of the symbol. */
    int[] places(int quarters, int gridColumns) {
        Window part = new Window(0, 0, side, quarters);
        int corner = part.at(0, 0, gridColumns);
        int across = part.at(1, 0, gridColumns) - corner;
        int down = part.at(0, 1, gridColumns) - corner;
        int[] places = new int[columns.length];
        for (int k = 0; k < places.length; k++) {
            places[k] = columns[k] * across + rows[k] * down;
        }
        return places;
    }

    /**
     * How many modules of a grid agree with the structure, minus how many do not, if its modules lie at these places. A
     * module of the grid is 1 if it is white, -1 if black, and 0 if it does not count.
     */
    int score(byte[] grid, int corner, int[] places) {
        int score = 0;
        for (int k = 0; k < places.length; k++) {
            score += grid[corner + places[k]] * signs[k];
        }
        return score;
    }

    /** The share of the structure that a symbol with these white modules shows. */
    double share(IntPredicate isWhite) {
        return fixed.stream()
                        .filter(module -> isWhite.test(module) == white.get(module))
                        .count()
                / (double) columns.length;
    }

    /** Whether a fixed module is white. */
    boolean isWhite(int module) {
        return white.get(module);
    }

    int size() {
        return columns.length;
    }
}
