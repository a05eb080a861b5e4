package org.engram.tools.repair;

/**
 * How far a surface departs from a plane: shifts, in modules, at a grid of nodes over the symbol. Between the nodes the
 * polynomials through them tell the shifts. Immutable.
 */
final class Bend {

    private final int nodes;
    private final double[] shifts;

    private Bend(int nodes, double[] shifts) {
        this.nodes = nodes;
        this.shifts = shifts;
    }

    /** No bend yet, with this many nodes a side. */
    static Bend none(int nodes) {
        return new Bend(nodes, new double[2 * nodes * nodes]);
    }

    int coordinates() {
        return shifts.length;
    }

    Bend moved(int coordinate, double by) {
        double[] moved = shifts.clone();
        moved[coordinate] += by;
        return new Bend(nodes, moved);
    }

    /** Moves points of a symbol of this side, given as u and v in turn, to where they lie on the plane. */
    void apply(float[] points, int side) {
        double[] across = new double[nodes];
        double[] down = new double[nodes];
        for (int k = 0; k < points.length; k += 2) {
            weigh(across, points[k] / side);
            weigh(down, points[k + 1] / side);
            double u = 0;
            double v = 0;
            for (int b = 0; b < nodes; b++) {
                for (int a = 0; a < nodes; a++) {
                    double weight = across[a] * down[b];
                    u += weight * shifts[2 * (b * nodes + a)];
                    v += weight * shifts[2 * (b * nodes + a) + 1];
                }
            }
            points[k] += (float) u;
            points[k + 1] += (float) v;
        }
    }

    /** Lagrange's polynomials at a place from 0 to 1. */
    private void weigh(double[] weights, double at) {
        for (int a = 0; a < nodes; a++) {
            double product = 1;
            for (int b = 0; b < nodes; b++) {
                if (b != a) {
                    product *= (at * (nodes - 1) - b) / (a - b);
                }
            }
            weights[a] = product;
        }
    }
}
