package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/** Where the stored symbols of one size stand in their patterns. Immutable. */
final class Frame {

    private static final int SAMPLE = 256;
    private static final int MAX_FRAMES = 32;
    private static final double LEAST_AGREEMENT = 0.9;

    private final Geometry geometry;
    private final Placement placement;
    private final SymbolStructure structure;
    private final int[] moduleOfPixel;

    private Frame(Geometry geometry, double left, double top, double pitch, SymbolStructure structure) {
        this.geometry = geometry;
        this.placement = Placement.upright(left, top, pitch);
        this.structure = structure;
        this.moduleOfPixel = new int[geometry.pixels()];
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                int i = (int) Math.floor((x + 0.5 - left) / pitch);
                int j = (int) Math.floor((y + 0.5 - top) / pitch);
                boolean inside = i >= 0 && j >= 0 && i < side() && j < side();
                moduleOfPixel[geometry.index(x, y)] = inside ? j * side() + i : -1;
            }
        }
    }

    /** The frames of the symbols in a sample of the store, the most frequent first; empty when it holds none. */
    static List<Frame> of(PatternStore store) {
        Map<Frame, Integer> found = new LinkedHashMap<>();
        EvenSample.of(store, SAMPLE).map(Raster::of).forEach(raster -> {
            Bounds bounds = Bounds.ofBlack(raster);
            Optional<Frame> known = found.keySet().stream()
                    .filter(frame -> frame.fits(raster, bounds))
                    .findFirst();
            known.or(() -> in(raster, bounds, store.geometry()))
                    .ifPresent(frame -> found.merge(frame, 1, Integer::sum));
        });
        List<Frame> frames = new ArrayList<>(found.keySet());
        frames.sort((a, b) -> Integer.compare(found.get(b), found.get(a)));
        return List.copyOf(frames.subList(0, Math.min(MAX_FRAMES, frames.size())));
    }

    /** The frame of the whole symbol that a picture shows, upright; empty when it shows none. */
    private static Optional<Frame> in(Raster raster, Bounds bounds, Geometry geometry) {
        if (bounds.isEmpty()) {
            return Optional.empty();
        }
        double side = Math.max(bounds.width(), bounds.height());
        int guess = SymbolStructure.nearestSide(7 * side / bounds.firstRun(raster));
        for (int near : List.of(guess, guess - SymbolStructure.STEP, guess + SymbolStructure.STEP)) {
            if (near >= SymbolStructure.SMALLEST && near <= SymbolStructure.LARGEST) {
                Frame frame = new Frame(geometry, bounds.left(), bounds.top(), side / near, new SymbolStructure(near));
                if (frame.fits(raster, bounds)) {
                    return Optional.of(frame);
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(Raster raster, Bounds bounds) {
        if (!bounds.isNear(placement.x(), placement.y(), placement.pitch() * side())) {
            return false;
        }
        Modules modules = Modules.read(raster, placement, side(), side());
        int score = structure.score(modules, modules.visible(), new Window(0, 0, side(), 0));
        return score >= (2 * LEAST_AGREEMENT - 1) * structure.size();
    }

    /** Modules a side. */
    int side() {
        return structure.side();
    }

    SymbolStructure structure() {
        return structure;
    }

    Geometry geometry() {
        return geometry;
    }

    Placement placement() {
        return placement;
    }

    Modules read(Pattern pattern) {
        return Modules.read(Raster.of(pattern), placement, side(), side());
    }

    /** Shows modules to the store; all but the whole ones, and the quiet zone, are hidden. */
    Cue cue(Modules modules, BitSet whole) {
        long[] white = new long[geometry.pixels() / Long.SIZE + 1];
        long[] visible = new long[white.length];
        for (int pixel = 0; pixel < moduleOfPixel.length; pixel++) {
            int module = moduleOfPixel[pixel];
            if (module >= 0 && whole.get(module)) {
                long bit = 1L << pixel;
                visible[pixel / Long.SIZE] |= bit;
                white[pixel / Long.SIZE] |= modules.isWhite(module) ? bit : 0;
            }
        }
        return Cue.bipolar(
                Pattern.twoValued(geometry, BitSet.valueOf(white)), Mask.of(geometry, BitSet.valueOf(visible)));
    }
}
