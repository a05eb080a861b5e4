package org.engram.tools.repair;

import com.google.zxing.ResultPoint;

/**
 * Where a grid of modules lies in a picture: module coordinates (i, j) are at pixel coordinates
 * {@code (x + i ux + j vx, y + i uy + j vy)}. Whole numbers are the corners of modules and of pixels.
 */
record Placement(double x, double y, double ux, double uy, double vx, double vy) {

    /** Upright, with modules of this many pixels. */
    static Placement upright(double x, double y, double pitch) {
        return new Placement(x, y, pitch, 0, 0, pitch);
    }

    /** The grid of this many modules a side whose finder patterns have these centres. */
    static Placement ofFinders(ResultPoint topLeft, ResultPoint topRight, ResultPoint bottomLeft, int modules) {
        double apart = modules - 7;
        double ux = (topRight.getX() - topLeft.getX()) / apart;
        double uy = (topRight.getY() - topLeft.getY()) / apart;
        double vx = (bottomLeft.getX() - topLeft.getX()) / apart;
        double vy = (bottomLeft.getY() - topLeft.getY()) / apart;
        return new Placement(topLeft.getX() - 3.5 * (ux + vx), topLeft.getY() - 3.5 * (uy + vy), ux, uy, vx, vy);
    }

    /** This grid in a picture that is enlarged and then moved. */
    Placement scaled(double scale, double left, double top) {
        return new Placement(left + scale * x, top + scale * y, scale * ux, scale * uy, scale * vx, scale * vy);
    }

    double pixelX(double i, double j) {
        return x + i * ux + j * vx;
    }

    double pixelY(double i, double j) {
        return y + i * uy + j * vy;
    }

    /** The longer side of a module, in pixels. */
    double pitch() {
        return Math.max(Math.hypot(ux, uy), Math.hypot(vx, vy));
    }

    /** This grid after clockwise quarter turns of the picture, whose size is the one before them. */
    Placement turned(int quarters, double width, double height) {
        Placement turned = this;
        double w = width;
        double h = height;
        for (int k = 0; k < quarters; k++) {
            turned = new Placement(h - turned.y, turned.x, -turned.uy, turned.ux, -turned.vy, turned.vx);
            double before = w;
            w = h;
            h = before;
        }
        return turned;
    }

    /** How far the grid is turned clockwise, to the nearest 90 degrees: 0 to 3 of them. */
    int quarters() {
        return Math.floorMod(Math.round(Math.atan2(uy, ux) / (Math.PI / 2)), 4);
    }
}
