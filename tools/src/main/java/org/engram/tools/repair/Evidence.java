package org.engram.tools.repair;

import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Verdict;

/**
 * What speaks for a stored symbol at a place, of the modules that differ between symbols.
 *
 * @param sigmas how far the votes for the symbol exceed those of chance, in standard deviations, given its share of white
 * @param agreement the share of the votes that are for it
 * @param contrast as for a recall, of votes: where the symbol and a rival differ, how far the picture is for the symbol,
 *     compared with how far it is for it everywhere; the least of all rivals
 * @param lead how far the votes for it exceed those for the nearest rival where they differ, in standard deviations
 * @param believed how much is seen, of what a clean picture would show
 * @param foreign the share of clean parts that show something else
 */
record Evidence(double sigmas, double agreement, double contrast, double lead, double believed, double foreign) {

    /** How improbable chance must be, in nats, beyond the number of guesses: less than 1 in 100,000. */
    private static final double CERTAINTY = 12;

    private static final double LEAST_LEAD = 4;
    private static final double LEAST_BELIEVED = 0.08;
    private static final double MOST_FOREIGN = 0.12;

    /** Side of a part, and what makes it clean. */
    private static final int PART = 5;

    private static final int STEP = 2;
    private static final float CLEAR = 0.6f;
    private static final int LEAST_CLEAR = 18;
    private static final int LEAST_OF_A_COLOUR = 5;
    private static final int STRAY = 3;

    /** Of the best match of all, which comes first; the others are its rivals. */
    static Evidence of(SoftModules shown, List<Symbols.Match> matches) {
        SymbolStructure structure = SymbolStructure.of(shown.side());
        float[] votes = shown.free(structure);
        Symbol symbol = matches.get(0).symbol();
        double total = 0;
        double wrong = 0;
        double squares = 0;
        for (int module = 0; module < votes.length; module++) {
            total += Math.abs(votes[module]);
            wrong += Math.max(0, -symbol.sign(module) * votes[module]);
            squares += votes[module] * votes[module];
        }
        double disagreement = total == 0 ? 0.5 : wrong / total;
        double contrast = 1;
        double lead = Double.POSITIVE_INFINITY;
        for (Symbols.Match rival : matches.subList(1, matches.size())) {
            double totalHere = 0;
            double wrongHere = 0;
            double squaresHere = 0;
            for (int module = 0; module < votes.length; module++) {
                if (symbol.isWhite(module) != rival.symbol().isWhite(module)) {
                    totalHere += Math.abs(votes[module]);
                    wrongHere += Math.max(0, -symbol.sign(module) * votes[module]);
                    squaresHere += votes[module] * votes[module];
                }
            }
            double difference = totalHere == 0 ? 0 : 1 - 2 * wrongHere / totalHere;
            contrast = Math.min(contrast, difference / Math.max(1e-9, 1 - 2 * disagreement));
            lead = Math.min(lead, totalHere == 0 ? 0 : (totalHere - 2 * wrongHere) / Math.sqrt(squaresHere));
        }
        return new Evidence(
                matches.get(0).sigmas(),
                1 - disagreement,
                contrast,
                lead,
                squares / (votes.length - structure.size()),
                foreign(votes, symbol));
    }

    private static double foreign(float[] votes, Symbol symbol) {
        int clean = 0;
        int other = 0;
        for (int top = 0; top + PART <= symbol.side(); top += STEP) {
            for (int left = 0; left + PART <= symbol.side(); left += STEP) {
                int white = 0;
                int black = 0;
                int whiteStray = 0;
                int blackStray = 0;
                for (int k = 0; k < PART * PART; k++) {
                    int module = (top + k / PART) * symbol.side() + left + k % PART;
                    if (votes[module] > CLEAR) {
                        white++;
                        whiteStray += symbol.isWhite(module) ? 0 : 1;
                    } else if (votes[module] < -CLEAR) {
                        black++;
                        blackStray += symbol.isWhite(module) ? 1 : 0;
                    }
                }
                if (white + black >= LEAST_CLEAR && Math.min(white, black) >= LEAST_OF_A_COLOUR) {
                    clean++;
                    other += Math.min(whiteStray, blackStray) >= STRAY ? 1 : 0;
                }
            }
        }
        return clean == 0 ? 0 : (double) other / clean;
    }

    /** Whether chance can hardly give this much in that many guesses: symbols times places, and how freely these were chosen. */
    static boolean isBeyondChance(double sigmas, double guesses, double freedom) {
        return sigmas > 0 && sigmas * sigmas / 2 >= CERTAINTY + Math.log(guesses) + freedom;
    }

    /**
     * Damage hides modules, or gives a part of them one colour, and noise is spread evenly. Another symbol differs in whole
     * modules and in both directions, and mostly in parts.
     */
    Verdict verdict(Criteria criteria, double guesses, double freedom) {
        if (!isBeyondChance(sigmas, guesses, freedom)
                || believed < LEAST_BELIEVED
                || 1 - agreement > criteria.disagreement()
                || foreign > MOST_FOREIGN) {
            return Verdict.UNKNOWN;
        }
        return lead < LEAST_LEAD || contrast < criteria.contrast() ? Verdict.AMBIGUOUS : Verdict.RECOGNISED;
    }
}
