package org.engram.bench;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/**
 * The patterns of the benchmark stores: shaped like the paper's QR symbols (21 x 21 random modules of 4 x 4 pixels in a
 * white margin), always the same for the same neuron. The first {@value #BASES} are clean; each later one is one of
 * them with {@value #FLIPS} pixels flipped, so that every pattern differs from every other.
 */
final class Symbols {

    /** To be raised with every change of what this class generates: it is part of the stores' names. */
    static final int VERSION = 1;

    static final Geometry GEOMETRY = Geometry.PAPER;

    private static final int BASES = 298;
    private static final int FLIPS = 1345;
    private static final int MODULES = 21;
    private static final int MARGIN_MODULES = 4;
    private static final int MODULE_PIXELS = 4;

    private Symbols() {}

    /** The white pixels of a neuron's pattern; bit {@code y * width + x} for pixel (x, y). */
    static BitSet white(int neuron) {
        BitSet white = base(neuron % BASES);
        return neuron < BASES ? white : flipped(white, neuron);
    }

    static Pattern pattern(int neuron) {
        return Pattern.blackAndWhite(GEOMETRY, white(neuron));
    }

    /** A neuron's pattern as a damaged picture shows it: with some pixels flipped, the same ones every time. */
    static Pattern damaged(int neuron) {
        return Pattern.blackAndWhite(GEOMETRY, flipped(white(neuron), ~neuron));
    }

    static String key(int neuron) {
        return "symbol-" + neuron;
    }

    private static BitSet base(int symbol) {
        SplittableRandom random = new SplittableRandom(symbol);
        BitSet white = new BitSet(GEOMETRY.pixels());
        white.set(0, GEOMETRY.pixels());
        for (int module = 0; module < MODULES * MODULES; module++) {
            if (random.nextBoolean()) {
                blacken(white, MARGIN_MODULES + module % MODULES, MARGIN_MODULES + module / MODULES);
            }
        }
        return white;
    }

    private static void blacken(BitSet white, int moduleX, int moduleY) {
        for (int row = 0; row < MODULE_PIXELS; row++) {
            int left = GEOMETRY.index(moduleX * MODULE_PIXELS, moduleY * MODULE_PIXELS + row);
            white.clear(left, left + MODULE_PIXELS);
        }
    }

    private static BitSet flipped(BitSet white, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < FLIPS; i++) {
            white.flip(random.nextInt(GEOMETRY.pixels()));
        }
        return white;
    }
}
