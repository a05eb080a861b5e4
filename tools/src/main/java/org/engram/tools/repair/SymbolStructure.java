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

    /** The same modules one by one: column, row and colour. */
    private final int[] columns;

    private final int[] rows;
    private final boolean[] bright;

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
        bright = new boolean[columns.length];
        for (int k = 0; k < bright.length; k++) {
            bright[k] = white.get(rows[k] * side + columns[k]);
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

    /**
     * How many modules of a part agree with the structure, minus how many do not. Only modules that are counting are
     * looked at.
     */
    int score(Modules modules, BitSet counting, Window part) {
        int score = 0;
        int across = part.at(1, 0, modules.columns()) - part.at(0, 0, modules.columns());
        int down = part.at(0, 1, modules.columns()) - part.at(0, 0, modules.columns());
        int first = part.at(0, 0, modules.columns());
        for (int k = 0; k < columns.length; k++) {
            int shown = first + columns[k] * across + rows[k] * down;
            if (counting.get(shown)) {
                score += modules.isWhite(shown) == bright[k] ? 1 : -1;
            }
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
