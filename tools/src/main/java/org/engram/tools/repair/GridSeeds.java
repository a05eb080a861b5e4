package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds small parts of a picture that look like a grid of modules, in any direction. There the light changes across two
 * families of lines only, and the lines of a family stand at equal distances.
 */
final class GridSeeds {

    /** The side of a part, in pixels. */
    private static final int PART = 48;

    private static final int STEP = PART / 2;
    private static final double REACH = PART * Math.sqrt(2);

    /** Lines of a family lie at least this far apart, in pixels. */
    private static final double SMALLEST_PITCH = 2;

    /** A part has at least this many modules a side. */
    private static final double LEAST_MODULES = 6;

    /** How many parts are looked at closely. */
    private static final int LIKELY = 10;

    /** The place of an edge is counted in halves of a pixel. */
    private static final double BINS = 2;

    private final Raster raster;
    private final int modules;

    /** Takes squares of this many modules for seeds. */
    GridSeeds(Raster raster, int modules) {
        this.raster = raster;
        this.modules = modules;
    }

    /** The place of a square of this many modules, and how much speaks for a grid there. */
    record Seed(Quad quad, int modules, double strength) {}

    private record Part(int left, int top, double angle, double strength) {
        double middleX() {
            return left + PART / 2.0;
        }

        double middleY() {
            return top + PART / 2.0;
        }
    }

    /** Lines at right angles to a direction. They lie {@code first} from the origin, and a whole number of pitches more. */
    private record Family(double cos, double sin, double first, double pitch, double strength) {
        double nearest(double x, double y) {
            return Math.rint((x * cos + y * sin - first) / pitch);
        }

        double distance(double line) {
            return first + line * pitch;
        }
    }

    /** The light changes by (gx, gy) at a pixel. */
    private interface Change {
        void at(int x, int y, double gx, double gy);
    }

    /** The likeliest seeds, the likeliest first. */
    List<Seed> best() {
        List<Part> parts = new ArrayList<>();
        for (int top = 0; top + PART <= raster.height(); top += STEP) {
            for (int left = 0; left + PART <= raster.width(); left += STEP) {
                parts.add(part(left, top));
            }
        }
        return parts.stream()
                .sorted(Comparator.comparingDouble(Part::strength).reversed())
                .limit(LIKELY)
                .flatMap(part -> seed(part).stream())
                .sorted(Comparator.comparingDouble(Seed::strength).reversed())
                .toList();
    }

    private void changes(int left, int top, Change change) {
        for (int y = Math.max(1, top); y < Math.min(raster.height() - 1, top + PART); y++) {
            for (int x = Math.max(1, left); x < Math.min(raster.width() - 1, left + PART); x++) {
                if (raster.isVisible(x - 1, y)
                        && raster.isVisible(x + 1, y)
                        && raster.isVisible(x, y - 1)
                        && raster.isVisible(x, y + 1)) {
                    double gx = raster.luminance(x + 1, y) - raster.luminance(x - 1, y);
                    double gy = raster.luminance(x, y + 1) - raster.luminance(x, y - 1);
                    change.at(x, y, gx, gy);
                }
            }
        }
    }

    /** Finds the angle that most changes have, but for quarter turns: four times the angle is the same for all of them. */
    private Part part(int left, int top) {
        double[] sums = new double[3];
        changes(left, top, (x, y, gx, gy) -> {
            double square = gx * gx + gy * gy;
            if (square > 0) {
                double real = gx * gx - gy * gy;
                double imaginary = 2 * gx * gy;
                sums[0] += (real * real - imaginary * imaginary) / square;
                sums[1] += 2 * real * imaginary / square;
                sums[2] += square;
            }
        });
        double agreeing = Math.hypot(sums[0], sums[1]);
        double strength = sums[2] == 0 ? 0 : agreeing * agreeing / sums[2];
        return new Part(left, top, Math.atan2(sums[1], sums[0]) / 4, strength);
    }

    private Optional<Seed> seed(Part part) {
        return family(part, part.angle)
                .flatMap(across -> family(part, part.angle + Math.PI / 2).map(down -> seed(part, across, down)));
    }

    private Seed seed(Part part, Family across, Family down) {
        double left = across.nearest(part.middleX(), part.middleY()) - modules / 2.0;
        double top = down.nearest(part.middleX(), part.middleY()) - modules / 2.0;
        double[] corners = new double[8];
        for (int corner = 0; corner < 4; corner++) {
            double a = across.distance(corner == 1 || corner == 2 ? left + modules : left);
            double b = down.distance(corner >= 2 ? top + modules : top);
            double determinant = across.cos * down.sin - across.sin * down.cos;
            corners[2 * corner] = (a * down.sin - b * across.sin) / determinant;
            corners[2 * corner + 1] = (b * across.cos - a * down.cos) / determinant;
        }
        return new Seed(Quad.of(corners), modules, part.strength * across.strength * down.strength);
    }

    /** The lines across which the light changes in a direction that is near to an angle; none where it does not change. */
    private Optional<Family> family(Part part, double near) {
        double angle = angle(part, near);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double least = part.middleX() * cos + part.middleY() * sin - REACH / 2;
        double[] edges = new double[(int) (BINS * REACH) + 2];
        changes(part.left, part.top, (x, y, gx, gy) -> {
            if (isNear(near, gx, gy)) {
                int bin = (int) Math.round(BINS * ((x + 0.5) * cos + (y + 0.5) * sin - least));
                edges[bin] += Math.hypot(gx, gy);
            }
        });
        EdgeSpectrum spectrum = EdgeSpectrum.of(edges);
        return spectrum.pitches(BINS * SMALLEST_PITCH, BINS * PART / LEAST_MODULES, 1).stream()
                .map(pitch ->
                        new Family(cos, sin, least + spectrum.left(pitch) / BINS, pitch / BINS, spectrum.share(pitch)))
                .findFirst();
    }

    /** The mean angle of the changes that are near to one; twice the angle is the same for both ways. */
    private double angle(Part part, double near) {
        double[] sums = new double[2];
        changes(part.left, part.top, (x, y, gx, gy) -> {
            if (isNear(near, gx, gy)) {
                sums[0] += gx * gx - gy * gy;
                sums[1] += 2 * gx * gy;
            }
        });
        double angle = Math.atan2(sums[1], sums[0]) / 2;
        return Math.cos(angle - near) < 0 ? angle + Math.PI : angle;
    }

    /** Whether a change is nearer to an angle than to its right angle, in either way. */
    private static boolean isNear(double angle, double gx, double gy) {
        return (gx * gx - gy * gy) * Math.cos(2 * angle) + 2 * gx * gy * Math.sin(2 * angle) > 0;
    }
}
