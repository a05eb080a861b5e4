package org.engram.bench;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;

/**
 * The patterns of the benchmark stores: shaped like the paper's QR symbols (21 x 21 random modules of 4 x 4 pixels in a
 * white margin), always the same for the same neuron. Every neuron has modules of its own: the first 64 of them are a
 * one-to-one function of its number, so that no two symbols are the same.
 */
final class Symbols {

    /** Raise this with every change of what this class generates. It is part of the stores' names. */
    static final int VERSION = 2;

    static final Geometry GEOMETRY = Geometry.PAPER;

    /** How many pixels a damaged symbol has flipped: 10 %. */
    static final int FLIPS = 1345;

    /** How many pixels a lightly damaged symbol has flipped: 1 %. */
    static final int FEW_FLIPS = 135;

    /** The part that an occluded cue shows: the lower right quarter. */
    static final Mask QUARTER = Mask.lowerRight(GEOMETRY, GEOMETRY.width() / 2);

    /** Seeds from here on are no neuron's. */
    private static final long UNSEEN = 1L << 32;

    private static final int MODULES = 21;
    private static final int MARGIN_MODULES = 4;
    private static final int MODULE_PIXELS = 4;

    private Symbols() {}

    /** The white pixels of a neuron's pattern; bit {@code y * width + x} for pixel (x, y). */
    static BitSet white(int neuron) {
        return symbol(neuron);
    }

    static Pattern pattern(int neuron) {
        return pattern(white(neuron));
    }

    /** The white pixels of a neuron's symbol in a damaged picture: some are flipped, the same ones every time. */
    static BitSet whiteDamaged(int neuron, int flips) {
        return flipped(white(neuron), flips, ~(long) neuron);
    }

    /** A neuron's pattern as a damaged picture shows it, with {@value #FLIPS} pixels flipped. */
    static Pattern damaged(int neuron) {
        return pattern(whiteDamaged(neuron, FLIPS));
    }

    /** The white pixels of a symbol that no store holds; another one for every number. */
    static BitSet whiteUnseen(int number) {
        return symbol(UNSEEN + number);
    }

    static Pattern pattern(BitSet white) {
        return Pattern.twoValued(GEOMETRY, white);
    }

    static String key(int neuron) {
        return "symbol-" + neuron;
    }

    private static BitSet symbol(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet white = new BitSet(GEOMETRY.pixels());
        white.set(0, GEOMETRY.pixels());
        long modules = 0;
        for (int module = 0; module < MODULES * MODULES; module++) {
            modules = module % Long.SIZE == 0 ? random.nextLong() : modules >>> 1;
            if ((modules & 1) != 0) {
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

    private static BitSet flipped(BitSet white, int flips, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet chosen = new BitSet(GEOMETRY.pixels());
        for (int left = flips; left > 0; ) {
            int pixel = random.nextInt(GEOMETRY.pixels());
            if (!chosen.get(pixel)) {
                chosen.set(pixel);
                left--;
            }
        }
        white.xor(chosen);
        return white;
    }
}
