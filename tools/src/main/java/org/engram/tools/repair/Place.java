package org.engram.tools.repair;

import java.util.Optional;

/**
 * A place where a symbol of this many modules a side may lie in a picture, perhaps on a bent surface, and how it was
 * found.
 */
record Place(Quad quad, int side, Method method, Optional<Bend> bend) {

    /** How a place was found. */
    enum Method {
        /** The picture has the size of the store's patterns. */
        EXACT,
        /** The picture was scaled to the size of the store's patterns. */
        FITTED,
        /** Three finder patterns showed it. */
        DETECTED,
        /** Two finder patterns showed it. */
        PAIRED,
        /** One finder pattern showed it. */
        SINGLE,
        /** The edges of modules showed it. */
        SEARCHED
    }

    static Place flat(Quad quad, int side, Method method) {
        return new Place(quad, side, method, Optional.empty());
    }

    Place at(Quad other) {
        return new Place(other, side, method, bend);
    }

    Place bent(Bend other) {
        return new Place(quad, side, method, Optional.of(other));
    }

    Place mirrored() {
        return flat(quad.mirrored(), side, method);
    }

    /** The side of a module, in pixels. */
    double pitch() {
        return quad.size() / side;
    }

    /** The corners in pixels, as x and y in turn, clockwise from the upper left corner of the symbol. */
    double[] corners() {
        float[] points = {0, 0, side, 0, side, side, 0, side};
        toPixels(points);
        double[] corners = new double[points.length];
        for (int k = 0; k < corners.length; k++) {
            corners[k] = points[k];
        }
        return corners;
    }

    /** Turns points of the symbol, given as u and v in turn, into pixels. */
    void toPixels(float[] points) {
        bend.ifPresent(bent -> bent.apply(points, side));
        quad.transform(side).transformPoints(points);
    }
}
