package org.engram.tools.repair;

/**
 * A square part of a grid of modules, whose first column and row are left and top. It is turned clockwise by 90 degrees
 * in the grid {@code quarters} times.
 */
record Window(int left, int top, int side, int quarters) {

    /** The place of module (i, j) of the upright square in the grid: row times columns, plus column. */
    int at(int i, int j, int columns) {
        int last = side - 1;
        return switch (quarters) {
            case 0 -> (top + j) * columns + left + i;
            case 1 -> (top + i) * columns + left + last - j;
            case 2 -> (top + last - j) * columns + left + last - i;
            default -> (top + last - i) * columns + left + j;
        };
    }
}
