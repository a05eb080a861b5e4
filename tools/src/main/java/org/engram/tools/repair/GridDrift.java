package org.engram.tools.repair;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far the lines of a grid are off their places, as a function of the place: a constant, a part that grows across, one
 * that grows down, and one that grows with both. It is fitted to tiles by least squares, and tiles that are far off the
 * others count less. Immutable.
 */
final class GridDrift {

    private static final int TERMS = 4;
    private static final int FITS = 3;

    /** A tile that is off the others by this part of a module counts half. */
    private static final double OFF = 0.1;

    /** What holds each term back where few tiles speak, as shares of their weight. */
    private static final double[] RESTRAINT = {0, 0.001, 0.001, 0.005};

    private final int modules;
    private final double[] terms;

    private GridDrift(int modules, double[] terms) {
        this.modules = modules;
        this.terms = terms;
    }

    /** The drift in one direction, in a grid of this many modules a side. */
    static GridDrift of(List<GridTile> tiles, int modules, ToDoubleFunction<GridTile> offset) {
        GridDrift drift = new GridDrift(modules, new double[TERMS]);
        for (int fit = 0; fit < FITS; fit++) {
            double[][] equations = new double[TERMS][TERMS + 1];
            double total = 0;
            for (GridTile tile : tiles) {
                double off = fit == 0 ? 0 : (offset.applyAsDouble(tile) - drift.at(tile.u(), tile.v())) / OFF;
                double weight = tile.weight() / (1 + off * off);
                double[] basis = drift.basis(tile.u(), tile.v());
                for (int i = 0; i < TERMS; i++) {
                    for (int k = 0; k < TERMS; k++) {
                        equations[i][k] += weight * basis[i] * basis[k];
                    }
                    equations[i][TERMS] += weight * basis[i] * offset.applyAsDouble(tile);
                }
                total += weight;
            }
            for (int i = 0; i < TERMS; i++) {
                equations[i][i] += RESTRAINT[i] * total + Double.MIN_NORMAL;
            }
            drift = new GridDrift(modules, solved(equations));
        }
        return drift;
    }

    /** By this part of a module the lines near (u, v) are off. */
    double at(double u, double v) {
        double[] basis = basis(u, v);
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
            sum += terms[k] * basis[k];
        }
        return sum;
    }

    private double[] basis(double u, double v) {
        double s = 2 * u / modules - 1;
        double t = 2 * v / modules - 1;
        return new double[] {1, s, t, s * t};
    }

    /** Solves equations by elimination. Their matrix is positive, so no rows change places. The last column is the right side. */
    private static double[] solved(double[][] rows) {
        int n = rows.length;
        for (int i = 0; i < n; i++) {
            for (int k = i + 1; k < n; k++) {
                double factor = rows[k][i] / rows[i][i];
                for (int j = i; j <= n; j++) {
                    rows[k][j] -= factor * rows[i][j];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = rows[i][n];
            for (int k = i + 1; k < n; k++) {
                sum -= rows[i][k] * solution[k];
            }
            solution[i] = sum / rows[i][i];
        }
        return solution;
    }
}
