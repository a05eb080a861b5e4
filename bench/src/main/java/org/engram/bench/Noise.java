package org.engram.bench;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** Patterns of any shape whose pixels are white by chance, always the same for the same number. */
final class Noise {

    /** Numbers from here on are no neuron's. */
    static final int UNSEEN = 1 << 30;

    private static final double TENTH = 0.1;

    private Noise() {}

    static Pattern pattern(Geometry geometry, int number) {
        return Pattern.twoValued(geometry, bits(geometry, number, 0.5));
    }

    /** The same with 10 % of its pixels flipped. */
    static Pattern damaged(Geometry geometry, int number) {
        BitSet white = bits(geometry, number, 0.5);
        white.xor(bits(geometry, ~number, TENTH));
        return Pattern.twoValued(geometry, white);
    }

    /** Pixels of which each is chosen with this probability. */
    static BitSet bits(Geometry geometry, int seed, double share) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet chosen = new BitSet(geometry.pixels());
        for (int j = 0; j < geometry.pixels(); j++) {
            chosen.set(j, random.nextDouble() < share);
        }
        return chosen;
    }
}
