package org.engram.tools.repair;

import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Judgement.Measure;
import org.engram.store.Verdict;

/**
 * What the modules that differ between symbols say for a stored symbol at a place.
 *
 * @param sigmas how far the votes for the symbol exceed those of chance, in standard deviations, given its share of white
 * @param agreement the share of the votes that are for it
 * @param contrast the contrast of a recall, for votes: how much the picture is for the symbol where it and a rival
 *     differ, compared with how much it is for the symbol everywhere; the least over all rivals
 * @param lead how much likelier the symbol is than the nearest rival where they differ, in nats, if votes err there as
 *     everywhere
 * @param seen how many modules are seen, each as far as it is clear
 * @param believed the same, as a share of what a clean picture would show
 * @param foreign the share of the votes in clean parts that are for something else
 * @param structure the share of the votes of fixed modules that are for those of the symbol's size
 * @param correction how far the votes for the error correction of a block exceed chance, in standard deviations; the least
 *     of all blocks. Symbols of texts that begin alike have the same modules, except a few and the error correction
 */
record Evidence(
        double sigmas,
        double agreement,
        double contrast,
        double lead,
        double seen,
        double believed,
        double foreign,
        double structure,
        double correction) {

    /** How improbable chance must be, in nats, after the number of guesses is taken off: less than 1 in 100,000. */
    private static final double CERTAINTY = 12;

    private static final double LEAST_ERROR = 0.01;
    private static final double LEAST_BELIEVED = 0.08;

    private static final double LEAST_STRUCTURE = 0.57;
    private static final double CLEAR_AGREEMENT = 0.8;
    private static final double CLEAN = 0.97;

    /**
     * Chance reaches this once in 50 million times. The symbol of another text has other error correction in the block
     * where it differs. So with this much, votes against the symbol are damage, such as scratches, which are thin and
     * spread.
     */
    private static final double CERTAIN_CORRECTION = 5.5;

    /** Neighbours are at most this many modules apart. */
    private static final int NEAR = 3;

    /** The side of a part. The next numbers say what makes a part clean. */
    private static final int PART = 5;

    private static final int STEP = 2;
    private static final float CLEAR = 0.6f;
    private static final int LEAST_CLEAR = 14;
    private static final int LEAST_OF_A_COLOUR = 4;
    private static final double LEAST_EDGES = 0.3;

    /** The evidence for the best match, which comes first. The others are its rivals. */
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
        double error = Math.max(LEAST_ERROR, disagreement);
        double contrast = 1;
        double lead = Double.POSITIVE_INFINITY;
        for (Symbols.Match rival : matches.subList(1, matches.size())) {
            double totalHere = 0;
            double wrongHere = 0;
            for (int module = 0; module < votes.length; module++) {
                if (symbol.isWhite(module) != rival.symbol().isWhite(module)) {
                    totalHere += Math.abs(votes[module]);
                    wrongHere += Math.max(0, -symbol.sign(module) * votes[module]);
                }
            }
            double difference = totalHere == 0 ? 0 : 1 - 2 * wrongHere / totalHere;
            contrast = Math.min(contrast, difference / Math.max(1e-9, 1 - 2 * disagreement));
            lead = Math.min(lead, (totalHere - 2 * wrongHere) * Math.log((1 - error) / error));
        }
        return new Evidence(
                matches.get(0).sigmas() * Math.sqrt(squares / variance(votes, symbol, squares)),
                1 - disagreement,
                contrast,
                lead,
                squares,
                squares / (votes.length - structure.size()),
                foreign(votes, symbol),
                structure(shown),
                correction(votes, symbol));
    }

    /**
     * The variance by chance of the sum of votes for a symbol. It is more than the sum of the variances of single votes
     * where picture and symbol both have large areas of one colour, since neighbours then vote alike.
     */
    private static double variance(float[] votes, Symbol symbol, double squares) {
        double variance = squares;
        int side = symbol.side();
        double spread = 1 - symbol.lightness() * symbol.lightness();
        for (int down = 0; down <= NEAR; down++) {
            for (int across = down == 0 ? 1 : -NEAR; across <= NEAR; across++) {
                double alike = 0;
                double alikeInSymbol = 0;
                int pairs = 0;
                for (int y = 0; y + down < side; y++) {
                    for (int x = Math.max(0, -across); x + Math.max(0, across) < side; x++) {
                        int module = y * side + x;
                        int other = module + down * side + across;
                        if (votes[module] != 0 && votes[other] != 0) {
                            alike += votes[module] * votes[other];
                            alikeInSymbol += (symbol.sign(module) - symbol.lightness())
                                    * (symbol.sign(other) - symbol.lightness());
                            pairs++;
                        }
                    }
                }
                variance += pairs == 0 ? 0 : 2 * alike * alikeInSymbol / pairs / spread;
            }
        }
        return Math.max(squares, variance);
    }

    private static double structure(SoftModules shown) {
        SymbolStructure structure = SymbolStructure.of(shown.side());
        double total = 0;
        double agreeing = 0;
        for (int module = 0; module < shown.side() * shown.side(); module++) {
            if (structure.isFixed(module)) {
                total += Math.abs(shown.vote(module));
                agreeing += Math.max(0, (structure.isWhite(module) ? 1 : -1) * shown.vote(module));
            }
        }
        return total == 0 ? 1 : agreeing / total;
    }

    private static double correction(float[] votes, Symbol symbol) {
        double least = Double.POSITIVE_INFINITY;
        for (int[] block : symbol.correction()) {
            double agreeing = 0;
            double squares = 0;
            for (int module : block) {
                agreeing += symbol.sign(module) * votes[module];
                squares += votes[module] * votes[module];
            }
            least = Math.min(least, squares == 0 ? 0 : agreeing / Math.sqrt(squares));
        }
        return least;
    }

    /** The share of the votes in clean parts that is against the symbol, as much in one direction as in the other. */
    private static double foreign(float[] votes, Symbol symbol) {
        double all = 0;
        double white = 0;
        double black = 0;
        for (int top = 0; top + PART <= symbol.side(); top += STEP) {
            for (int left = 0; left + PART <= symbol.side(); left += STEP) {
                if (isClean(votes, symbol.side(), left, top)) {
                    for (int k = 0; k < PART * PART; k++) {
                        int module = (top + k / PART) * symbol.side() + left + k % PART;
                        float vote = votes[module];
                        all += Math.abs(vote);
                        white += symbol.isWhite(module) ? 0 : Math.max(0, vote);
                        black += symbol.isWhite(module) ? Math.max(0, -vote) : 0;
                    }
                }
            }
        }
        return all == 0 ? 0 : 2 * Math.min(white, black) / all;
    }

    /** Whether a part shows modules clearly. A drawing, in which large areas have one colour, does not. */
    private static boolean isClean(float[] votes, int side, int left, int top) {
        int white = 0;
        int black = 0;
        int pairs = 0;
        int edges = 0;
        for (int k = 0; k < PART * PART; k++) {
            int module = (top + k / PART) * side + left + k % PART;
            float vote = votes[module];
            if (Math.abs(vote) > CLEAR) {
                white += vote > 0 ? 1 : 0;
                black += vote > 0 ? 0 : 1;
                for (int step : new int[] {1, side}) {
                    boolean inside = step == 1 ? k % PART + 1 < PART : k / PART + 1 < PART;
                    if (inside && Math.abs(votes[module + step]) > CLEAR) {
                        pairs++;
                        edges += vote * votes[module + step] < 0 ? 1 : 0;
                    }
                }
            }
        }
        return white + black >= LEAST_CLEAR
                && Math.min(white, black) >= LEAST_OF_A_COLOUR
                && edges >= LEAST_EDGES * pairs;
    }

    /**
     * Whether chance can hardly give this much. The guesses are symbols times places, and the freedom says how freely
     * the places were chosen.
     */
    static boolean isBeyondChance(double nats, double guesses, double freedom) {
        return nats >= CERTAINTY + Math.log(guesses) + freedom;
    }

    /** How improbable this many sigmas are, as the negative logarithm of a bound. */
    static double nats(double sigmas) {
        return sigmas <= 0 ? 0 : sigmas * sigmas / 2;
    }

    /**
     * The same at a known place, by Chernoff's bound for as many whole votes as give these sigmas at this agreement.
     * Neighbours do not vote alike by chance where all that is seen, the structure too, is clear and right.
     */
    private double natsAtKnown() {
        double lead = 2 * agreement - 1;
        if (lead <= 0) {
            return 0;
        }
        double modules = Math.min(agreement, structure) >= CLEAN ? seen : sigmas * sigmas / (lead * lead);
        return modules * (Math.log(2) + term(agreement) + term(1 - agreement));
    }

    private static double term(double share) {
        return share == 0 ? 0 : share * Math.log(share);
    }

    /**
     * Judges the evidence. Damage hides modules or gives some of them one colour, and noise is spread evenly. Another
     * symbol differs in whole modules, in both directions, and mostly in some parts.
     *
     * @param guesses symbols times places that were tried
     * @param freedom how freely the place was fitted, in nats
     */
    Verdict verdict(Criteria criteria, double guesses, double freedom, Bars bars) {
        if (!isBeyondChance(bars.isKnown() ? natsAtKnown() : nats(sigmas), guesses, freedom)
                || believed < LEAST_BELIEVED
                || !Measure.DISAGREEMENT.of(1 - agreement, criteria).isMet()
                || (correction < bars.correction() && Math.min(agreement, structure) < CLEAN)
                || (foreign > bars.foreign() + bars.likeStructure() * (1 - structure)
                        && correction < CERTAIN_CORRECTION)
                || (structure < LEAST_STRUCTURE && agreement < CLEAR_AGREEMENT)) {
            return Verdict.UNKNOWN;
        }
        return lead < bars.lead() || !Measure.CONTRAST.of(contrast, criteria).isMet()
                ? Verdict.AMBIGUOUS
                : Verdict.RECOGNISED;
    }
}
