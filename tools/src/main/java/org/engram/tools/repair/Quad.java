package org.engram.tools.repair;

import com.google.zxing.common.PerspectiveTransform;

/**
 * The place of a square in a picture: its corners in pixels, clockwise from the upper left corner of the square, as x
 * and y in turn. A mirrored square has them the other way round. Immutable.
 */
final class Quad {

    private static final int CORNERS = 4;

    private final double[] corners;

    private Quad(double[] corners) {
        this.corners = corners;
    }

    static Quad of(double... corners) {
        return new Quad(corners.clone());
    }

    /**
     * The quadrilateral in which four points of a square of this side lie at four places of the picture. Both are given
     * as x and y in turn.
     */
    static Quad through(float[] inSquare, float[] inPicture, float side) {
        return of(transform(inSquare, inPicture), 0, 0, side, 0, side, side, 0, side);
    }

    private static Quad of(PerspectiveTransform transform, float... points) {
        float[] placed = points.clone();
        transform.transformPoints(placed);
        double[] corners = new double[placed.length];
        for (int k = 0; k < corners.length; k++) {
            corners[k] = placed[k];
        }
        return new Quad(corners);
    }

    /** The quadrilateral whose corners lie at these points of this square, which has this side. */
    Quad part(int side, float... points) {
        return of(transform(side), points);
    }

    /**
     * The quadrilateral of a square of this side whose point (u, v) lies at a point, along two vectors of one module
     * each.
     */
    static Quad along(double[] point, double u, double v, double[] across, double[] down, int side) {
        double x = point[0] - u * across[0] - v * down[0];
        double y = point[1] - u * across[1] - v * down[1];
        return new Quad(new double[] {
            x,
            y,
            x + side * across[0],
            y + side * across[1],
            x + side * (across[0] + down[0]),
            y + side * (across[1] + down[1]),
            x + side * down[0],
            y + side * down[1]
        });
    }

    private static PerspectiveTransform transform(float[] from, float[] to) {
        return PerspectiveTransform.quadrilateralToQuadrilateral(
                from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7], to[0], to[1], to[2], to[3],
                to[4], to[5], to[6], to[7]);
    }

    /** The transform from the coordinates of a square of this side to pixels. */
    PerspectiveTransform transform(int side) {
        return transform(new float[] {0, 0, side, 0, side, side, 0, side}, new float[] {
            (float) corners[0],
            (float) corners[1],
            (float) corners[2],
            (float) corners[3],
            (float) corners[4],
            (float) corners[5],
            (float) corners[6],
            (float) corners[7]
        });
    }

    double x(int corner) {
        return corners[2 * (corner & 3)];
    }

    double y(int corner) {
        return corners[2 * (corner & 3) + 1];
    }

    /** This quadrilateral with one of its eight coordinates moved. */
    Quad moved(int coordinate, double by) {
        double[] moved = corners.clone();
        moved[coordinate] += by;
        return new Quad(moved);
    }

    Quad scaled(double scale) {
        double[] scaled = corners.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= scale;
        }
        return new Quad(scaled);
    }

    /** The same place for a square that is turned clockwise in it. */
    Quad turned(int quarters) {
        double[] turned = new double[corners.length];
        for (int corner = 0; corner < CORNERS; corner++) {
            turned[2 * corner] = x(corner + quarters);
            turned[2 * corner + 1] = y(corner + quarters);
        }
        return new Quad(turned);
    }

    /** The same place for a square that is mirrored at its diagonal. */
    Quad mirrored() {
        return of(x(0), y(0), x(3), y(3), x(2), y(2), x(1), y(1));
    }

    boolean isMirrored() {
        return area() < 0;
    }

    /** The area in square pixels; below 0 when mirrored. */
    double area() {
        return ((x(2) - x(0)) * (y(3) - y(1)) - (x(3) - x(1)) * (y(2) - y(0))) / 2;
    }

    /** Whether a picture of a plain square can look like this: convex, and no side is much longer than another. */
    boolean isPlausible() {
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        double turn = Math.signum(area());
        for (int k = 0; k < CORNERS; k++) {
            double ax = x(k + 1) - x(k);
            double ay = y(k + 1) - y(k);
            double bx = x(k + 2) - x(k + 1);
            double by = y(k + 2) - y(k + 1);
            if (!((ax * by - ay * bx) * turn > 0)) {
                return false;
            }
            shortest = Math.min(shortest, Math.hypot(ax, ay));
            longest = Math.max(longest, Math.hypot(ax, ay));
        }
        return longest < 5 * shortest && longest < 1e5;
    }

    boolean holds(double x, double y) {
        double turn = Math.signum(area());
        for (int k = 0; k < CORNERS; k++) {
            if (((x(k + 1) - x(k)) * (y - y(k)) - (y(k + 1) - y(k)) * (x - x(k))) * turn < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the centre of either lies in the other. */
    boolean overlaps(Quad other) {
        return holdsCentreOf(other) || other.holdsCentreOf(this);
    }

    private boolean holdsCentreOf(Quad other) {
        double x = 0;
        double y = 0;
        for (int k = 0; k < CORNERS; k++) {
            x += other.x(k) / CORNERS;
            y += other.y(k) / CORNERS;
        }
        return holds(x, y);
    }

    /** How many quarters it is turned clockwise in the picture, to the nearest, 0 to 3. */
    int quarters() {
        double angle = Math.atan2(y(1) - y(0) + y(2) - y(3), x(1) - x(0) + x(2) - x(3));
        return Math.floorMod(Math.round(angle / (Math.PI / 2)), CORNERS);
    }

    /** Mean length of a side, in pixels. */
    double size() {
        double around = 0;
        for (int k = 0; k < CORNERS; k++) {
            around += Math.hypot(x(k + 1) - x(k), y(k + 1) - y(k));
        }
        return around / CORNERS;
    }
}
