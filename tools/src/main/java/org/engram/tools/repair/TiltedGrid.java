package org.engram.tools.repair;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.PerspectiveTransform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.engram.tools.qr.BlackLevels;

/**
 * Follows a grid of modules from a small part of a picture as far as it goes, turned and in perspective. The phase of the
 * edges tells how far the lines of the grid are off their places. The corners of the grid move until they are not off, and
 * then outwards. For one thread.
 */
final class TiltedGrid {

    private static final double GROWTH = 1.5;

    /** The grid has ended when fewer of the tiles at its border are in phase. */
    private static final double LEAST_AT_BORDER = 0.08;

    private static final double BORDER = 1.5 * GridTile.SIDE;

    /** A tile with this share of the strongest edges may be in phase by chance. */
    private static final double FAINT = 0.1;

    /** Samples of a module when it is read, across and down. */
    static final int SAMPLES = 3;

    private final Raster raster;
    private Quad quad;
    private int modules;
    private List<GridTile> tiles = List.of();

    private TiltedGrid(Raster raster, GridSeeds.Seed seed) {
        this.raster = raster;
        this.quad = seed.quad();
        this.modules = seed.modules();
    }

    /** Follows a grid until it ends, or has this many modules a side. */
    static TiltedGrid from(Raster raster, GridSeeds.Seed seed, int most) {
        TiltedGrid grid = new TiltedGrid(raster, seed);
        grid.fit(0);
        grid.fit(0);
        while (grid.modules < most && grid.goesOn()) {
            grid.fit((int) Math.ceil((GROWTH - 1) * grid.modules / 4) * 2);
            grid.fit(0);
        }
        return grid;
    }

    /** The place of a square of {@link #modules} modules. */
    Quad quad() {
        return quad;
    }

    int modules() {
        return modules;
    }

    /** The number of modules where edges are in phase. */
    double area() {
        return tiles.stream().filter(GridTile::isInPhase).count() * Math.pow(GridTile.SIDE / 2.0, 2);
    }

    private boolean goesOn() {
        List<GridTile> border = tiles.stream()
                .filter(tile -> Math.min(Math.min(tile.u(), tile.v()), modules - Math.max(tile.u(), tile.v())) < BORDER)
                .toList();
        return border.stream().filter(GridTile::isInPhase).count() > LEAST_AT_BORDER * border.size();
    }

    /** Moves the corners to where the lines of the grid are, and by some modules outwards. */
    private void fit(int outwards) {
        Raster samples = sampled(new Part(0, 0, modules, modules), GridTile.SAMPLES);
        List<GridTile> measured = new ArrayList<>();
        for (int top = 0; top + GridTile.SIDE <= modules; top += GridTile.SIDE / 2) {
            for (int left = 0; left + GridTile.SIDE <= modules; left += GridTile.SIDE / 2) {
                measured.add(GridTile.of(samples, left, top));
            }
        }
        GridDrift across = GridDrift.of(measured, modules, GridTile::across);
        GridDrift down = GridDrift.of(measured, modules, GridTile::down);
        float[] corners = new float[8];
        for (int corner = 0; corner < 4; corner++) {
            double u = corner == 1 || corner == 2 ? modules + outwards : -outwards;
            double v = corner >= 2 ? modules + outwards : -outwards;
            corners[2 * corner] = (float) (u + across.at(u, v));
            corners[2 * corner + 1] = (float) (v + down.at(u, v));
        }
        quad = quad.part(modules, corners);
        modules += 2 * outwards;
        tiles = measured.stream().map(tile -> tile.moved(outwards)).toList();
    }

    /** A rectangle of modules. Its first ones may lie outside the grid. */
    record Part(int left, int top, int columns, int rows) {}

    /** The part in which the edges are in phase, and some modules around it. */
    Part part(int around) {
        double strongest = tiles.stream().mapToDouble(GridTile::weight).max().orElse(0);
        List<GridTile> strong =
                tiles.stream().filter(tile -> tile.weight() > FAINT * strongest).toList();
        if (strong.isEmpty()) {
            return new Part(0, 0, modules, modules);
        }
        int more = around + GridTile.SIDE / 2;
        int left = (int) strong.stream().mapToDouble(GridTile::u).min().orElseThrow() - more;
        int top = (int) strong.stream().mapToDouble(GridTile::v).min().orElseThrow() - more;
        int right = (int) strong.stream().mapToDouble(GridTile::u).max().orElseThrow() + more;
        int bottom = (int) strong.stream().mapToDouble(GridTile::v).max().orElseThrow() + more;
        return new Part(left, top, right - left, bottom - top);
    }

    private Raster sampled(Part part, int samples) {
        int width = part.columns * samples;
        int height = part.rows * samples;
        PerspectiveTransform transform = quad.transform(modules);
        float[] light = new float[width * height];
        BitSet hidden = new BitSet(light.length);
        float[] points = new float[2 * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                points[2 * x] = part.left + (x + 0.5f) / samples;
                points[2 * x + 1] = part.top + (y + 0.5f) / samples;
            }
            transform.transformPoints(points);
            for (int x = 0; x < width; x++) {
                float value = raster.at(points[2 * x], points[2 * x + 1]);
                hidden.set(y * width + x, Float.isNaN(value));
                light[y * width + x] = Float.isNaN(value) ? 1 : value;
            }
        }
        return new Raster(width, height, light, hidden);
    }

    /** A part laid upright, {@link #SAMPLES} pixels a module, black where it is darker than the light around. */
    Raster upright(Part part) {
        Raster samples = sampled(part, SAMPLES);
        List<BitMatrix> levels = BlackLevels.of(samples.source());
        return levels.isEmpty() ? samples : samples.twoValued(levels.get(0));
    }
}
