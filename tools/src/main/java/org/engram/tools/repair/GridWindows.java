package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Finds the square parts of a grid of modules that agree best with the structure of a symbol. */
final class GridWindows {

    /** How many windows are kept for each size of symbol. */
    private static final int KEPT = 12;

    private static final int TURNS = 4;

    /** A window loses this for every module between its centre and the centre of the grid. */
    private static final double OFF_CENTRE = 0.1;

    private final Modules all;
    /** The modules row by row: 1 white, -1 black, 0 damaged. */
    private final byte[] signs;

    private final Shade shade;

    GridWindows(Modules all) {
        this.all = all;
        BitSet whole = DamageEstimate.whole(all);
        this.signs = new byte[all.columns() * all.rows()];
        for (int module = whole.nextSetBit(0); module >= 0; module = whole.nextSetBit(module + 1)) {
            signs[module] = (byte) (all.isWhite(module) ? 1 : -1);
        }
        this.shade = new Shade();
    }

    private record Scored(Window window, double score) {}

    /** How many modules are compared to find the best windows of a size. */
    long work(int side) {
        return (long) TURNS
                * SymbolStructure.of(side).size()
                * Math.max(0, all.columns() - side + 1)
                * Math.max(0, all.rows() - side + 1);
    }

    /** The best windows of a size, the best first. */
    List<Window> best(int side) {
        SymbolStructure structure = SymbolStructure.of(side);
        int[][] places = new int[TURNS][];
        for (int quarters = 0; quarters < TURNS; quarters++) {
            places[quarters] = structure.places(quarters, all.columns());
        }
        List<Scored> windows = new ArrayList<>();
        for (int top = 0; top + side <= all.rows(); top++) {
            for (int left = 0; left + side <= all.columns(); left++) {
                int outside = shade.total() - shade.within(left, top, side);
                double offCentre = Math.abs(2 * left + side - all.columns()) + Math.abs(2 * top + side - all.rows());
                for (int quarters = 0; quarters < TURNS; quarters++) {
                    Window window = new Window(left, top, side, quarters);
                    int agreeing = structure.score(signs, window.at(0, 0, all.columns()), places[quarters]);
                    double score = agreeing - outside - OFF_CENTRE * offCentre;
                    windows.add(new Scored(window, score));
                }
            }
        }
        windows.sort(Comparator.comparingDouble(Scored::score).reversed());
        return windows.stream().limit(KEPT).map(Scored::window).toList();
    }

    /** Tells how many whole black modules lie in any square, from sums over all rectangles at the upper left corner. */
    private final class Shade {
        private final int columns = all.columns();
        private final int rows = all.rows();
        private final int[] sums = new int[(columns + 1) * (rows + 1)];

        Shade() {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    int black = signs[y * columns + x] < 0 ? 1 : 0;
                    sums[(y + 1) * (columns + 1) + x + 1] = black + sum(x, y + 1) + sum(x + 1, y) - sum(x, y);
                }
            }
        }

        private int sum(int x, int y) {
            return sums[y * (columns + 1) + x];
        }

        int total() {
            return sum(columns, rows);
        }

        int within(int left, int top, int side) {
            return sum(left + side, top + side) - sum(left, top + side) - sum(left + side, top) + sum(left, top);
        }
    }
}
