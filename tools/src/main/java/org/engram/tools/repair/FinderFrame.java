package org.engram.tools.repair;

/**
 * A finder pattern with its own coordinates: its centre, the vectors of a module across and down, in pixels, in any of
 * four turns, and how well its rings fit the picture, up to 1.
 */
record FinderFrame(double x, double y, double ux, double uy, double vx, double vy, double score) {

    private static final int REACH = 4;
    private static final int ANGLES = 9;
    private static final double FIRST_STEP = 0.12;
    private static final double LAST_STEP = 0.008;
    private static final double SHRINK = 1.7;
    private static final int PASSES = 3;

    /** Fits the rings to the picture around a centre, given about how large a module is. */
    static FinderFrame fit(Pyramid picture, double x, double y, double module) {
        int halvings = picture.levelFor(module, 4);
        Raster level = picture.level(halvings);
        double scale = 1 << halvings;
        double[] best = null;
        double score = Double.NEGATIVE_INFINITY;
        for (int turn = 0; turn < ANGLES; turn++) {
            for (double size : new double[] {0.85, 1, 1.15}) {
                double angle = Math.PI / 2 / ANGLES * turn;
                double across = module * size / scale * Math.cos(angle);
                double down = module * size / scale * Math.sin(angle);
                double[] frame = {x / scale, y / scale, across, down, -down, across};
                double here = rings(level, frame);
                if (here > score) {
                    score = here;
                    best = frame;
                }
            }
        }
        for (double step = FIRST_STEP * module / scale; step > LAST_STEP * module / scale; step /= SHRINK) {
            boolean better = true;
            for (int pass = 0; pass < PASSES && better; pass++) {
                better = false;
                for (int k = 0; k < 2 * best.length; k++) {
                    double[] moved = best.clone();
                    moved[k / 2] += (k % 2 == 0 ? 1 : -1) * (k < 4 ? 2 : 1) * step;
                    double here = rings(level, moved);
                    if (here > score) {
                        score = here;
                        best = moved;
                        better = true;
                    }
                }
            }
        }
        return new FinderFrame(
                best[0] * scale,
                best[1] * scale,
                best[2] * scale,
                best[3] * scale,
                best[4] * scale,
                best[5] * scale,
                score);
    }

    /**
     * The correlation of the picture with a finder pattern and the white around it; 0 where nothing, or only one
     * colour, is seen.
     */
    private static double rings(Raster level, double[] frame) {
        double n = 0;
        double white = 0;
        double light = 0;
        double lights = 0;
        double both = 0;
        for (int j = -2 * REACH; j <= 2 * REACH; j++) {
            for (int i = -2 * REACH; i <= 2 * REACH; i++) {
                double u = i * (REACH + 0.25) / (2 * REACH);
                double v = j * (REACH + 0.25) / (2 * REACH);
                long ring = Math.round(Math.max(Math.abs(u), Math.abs(v)));
                float value = level.at(frame[0] + u * frame[2] + v * frame[4], frame[1] + u * frame[3] + v * frame[5]);
                if (!Float.isNaN(value)) {
                    double is = ring == 2 || ring == REACH ? 1 : 0;
                    n++;
                    white += is;
                    light += value;
                    lights += value * value;
                    both += is * value;
                }
            }
        }
        double spread = (white - white * white / n) * (lights - light * light / n);
        return n == 0 || spread < 1e-9 ? 0 : (both - white * light / n) / Math.sqrt(spread);
    }

    double[] centre() {
        return new double[] {x, y};
    }

    double module() {
        return (Math.hypot(ux, uy) + Math.hypot(vx, vy)) / 2;
    }

    /** Which of its four directions is nearest to a direction, with the length of a module there. */
    double[] towards(double dx, double dy) {
        double[][] directions = {{ux, uy}, {-ux, -uy}, {vx, vy}, {-vx, -vy}};
        double[] nearest = directions[0];
        double best = Double.NEGATIVE_INFINITY;
        for (double[] direction : directions) {
            double along = (direction[0] * dx + direction[1] * dy) / Math.hypot(direction[0], direction[1]);
            if (along > best) {
                best = along;
                nearest = direction;
            }
        }
        return nearest;
    }
}
