package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.engram.tools.repair.Place.Method;

/** Finds symbols that are turned or seen in perspective, without finder patterns, by the grids that their modules make. */
final class TiltedGrids {

    /** The longest side of the largest picture in which grids are looked for, in pixels. */
    private static final int LONGEST = 640;

    /** Smaller pictures are for larger modules. */
    private static final int PICTURES = 3;

    private static final int MODULES_OF_SEED = 10;
    private static final int SEEDS = 8;

    /** A grid of fewer modules in phase may be chance. */
    private static final double LEAST_AREA = 150;

    /** A grid may be torn, or hidden at its border, by this many modules. */
    private static final int AROUND = 8;

    /** How many modules may be compared in one grid. */
    private static final long MOST_WORK = 30_000_000;

    private final Pyramid picture;
    private final List<Integer> sides;
    private final List<Followed> grids = new ArrayList<>();

    /** Looks for symbols with these numbers of modules a side. */
    TiltedGrids(Pyramid picture, List<Integer> sides) {
        this.picture = picture;
        this.sides = sides;
    }

    private record Start(int level, GridSeeds.Seed seed) {
        Quad quad() {
            return seed.quad().scaled(1 << level);
        }
    }

    /** The place of a grid that was followed, how many modules it has a side, and a part of it, laid upright. */
    private record Followed(Quad quad, int modules, TiltedGrid.Part part, Raster upright) {
        static Followed of(TiltedGrid grid, int level) {
            TiltedGrid.Part part = grid.part(AROUND);
            return new Followed(grid.quad().scaled(1 << level), grid.modules(), part, grid.upright(part));
        }

        Modules read(boolean inverted) {
            Raster shown = inverted ? upright.inverted() : upright;
            return Modules.read(shown, 0, 0, TiltedGrid.SAMPLES, part.columns(), part.rows());
        }

        Quad quad(Window window) {
            float left = part.left() + window.left();
            float top = part.top() + window.top();
            float right = left + window.side();
            float bottom = top + window.side();
            return quad.part(modules, left, top, right, top, right, bottom, left, bottom)
                    .turned(window.quarters());
        }
    }

    /** Follows the likeliest seeds that lie in no grid that was followed before. */
    TiltedGrids find() {
        List<Start> starts = new ArrayList<>();
        int first = picture.levelWithin(LONGEST);
        int last = Math.min(first + PICTURES - 1, picture.levelWithin(1));
        for (int level = first; level <= last; level++) {
            for (GridSeeds.Seed seed : new GridSeeds(picture.level(level), MODULES_OF_SEED).best()) {
                starts.add(new Start(level, seed));
            }
        }
        starts.sort(Comparator.comparingDouble((Start start) -> start.seed.strength())
                .reversed());
        int most = 2 * sides.stream().mapToInt(side -> side).max().orElse(0);
        int tried = 0;
        for (Start start : starts) {
            if (tried < SEEDS && grids.stream().noneMatch(grid -> grid.quad().overlaps(start.quad()))) {
                tried++;
                TiltedGrid grid = TiltedGrid.from(picture.level(start.level), start.seed, most);
                if (grid.area() >= LEAST_AREA) {
                    grids.add(Followed.of(grid, start.level));
                }
            }
        }
        return this;
    }

    /** The places of all grids where the modules, or their inverse, agree best with the structure of a symbol. */
    List<Place> places(boolean inverted) {
        List<Place> places = new ArrayList<>();
        for (Followed grid : grids) {
            GridWindows windows = new GridWindows(grid.read(inverted));
            long work = 0;
            for (int side : sides) {
                work += windows.work(side);
                if (work > MOST_WORK) {
                    break;
                }
                for (Window window : windows.best(side)) {
                    places.add(Place.flat(grid.quad(window), side, Method.SEARCHED));
                }
            }
        }
        return places;
    }
}
