package org.engram.bench;

import java.util.Arrays;
import java.util.BitSet;
import org.engram.store.Pattern;

/**
 * The right answers of a batch of bipolar cues that show all pixels, computed from the generated symbols. Votes are 1 and
 * -1 and weights 1 and 0, so every response is a whole number, which every order of adding up floats hits exactly.
 */
final class BatchReference {

    private final int neurons;
    private final int[][] responses;

    private BatchReference(int neurons, int[][] responses) {
        this.neurons = neurons;
        this.responses = responses;
    }

    /** The responses of the first {@code neurons} symbols to cues that show these patterns. */
    static BatchReference of(int neurons, Pattern[] shown) {
        long[][] whites = Arrays.stream(shown).map(BatchReference::white).toArray(long[][]::new);
        int[][] responses = new int[shown.length][neurons];
        for (int i = 0; i < neurons; i++) {
            BitSet bits = Symbols.white(i);
            long[] weights = bits.toLongArray();
            for (int cue = 0; cue < shown.length; cue++) {
                int agreeing = 0;
                for (int word = 0; word < Math.min(weights.length, whites[cue].length); word++) {
                    agreeing += Long.bitCount(weights[word] & whites[cue][word]);
                }
                responses[cue][i] = 2 * agreeing - bits.cardinality();
            }
        }
        return new BatchReference(neurons, responses);
    }

    /** The white pixels of a two-valued pattern, in pixel order. */
    static long[] white(Pattern pattern) {
        float[] values = pattern.values();
        BitSet white = new BitSet(values.length);
        for (int j = 0; j < values.length; j++) {
            white.set(j, values[j] != 0);
        }
        return white.toLongArray();
    }

    /**
     * Checks all responses.
     *
     * @param who the benchmark that gave them, for the message
     * @param found q of neuron i to cue c at index c * neurons + i
     * @throws IllegalStateException if one is not what it should be
     */
    void requireResponses(String who, float[] found) {
        if (found.length != responses.length * neurons) {
            throw new IllegalStateException("%s is wrong: expected %d responses, found %d"
                    .formatted(who, responses.length * neurons, found.length));
        }
        for (int k = 0; k < found.length; k++) {
            int expected = responses[k / neurons][k % neurons];
            if (found[k] != expected) {
                throw new IllegalStateException("%s is wrong: neuron %d responds to cue %d with %s, expected %d"
                        .formatted(who, k % neurons, k / neurons, found[k], expected));
            }
        }
    }
}
