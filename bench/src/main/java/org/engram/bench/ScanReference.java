package org.engram.bench;

import java.util.BitSet;
import org.engram.store.Geometry;

/**
 * The right answers of a scan in double precision, computed from the generated symbols and not from the store, and the
 * checks against them. Symbols are two-valued and learned by the paper's rule, so the weights are the pixels.
 */
final class ScanReference {

    /** An accumulator of n floats is off by at most n half units in the last place of the sum of magnitudes. */
    private static final double HALF_ULP = 0x1p-24;

    private final double[] responses;
    private final double[] magnitudes;
    private final double sum;

    private ScanReference(double[] responses, double[] magnitudes, double sum) {
        this.responses = responses;
        this.magnitudes = magnitudes;
        this.sum = sum;
    }

    /** The responses of the first {@code neurons} symbols to these votes, and the sum of all their weights. */
    static ScanReference of(int neurons, float[] votes) {
        double[] responses = new double[neurons];
        double[] magnitudes = new double[neurons];
        double sum = 0;
        for (int i = 0; i < neurons; i++) {
            BitSet white = Symbols.white(i);
            for (int j = white.nextSetBit(0); j >= 0; j = white.nextSetBit(j + 1)) {
                responses[i] += votes[j];
                magnitudes[i] += Math.abs(votes[j]);
            }
            sum += white.cardinality();
        }
        return new ScanReference(responses, magnitudes, sum);
    }

    /**
     * Checks the responses of a scan.
     *
     * @param who the benchmark that gave them, for the message
     * @param found q of neuron i at index i
     * @param terms how many products one accumulator of the scan adds up
     * @throws IllegalStateException if a response is further from the reference than the rounding of its terms allows
     */
    void requireResponses(String who, float[] found, int terms) {
        if (found.length != responses.length) {
            throw new IllegalStateException(
                    "%s is wrong: expected %d responses, found %d".formatted(who, responses.length, found.length));
        }
        for (int i = 0; i < found.length; i++) {
            double bound = terms * HALF_ULP * magnitudes[i];
            if (!(Math.abs(found[i] - responses[i]) <= bound)) {
                throw new IllegalStateException("%s is wrong: neuron %d responds with %s, expected %s within %s"
                        .formatted(who, i, found[i], responses[i], bound));
            }
        }
    }

    /**
     * Checks which neuron responds most.
     *
     * @param who the benchmark that gave the responses, for the message
     * @param found q of neuron i at index i
     * @param winner the neuron whose symbol the cue was made from
     * @throws IllegalStateException if another neuron responds at least as much
     */
    static void requireWinner(String who, float[] found, int winner) {
        for (int i = 0; i < found.length; i++) {
            if (i != winner && !(found[i] < found[winner])) {
                throw new IllegalStateException(
                        "%s is wrong: neuron %d was shown and responds with %s, neuron %d with %s"
                                .formatted(who, winner, found[winner], i, found[i]));
            }
        }
    }

    /**
     * Checks the sum of all weights.
     *
     * @param who the benchmark that gave it, for the message
     * @param found the sum
     * @throws IllegalStateException if it is further from the reference than the rounding of one stripe's terms allows
     */
    void requireSum(String who, double found) {
        double bound = Geometry.PAPER.pixels() * HALF_ULP * sum;
        if (!(Math.abs(found - sum) <= bound)) {
            throw new IllegalStateException(
                    "%s is wrong: the weights add up to %s, expected %s within %s".formatted(who, found, sum, bound));
        }
    }
}
