package org.engram.tools.repair;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The place of an upright symbol in a pattern: its corner, the pixels of a module, and the modules a side. */
record Frame(double left, double top, double pitch, int side) {

    private static final double LEAST_AGREEMENT = 0.9;

    /** The frame of the whole symbol that a pattern shows, upright; empty when it shows none. */
    static Optional<Frame> in(Raster raster, Bounds bounds) {
        if (bounds.isEmpty()) {
            return Optional.empty();
        }
        double width = Math.max(bounds.width(), bounds.height());
        int guess = SymbolStructure.nearestSide(7 * width / bounds.firstRun(raster));
        for (int near : List.of(guess, guess - SymbolStructure.STEP, guess + SymbolStructure.STEP)) {
            if (near >= SymbolStructure.SMALLEST && near <= SymbolStructure.LARGEST) {
                Frame frame = new Frame(bounds.left(), bounds.top(), width / near, near);
                if (frame.isAt(bounds)
                        && frame.read(raster, SymbolStructure.of(near)).isPresent()) {
                    return Optional.of(frame);
                }
            }
        }
        return Optional.empty();
    }

    boolean isAt(Bounds bounds) {
        return bounds.isNear(left, top, pitch * side);
    }

    /**
     * The white modules of the symbol that stands here; empty when the pattern does not have the structure of a symbol
     * here.
     */
    Optional<BitSet> read(Raster raster, SymbolStructure structure) {
        Modules modules = Modules.read(raster, left, top, pitch, side, side);
        BitSet white = new BitSet(side * side);
        for (int module = 0; module < side * side; module++) {
            white.set(module, modules.isWhite(module));
        }
        return structure.share(white::get) >= LEAST_AGREEMENT ? Optional.of(white) : Optional.empty();
    }
}
