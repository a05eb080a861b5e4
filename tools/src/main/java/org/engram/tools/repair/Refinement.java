package org.engram.tools.repair;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Moves a place until the picture there fits known modules best: those of a symbol, or the fixed ones of its size. */
final class Refinement {

    /** Modules of more pixels are read from a smaller picture. */
    private static final double MOST_PIXELS = 3;

    private static final int PASSES = 3;
    private static final double LEAST_STEP = 0.06;
    private static final double LEAST_GAIN = 1e-6;
    private static final int NODES = 3;

    private final Pyramid picture;
    private final int side;
    private final int[] modules;
    private final float[] signs;

    private Place place;
    private Raster level;
    private int scale;
    private SoftModules base;
    private double score;
    private long work;

    private Refinement(Pyramid picture, Place place, IntUnaryOperator sign) {
        this.picture = picture;
        this.side = place.side();
        this.modules = IntStream.range(0, side * side)
                .filter(module -> sign.applyAsInt(module) != 0)
                .toArray();
        this.signs = new float[modules.length];
        for (int k = 0; k < signs.length; k++) {
            signs[k] = sign.applyAsInt(modules[k]);
        }
        settle(place);
    }

    static Refinement on(Symbol symbol, Pyramid picture, Place place) {
        return new Refinement(picture, place, symbol::sign);
    }

    static Refinement onStructure(Pyramid picture, Place place) {
        SymbolStructure structure = SymbolStructure.of(place.side());
        return new Refinement(
                picture, place, module -> structure.isFixed(module) ? structure.isWhite(module) ? 1 : -1 : 0);
    }

    /** Takes the light at a place for the light around it, too. */
    private void settle(Place here) {
        place = here;
        int halvings = picture.levelFor(here.pitch(), MOST_PIXELS);
        level = picture.level(halvings);
        scale = 1 << halvings;
        base = SoftModules.read(picture, here);
        score = score(here);
    }

    private double score(Place moved) {
        work += modules.length;
        float[] points = new float[2 * modules.length];
        for (int k = 0; k < modules.length; k++) {
            points[2 * k] = modules[k] % side + 0.5f;
            points[2 * k + 1] = Math.floorDiv(modules[k], side) + 0.5f;
        }
        moved.toPixels(points);
        double agreeing = 0;
        double squares = 0;
        for (int k = 0; k < modules.length; k++) {
            float vote = base.vote(modules[k], level.at(points[2 * k] / scale, points[2 * k + 1] / scale));
            agreeing += vote * signs[k];
            squares += vote * vote;
        }
        return squares == 0 ? 0 : agreeing / Math.sqrt(squares);
    }

    private boolean accept(Place moved) {
        double other = score(moved);
        if (other > score + LEAST_GAIN) {
            score = other;
            place = moved;
            return true;
        }
        return false;
    }

    /** Moves the corners, at first by this share of a module. */
    Refinement corners(double firstStep) {
        for (double step = firstStep; step >= LEAST_STEP; step /= 2) {
            double pixels = step * place.pitch();
            boolean better = true;
            for (int pass = 0; pass < PASSES && better; pass++) {
                better = false;
                for (int coordinate = 0; coordinate < 8; coordinate++) {
                    better |= accept(place.at(place.quad().moved(coordinate, pixels)))
                            || accept(place.at(place.quad().moved(coordinate, -pixels)));
                }
            }
            settle(place);
        }
        return this;
    }

    /** Bends the plane. */
    Refinement bend() {
        Bend bend = place.bend().orElse(Bend.none(NODES));
        place = place.bent(bend);
        for (double step = 0.6; step >= LEAST_STEP; step /= 2) {
            boolean better = true;
            for (int pass = 0; pass < PASSES && better; pass++) {
                better = false;
                for (int coordinate = 0; coordinate < bend.coordinates(); coordinate++) {
                    better |= accept(place.bent(place.bend().orElseThrow().moved(coordinate, step)))
                            || accept(place.bent(place.bend().orElseThrow().moved(coordinate, -step)));
                }
            }
            settle(place);
        }
        return this;
    }

    Place place() {
        return place;
    }

    double score() {
        return score;
    }

    /** How many modules were looked at. */
    long work() {
        return work;
    }
}
