package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SymbolsTest {

    @Test
    void everyNeuronHasASymbolOfItsOwn() {
        Set<BitSet> distinct = new HashSet<>();
        for (int neuron = 0; neuron < 3000; neuron++) {
            distinct.add(Symbols.white(neuron));
            distinct.add(Symbols.whiteUnseen(neuron));
        }
        assertEquals(6000, distinct.size());
    }

    @Test
    void aSymbolStaysTheSameUntilItsVersionIsRaised() {
        assertEquals(2, Symbols.VERSION);
        assertEquals(1_602_952_971, Symbols.white(7).hashCode());
    }

    @Test
    void damageFlipsAsManyPixelsAsItSays() {
        assertEquals(1345, differing(Symbols.whiteDamaged(5, Symbols.FLIPS), Symbols.white(5)));
        assertEquals(135, differing(Symbols.whiteDamaged(5, Symbols.FEW_FLIPS), Symbols.white(5)));
    }

    @Test
    void anOccludedCueShowsOneQuarter() {
        assertEquals(116 * 116 / 4, Symbols.QUARTER.count());
    }

    private static int differing(BitSet one, BitSet other) {
        BitSet difference = (BitSet) one.clone();
        difference.xor(other);
        return difference.cardinality();
    }
}
