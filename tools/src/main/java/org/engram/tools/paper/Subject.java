package org.engram.tools.paper;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/**
 * The subject of the experiments: the store, opened read-only, its directory, and the symbol and pattern of neuron i at
 * index i.
 */
public record Subject(PatternStore store, Path directory, List<PaperSymbols.Symbol> symbols, List<Pattern> patterns)
        implements AutoCloseable {

    @Override
    public void close() {
        store.close();
    }

    /** The side of the lower right quarter, in pixels. */
    int quarterSide() {
        return geometry().width() / 2;
    }

    Geometry geometry() {
        return store.geometry();
    }

    int neurons() {
        return patterns.size();
    }

    /** The share of the picture inside a square. */
    double visible(int side) {
        return (double) side * side / geometry().pixels();
    }
}
