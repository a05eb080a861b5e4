package org.engram.tools.repair;

import java.util.BitSet;
import java.util.Optional;
import org.engram.store.Verdict;

/**
 * What became of a symbol in a picture: RECOGNISED only when the picture bears it out. Nothing of a symbol that was not
 * recognised is known but where something like it was seen, and how far that went.
 *
 * @param neuron the stored symbol; -1 unless recognised
 * @param key its key; null unless recognised
 * @param text what it reads; null unless recognised, and when it cannot be read
 * @param alone what error correction reads there without the store
 * @param sight where it lies and what is seen of it; empty when nothing could be compared
 */
public record Repair(
        Verdict verdict, int neuron, String key, String text, Optional<String> alone, Optional<Sight> sight) {

    /**
     * Where a symbol lies, and what is seen of it.
     *
     * @param place of the symbol's square
     * @param evidence for the stored symbol that goes best with it
     * @param isInverted whether it is white on black
     * @param missing the modules, row by row, that are hidden or do not show the stored symbol
     * @param hidden how many of them the picture hides
     */
    record Sight(Place place, Evidence evidence, boolean isInverted, BitSet missing, int hidden) {

        double missingShare() {
            return (double) missing.cardinality() / (place.side() * place.side());
        }
    }

    boolean isRepaired() {
        return text != null;
    }

    /** A text that error correction read and no recalled symbol has; null when there is none. */
    String decoded() {
        return isRepaired() ? null : alone.orElse(null);
    }

    /** The corners of the symbol in pixels of the picture, x and y by turns, from its upper left one on round; or empty. */
    public double[] corners() {
        return sight.map(seen -> seen.place().quad().corners()).orElse(new double[0]);
    }
}
