package org.engram.tools.repair;

import java.util.BitSet;

/**
 * Finds the modules that are likely painted over: grey ones, and blocks of one colour of a size that symbols rarely
 * have. A few whole modules are always among them. Missing these harms less than believing damage.
 */
final class DamageEstimate {

    /** Blocks of one colour that count as paint, across and down. */
    private static final int[][] BLOCKS = {{3, 3}, {2, 5}, {5, 2}, {1, 9}, {9, 1}};

    private DamageEstimate() {}

    /** The visible modules that are likely whole. */
    static BitSet whole(Modules modules) {
        BitSet whole = (BitSet) modules.visible().clone();
        for (int module = whole.nextSetBit(0); module >= 0; module = whole.nextSetBit(module + 1)) {
            if (modules.isGrey(module)) {
                whole.clear(module);
            }
        }
        BitSet painted = new BitSet();
        for (int[] block : BLOCKS) {
            for (int y = 0; y + block[1] <= modules.rows(); y++) {
                for (int x = 0; x + block[0] <= modules.columns(); x++) {
                    if (isOfOneColour(modules, x, y, block[0], block[1])) {
                        fill(painted, modules.columns(), x, y, block[0], block[1]);
                    }
                }
            }
        }
        whole.andNot(grown(modules, painted));
        return whole;
    }

    /** Adds the modules beside the paint that have two colours and so lie at its edge. */
    private static BitSet grown(Modules modules, BitSet painted) {
        BitSet grown = (BitSet) painted.clone();
        for (int module = painted.nextSetBit(0); module >= 0; module = painted.nextSetBit(module + 1)) {
            int column = module % modules.columns();
            int row = module / modules.columns();
            for (int y = Math.max(0, row - 1); y <= Math.min(modules.rows() - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(modules.columns() - 1, column + 1); x++) {
                    int beside = y * modules.columns() + x;
                    if (modules.impurity(beside) > 0) {
                        grown.set(beside);
                    }
                }
            }
        }
        return grown;
    }

    /** Whether all of a block can be seen and has one colour, pixel by pixel. */
    private static boolean isOfOneColour(Modules modules, int left, int top, int width, int height) {
        boolean white = modules.isWhite(top * modules.columns() + left);
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                int module = y * modules.columns() + x;
                if (!modules.visible().get(module)
                        || modules.isWhite(module) != white
                        || modules.impurity(module) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void fill(BitSet modules, int columns, int left, int top, int width, int height) {
        for (int y = top; y < top + height; y++) {
            modules.set(y * columns + left, y * columns + left + width);
        }
    }
}
