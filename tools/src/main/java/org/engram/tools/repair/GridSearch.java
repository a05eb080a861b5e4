package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.engram.tools.repair.Place.Method;

/**
 * Finds upright grids without finder patterns. The edges of modules stand at equal distances, which shows in their
 * Fourier transform. The best places on such a grid are those that agree with the structure of a symbol.
 */
final class GridSearch {

    /** How many places are kept for each size of symbol. */
    private static final int KEPT = 12;

    private static final int TURNS = 4;

    /** A place loses this for every module between its centre and the centre of the picture. */
    private static final double OFF_CENTRE = 0.1;

    private static final int PITCHES = 2;
    private static final double SMALLEST_PITCH = 1.5;

    /** This is more modules than any symbol with its quiet zone has. */
    private static final int MAX_MODULES = 220;

    /** How many modules may be compared, over all places; a picture of many small edges has many. */
    private static final long MOST_WORK = 60_000_000;

    private final Raster raster;
    private final List<Integer> sides;
    private final EdgeSpectrum spectrum;
    private long work;

    /** Looks for symbols with these numbers of modules a side. */
    GridSearch(Raster raster, List<Integer> sides) {
        this.raster = raster;
        this.spectrum = EdgeSpectrum.of(raster);
        this.sides = sides;
    }

    private record Scored(Window window, double score) {}

    /** The best places for one pitch, at most twelve for each size of symbol. */
    private List<Place> best(double pitch) {
        List<Place> places = new ArrayList<>();
        double left = spectrum.left(pitch);
        double top = spectrum.top(pitch);
        int columns = (int) Math.ceil((raster.width() - left) / pitch);
        int rows = (int) Math.ceil((raster.height() - top) / pitch);
        if (columns <= MAX_MODULES && rows <= MAX_MODULES) {
            Modules all = Modules.read(raster, left, top, pitch, columns, rows);
            for (int side : sides) {
                work += (long) TURNS
                        * SymbolStructure.of(side).size()
                        * Math.max(0, columns - side + 1)
                        * Math.max(0, rows - side + 1);
                if (work > MOST_WORK) {
                    break;
                }
                for (Window window : best(all, side)) {
                    places.add(place(window, left, top, pitch));
                }
            }
        }
        return places;
    }

    private static Place place(Window window, double left, double top, double pitch) {
        double x = left + pitch * window.left();
        double y = top + pitch * window.top();
        double size = pitch * window.side();
        Quad quad = Quad.of(x, y, x + size, y, x + size, y + size, x, y + size);
        return Place.flat(quad.turned(window.quarters()), window.side(), Method.SEARCHED);
    }

    /** The places for each likely pitch, the likeliest pitch first. They are found when they are asked for. */
    Stream<List<Place>> places() {
        int smallest = sides.stream().mapToInt(side -> side).min().orElse(SymbolStructure.SMALLEST);
        double largest = (double) Math.max(raster.width(), raster.height()) / smallest + 1;
        return spectrum.pitches(SMALLEST_PITCH, largest, PITCHES).stream().map(this::best);
    }

    private static List<Window> best(Modules all, int side) {
        SymbolStructure structure = SymbolStructure.of(side);
        BitSet whole = DamageEstimate.whole(all);
        Shade shade = new Shade(all, whole);
        List<Scored> windows = new ArrayList<>();
        for (int top = 0; top + side <= all.rows(); top++) {
            for (int left = 0; left + side <= all.columns(); left++) {
                int outside = shade.total() - shade.within(left, top, side);
                double offCentre = Math.abs(2 * left + side - all.columns()) + Math.abs(2 * top + side - all.rows());
                for (int quarters = 0; quarters < TURNS; quarters++) {
                    Window window = new Window(left, top, side, quarters);
                    double score = structure.score(all, whole, window) - outside - OFF_CENTRE * offCentre;
                    windows.add(new Scored(window, score));
                }
            }
        }
        windows.sort(Comparator.comparingDouble(Scored::score).reversed());
        return windows.stream().limit(KEPT).map(Scored::window).toList();
    }

    /** Tells how many whole black modules lie in any square, from sums over all rectangles at the upper left corner. */
    private static final class Shade {
        private final int columns;
        private final int rows;
        private final int[] sums;

        Shade(Modules modules, BitSet whole) {
            columns = modules.columns();
            rows = modules.rows();
            sums = new int[(columns + 1) * (rows + 1)];
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    int module = y * columns + x;
                    int black = whole.get(module) && !modules.isWhite(module) ? 1 : 0;
                    sums[(y + 1) * (columns + 1) + x + 1] = black + sum(x, y + 1) + sum(x + 1, y) - sum(x, y);
                }
            }
        }

        private int sum(int x, int y) {
            return sums[y * (columns + 1) + x];
        }

        int total() {
            return sum(columns, rows);
        }

        int within(int left, int top, int side) {
            return sum(left + side, top + side) - sum(left, top + side) - sum(left + side, top) + sum(left, top);
        }
    }
}
