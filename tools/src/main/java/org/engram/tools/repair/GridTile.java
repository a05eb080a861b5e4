package org.engram.tools.repair;

/**
 * A square part of a picture that was laid on a grid of modules. Its middle is (u, v), in modules. The edges in it are off
 * the lines of the grid by a part of a module, from -0.5 to 0.5, across and down. The weight tells how sure that is. It is
 * 0 where the edges are in no phase.
 */
record GridTile(double u, double v, double across, double down, double weight) {

    /** Samples of light for each module, across and down. Their phases are quarters of a turn. */
    static final int SAMPLES = 4;

    /** The side of a tile, in modules. */
    static final int SIDE = 6;

    /** Edges are in phase when this share of them is. */
    private static final double IN_PHASE = 0.25;

    /** Measures the tile whose first module is (left, top). */
    static GridTile of(Raster samples, int left, int top) {
        double[] across = new double[SAMPLES];
        double[] down = new double[SAMPLES];
        for (int y = top * SAMPLES; y < (top + SIDE) * SAMPLES; y++) {
            for (int x = left * SAMPLES; x < (left + SIDE) * SAMPLES; x++) {
                if (samples.isVisible(x, y)) {
                    float here = samples.luminance(x, y);
                    if (samples.isVisible(x + 1, y)) {
                        across[(x + 1) % SAMPLES] += Math.abs(samples.luminance(x + 1, y) - here);
                    }
                    if (samples.isVisible(x, y + 1)) {
                        down[(y + 1) % SAMPLES] += Math.abs(samples.luminance(x, y + 1) - here);
                    }
                }
            }
        }
        double weight = Math.min(weight(across), weight(down));
        return new GridTile(left + SIDE / 2.0, top + SIDE / 2.0, phase(across), phase(down), weight);
    }

    boolean isInPhase() {
        return weight > 0;
    }

    GridTile moved(int by) {
        return new GridTile(u + by, v + by, across, down, weight);
    }

    private static double weight(double[] edges) {
        double total = edges[0] + edges[1] + edges[2] + edges[3];
        double strength = Math.hypot(edges[0] - edges[2], edges[1] - edges[3]);
        return strength > IN_PHASE * total ? strength * strength / total : 0;
    }

    private static double phase(double[] edges) {
        return Math.atan2(edges[1] - edges[3], edges[0] - edges[2]) / (2 * Math.PI);
    }
}
