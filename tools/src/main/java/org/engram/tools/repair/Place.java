package org.engram.tools.repair;

import java.util.Optional;

/** Where a symbol of this many modules a side may lie in a picture, perhaps on a bent surface, and how that was found. */
record Place(Quad quad, int side, Method method, Optional<Bend> bend) {

    /** How a place was found. */
    enum Method {
        /** The picture has the size of the store's patterns. */
        EXACT,
        /** The picture was scaled to the size of the store's patterns. */
        FITTED,
        /** By three finder patterns. */
        DETECTED,
        /** By two finder patterns. */
        PAIRED,
        /** By one finder pattern. */
        SINGLE,
        /** By the edges of modules. */
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

    /** Side of a module, in pixels. */
    double pitch() {
        return quad.size() / side;
    }

    /** In pixels, x and y by turns, from the upper left one of the symbol on round. */
    double[] corners() {
        float[] points = {0, 0, side, 0, side, side, 0, side};
        toPixels(points);
        double[] corners = new double[points.length];
        for (int k = 0; k < corners.length; k++) {
            corners[k] = points[k];
        }
        return corners;
    }

    /** Turns points of the symbol, as u and v by turns, into pixels. */
    void toPixels(float[] points) {
        bend.ifPresent(bent -> bent.apply(points, side));
        quad.transform(side).transformPoints(points);
    }
}
