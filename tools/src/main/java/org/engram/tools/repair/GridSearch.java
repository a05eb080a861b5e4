package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.engram.tools.repair.Place.Method;

/**
 * Finds upright grids without finder patterns. The edges of modules stand at equal distances, which shows in their
 * Fourier transform. The best places on such a grid are those that agree with the structure of a symbol.
 */
final class GridSearch {

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

    /** The best places for one pitch, at most twelve for each size of symbol. */
    private List<Place> best(double pitch) {
        List<Place> places = new ArrayList<>();
        double left = spectrum.left(pitch);
        double top = spectrum.top(pitch);
        int columns = (int) Math.ceil((raster.width() - left) / pitch);
        int rows = (int) Math.ceil((raster.height() - top) / pitch);
        if (columns <= MAX_MODULES && rows <= MAX_MODULES) {
            GridWindows windows = new GridWindows(Modules.read(raster, left, top, pitch, columns, rows));
            for (int side : sides) {
                work += windows.work(side);
                if (work > MOST_WORK) {
                    break;
                }
                for (Window window : windows.best(side)) {
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
}
