package org.engram.tools.repair;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrText;

/**
 * The result for one symbol in a picture. It is RECOGNISED only when the picture bears it out. Of a symbol that was not
 * recognised, only the place is known where something like it was seen, and the evidence there.
 *
 * @param neuron the stored symbol; -1 unless recognised
 * @param key its key; null unless recognised
 * @param read its text; null unless recognised, and when it cannot be read
 * @param alone what error correction reads there without the store
 * @param sight the place where it lies, and what is seen of it; empty when nothing could be compared
 */
public record Repair(
        Verdict verdict, int neuron, String key, QrText read, Optional<String> alone, Optional<Sight> sight) {

    /**
     * The place where a symbol lies, and what is seen of it.
     *
     * @param place of the symbol's square
     * @param evidence for the stored symbol that goes best with it
     * @param isInverted whether it is white on black
     * @param missing the modules, row by row, that are hidden or do not show the stored symbol
     * @param hidden how many of them the picture hides
     */
    record Sight(Place place, Evidence evidence, boolean isInverted, BitSet missing, int hidden) {

        /** The votes around a module must be for the symbol by this much, on average, if the module is seen. */
        private static final double LEAST_AGREEMENT = 0.2;

        private static final int BLOCK = 3;

        static Sight of(Place place, SoftModules shown, List<Symbols.Match> matches, boolean isInverted) {
            Symbol symbol = matches.get(0).symbol();
            int side = place.side();
            BitSet missing = new BitSet(side * side);
            int hidden = 0;
            for (int module = 0; module < side * side; module++) {
                if (shown.isHidden(module)) {
                    hidden++;
                    missing.set(module);
                } else {
                    missing.set(
                            module,
                            agreement(shown, symbol, module % side, module / side) < LEAST_AGREEMENT
                                    && !(shown.vote(module) == 0 && isPlain(symbol, module % side, module / side)));
                }
            }
            return new Sight(place, Evidence.of(shown, matches), isInverted, missing, hidden);
        }

        /** The mean of the votes for a symbol, over a module and the modules around it that vote. */
        private static double agreement(SoftModules shown, Symbol symbol, int column, int row) {
            double sum = 0;
            int seen = 0;
            for (int y = Math.max(0, row - 1); y <= Math.min(shown.side() - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(shown.side() - 1, column + 1); x++) {
                    int module = y * shown.side() + x;
                    if (shown.vote(module) != 0) {
                        sum += shown.vote(module) * symbol.sign(module);
                        seen++;
                    }
                }
            }
            return seen == 0 ? 0 : sum / seen;
        }

        /** Whether a module lies in a block of one colour, which does not vote. */
        private static boolean isPlain(Symbol symbol, int column, int row) {
            for (int k = 0; k < BLOCK * BLOCK; k++) {
                int left = column - k % BLOCK;
                int top = row - k / BLOCK;
                if (left >= 0 && top >= 0 && left + BLOCK <= symbol.side() && top + BLOCK <= symbol.side()) {
                    int white = 0;
                    for (int m = 0; m < BLOCK * BLOCK; m++) {
                        white += symbol.isWhite((top + m / BLOCK) * symbol.side() + left + m % BLOCK) ? 1 : 0;
                    }
                    if (white % (BLOCK * BLOCK) == 0) {
                        return true;
                    }
                }
            }
            return false;
        }

        double missingShare() {
            return (double) missing.cardinality() / (place.side() * place.side());
        }
    }

    /** The text of the recalled symbol; null without one, and when its bytes are no text in their charset. */
    public String text() {
        return read == null ? null : read.text();
    }

    boolean isRepaired() {
        return text() != null;
    }

    /** A text that error correction read although no recalled symbol has it; null when there is none. */
    String decoded() {
        return isRepaired() ? null : alone.orElse(null);
    }

    /**
     * The corners of the symbol in pixels of the picture, as x and y in turn, clockwise from its upper left corner; or
     * none.
     */
    public double[] corners() {
        return sight.map(seen -> seen.place().corners()).orElse(new double[0]);
    }
}
