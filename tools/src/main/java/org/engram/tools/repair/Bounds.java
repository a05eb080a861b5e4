package org.engram.tools.repair;

/** The smallest rectangle that holds all black pixels of a picture. */
record Bounds(int left, int top, int right, int bottom) {

    static Bounds ofBlack(Raster raster) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                if (raster.isVisible(x, y) && !raster.isWhite(x, y)) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = y + 1;
                }
            }
        }
        return new Bounds(left, top, right, bottom);
    }

    boolean isEmpty() {
        return right <= left;
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    /**
     * The first black run of the top row, which is seven modules in an upright symbol. Scaling may have removed the
     * corner pixel.
     */
    int firstRun(Raster raster) {
        int from = left;
        while (raster.isWhite(from, top)) {
            from++;
        }
        int to = from + 1;
        while (to < right && !raster.isWhite(to, top)) {
            to++;
        }
        return to - from;
    }

    /** Whether it is a square of this side at this place, give or take a pixel. */
    boolean isNear(double x, double y, double side) {
        return Math.abs(left - x) <= 1
                && Math.abs(top - y) <= 1
                && Math.abs(right - x - side) <= 1
                && Math.abs(bottom - y - side) <= 1;
    }
}
