package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.engram.store.PatternStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for iris codes. */
class IrisCodesTest {

    private static final int PEOPLE = 40;

    /** Each of the 2,048 bits is set with the given probability. */
    private static BitSet bits(double share, long seed) {
        Random random = new Random(seed);
        BitSet bits = new BitSet();
        for (int bit = 0; bit < 2048; bit++) {
            bits.set(bit, random.nextDouble() < share);
        }
        return bits;
    }

    /** A second picture of an eye: every eighth bit is wrong, and the head is tilted. */
    private static BitSet seenAgain(BitSet code, int columns, long seed) {
        BitSet noisy = (BitSet) code.clone();
        noisy.xor(bits(0.125, seed));
        BitSet seen = new BitSet();
        noisy.stream().forEach(bit -> seen.set(bit / 256 * 256 + (bit + columns + 256) % 256));
        return seen;
    }

    @Test
    void everyPersonIsKnownFromATiltedHalfAndNoStrangerIs(@TempDir Path temp) {
        IrisCodes codes = IrisCodes.in(temp.resolve("codes"));
        try (PatternStore store = codes.store()) {
            for (int person = 0; person < PEOPLE; person++) {
                codes.enrol("person " + person, bits(0.5, person), bits(0.7, 1000 + person));
            }
            for (int person = 0; person < PEOPLE; person++) {
                BitSet again = seenAgain(bits(0.5, person), person % 9 - 4, 2000 + person);
                BitSet known = bits(0.5, 3000 + person);
                assertEquals(Optional.of("person " + person), codes.whose(again, known));
                assertEquals(Optional.empty(), codes.whose(bits(0.5, 4000 + person), known));
            }
            assertEquals(PEOPLE, store.size());
        }
    }
}
