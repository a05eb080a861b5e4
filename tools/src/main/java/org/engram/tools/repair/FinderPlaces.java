package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.List;
import org.engram.tools.repair.Place.Method;

/** The places where symbols may lie, as two finder patterns tell, or one alone. */
final class FinderPlaces {

    private static final double CENTRE = 3.5;
    private static final double TOLERANCE = 0.12;

    private final List<Integer> sides;
    private final List<Place> places = new ArrayList<>();

    private FinderPlaces(List<Integer> sides) {
        this.sides = sides;
    }

    /** Places by pairs, each taken both ways round. A pair may be an edge, in either of two ways, or a diagonal. */
    static List<Place> ofPairs(List<FinderFrame> finders, List<Integer> sides) {
        FinderPlaces found = new FinderPlaces(sides);
        for (FinderFrame one : finders) {
            for (FinderFrame other : finders) {
                if (!one.equals(other)) {
                    found.pair(one, other);
                }
            }
        }
        return found.places;
    }

    /** Places by single finder patterns. Each is taken for any of the three patterns of a symbol, in all turns. */
    static List<Place> ofSingles(List<FinderFrame> finders, List<Integer> sides) {
        FinderPlaces found = new FinderPlaces(sides);
        for (FinderFrame finder : finders) {
            for (int side : sides) {
                found.single(finder, side);
            }
        }
        return found.places;
    }

    private void pair(FinderFrame one, FinderFrame other) {
        double dx = other.x() - one.x();
        double dy = other.y() - one.y();
        double distance = Math.hypot(dx, dy);
        double modules = distance / ((one.module() + other.module()) / 2);
        for (int side : sides) {
            double apart = side - 2 * CENTRE;
            if (Math.abs(modules - apart) < TOLERANCE * apart + 1) {
                edge(one, other, dx / apart, dy / apart, side);
            }
            if (Math.abs(modules - Math.sqrt(2) * apart) < TOLERANCE * Math.sqrt(2) * apart + 1) {
                diagonal(one, dx / apart, dy / apart, side);
            }
        }
    }

    /** Takes a pair for the upper left and the upper right pattern. The left edge is the same, mirrored. */
    private void edge(FinderFrame one, FinderFrame other, double ux, double uy, int side) {
        double[] first = one.towards(-uy, ux);
        double[] second = other.towards(-uy, ux);
        double[] across = {ux, uy};
        double[] down = {(first[0] + second[0]) / 2, (first[1] + second[1]) / 2};
        double[] up = {-down[0], -down[1]};
        add(one, CENTRE, CENTRE, across, down, side, Method.PAIRED);
        add(one, CENTRE, CENTRE, across, up, side, Method.PAIRED);
    }

    /**
     * Takes a pair for the lower left and the upper right pattern. Their direction is across minus down, which are at
     * right angles.
     */
    private void diagonal(FinderFrame one, double x, double y, int side) {
        double[] across = {(x - y) / 2, (x + y) / 2};
        double[] down = {across[0] - x, across[1] - y};
        add(one, CENTRE, side - CENTRE, across, down, side, Method.PAIRED);
    }

    private void single(FinderFrame finder, int side) {
        double[] across = {finder.ux(), finder.uy()};
        double[] down = {finder.vx(), finder.vy()};
        for (int turn = 0; turn < 4; turn++) {
            add(finder, CENTRE, CENTRE, across, down, side, Method.SINGLE);
            add(finder, side - CENTRE, CENTRE, across, down, side, Method.SINGLE);
            add(finder, CENTRE, side - CENTRE, across, down, side, Method.SINGLE);
            double[] turned = {-across[0], -across[1]};
            across = down;
            down = turned;
        }
    }

    /** Adds a place, also mirrored at the diagonal, as a symbol on glass is seen from behind. */
    private void add(FinderFrame at, double u, double v, double[] across, double[] down, int side, Method method) {
        places.add(Place.flat(Quad.along(at.centre(), u, v, across, down, side), side, method));
        places.add(Place.flat(Quad.along(at.centre(), v, u, down, across, side), side, method));
    }
}
