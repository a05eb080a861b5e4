package org.engram.tools.repair;

/**
 * How far a picture mixes each module with its neighbours: a blurred picture shows a module of a symbol as a weighted sum
 * of it and those around it. The weights are those that explain the votes at a place best, by least squares.
 */
final class Blur {

    /** To one of each pair of neighbours with one weight; the other is on the opposite side. */
    private static final int[][] STEPS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

    private static final int TERMS = STEPS.length + 2;
    private static final double LEAST_SHARE = 0.1;
    private static final double RIDGE = 1e-9;

    private final Symbol symbol;
    private final double[] weights;

    private Blur(Symbol symbol, double[] weights) {
        this.symbol = symbol;
        this.weights = weights;
    }

    /** As if this symbol were there. */
    static Blur of(float[] votes, Symbol symbol) {
        double[][] normal = new double[TERMS][TERMS + 1];
        double[] shares = new double[TERMS];
        for (int module = 0; module < votes.length; module++) {
            if (votes[module] != 0) {
                shares(symbol, module, shares);
                for (int i = 0; i < TERMS; i++) {
                    for (int j = 0; j < TERMS; j++) {
                        normal[i][j] += shares[i] * shares[j];
                    }
                    normal[i][TERMS] += shares[i] * votes[module];
                }
            }
        }
        return new Blur(symbol, solve(normal));
    }

    /** Whether the neighbours of a module show there more than it does itself. */
    boolean isStrong() {
        double neighbours = 0;
        for (int k = 0; k < STEPS.length; k++) {
            neighbours += 2 * weights[1 + k];
        }
        return neighbours > weights[0];
    }

    /** The votes without what the neighbours add, as if each module were shown alone: from -1 to 1, and 0 where they are. */
    float[] sharpened(float[] votes) {
        float[] sharp = new float[votes.length];
        double[] shares = new double[TERMS];
        double own = Math.max(LEAST_SHARE, weights[0]);
        for (int module = 0; module < votes.length; module++) {
            if (votes[module] != 0) {
                shares(symbol, module, shares);
                double added = 0;
                for (int term = 1; term < TERMS; term++) {
                    added += weights[term] * shares[term];
                }
                sharp[module] = (float) Math.clamp((votes[module] - added) / own, -1, 1);
            }
        }
        return sharp;
    }

    /** What each weight is a factor of: the module itself, pairs of neighbours, and 1. Outside the symbol all is white. */
    private static void shares(Symbol symbol, int module, double[] shares) {
        int side = symbol.side();
        shares[0] = symbol.sign(module);
        for (int k = 0; k < STEPS.length; k++) {
            shares[1 + k] = 0;
            for (int way = -1; way <= 1; way += 2) {
                int x = module % side + way * STEPS[k][0];
                int y = module / side + way * STEPS[k][1];
                boolean isInside = x >= 0 && y >= 0 && x < side && y < side;
                shares[1 + k] += isInside ? symbol.sign(y * side + x) : 1;
            }
        }
        shares[TERMS - 1] = 1;
    }

    /** Gauss and Jordan, with the largest element of a column in front. */
    private static double[] solve(double[][] rows) {
        for (int i = 0; i < TERMS; i++) {
            int largest = i;
            for (int row = i + 1; row < TERMS; row++) {
                largest = Math.abs(rows[row][i]) > Math.abs(rows[largest][i]) ? row : largest;
            }
            double[] front = rows[largest];
            rows[largest] = rows[i];
            rows[i] = front;
            front[i] += RIDGE;
            for (int row = 0; row < TERMS; row++) {
                double factor = row == i ? 0 : rows[row][i] / front[i];
                for (int k = i; k <= TERMS; k++) {
                    rows[row][k] -= factor * front[k];
                }
            }
        }
        double[] solution = new double[TERMS];
        for (int i = 0; i < TERMS; i++) {
            solution[i] = rows[i][TERMS] / rows[i][i];
        }
        return solution;
    }
}
