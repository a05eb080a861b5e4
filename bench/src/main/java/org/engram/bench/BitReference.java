package org.engram.bench;

import java.util.BitSet;
import org.engram.store.Recall;
import org.engram.store.Verdict;

/**
 * The right answers to one cue, counted bit by bit by a plain loop over the mapped bits, which were compared with the
 * generated symbols before. The response of a neuron is the number of voters for white minus its deficit, the number of
 * voters in which it differs.
 */
final class BitReference {

    private final int[] responses;
    private final int nearest;

    private BitReference(int[] responses, int nearest) {
        this.responses = responses;
        this.nearest = nearest;
    }

    /**
     * The right answers to a bipolar cue that shows the pixels {@code visible} of a picture whose white pixels are
     * {@code white}.
     */
    static BitReference of(PackedSymbols symbols, int neurons, BitSet white, BitSet visible) {
        BitSet seen = (BitSet) white.clone();
        seen.and(visible);
        long[] shown = PackedSymbols.pack(seen);
        long[] voters = PackedSymbols.pack(visible);
        int[] responses = new int[neurons];
        int nearest = 0;
        for (int i = 0; i < neurons; i++) {
            responses[i] = seen.cardinality() - symbols.deficit(i, shown, voters);
            nearest = responses[i] > responses[nearest] ? i : nearest;
        }
        return new BitReference(responses, nearest);
    }

    /** The neuron that responds most, the first of several. */
    int nearest() {
        return nearest;
    }

    /**
     * Checks all responses.
     *
     * @param who the benchmark that gave them, for the message
     * @param found q of neuron i at index i
     * @throws IllegalStateException if one is not what it should be
     */
    void requireResponses(String who, float[] found) {
        if (found.length != responses.length) {
            throw new IllegalStateException(
                    "%s is wrong: expected %d responses, found %d".formatted(who, responses.length, found.length));
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] != responses[i]) {
                throw new IllegalStateException("%s is wrong: neuron %d responds with %s, expected %d"
                        .formatted(who, i, found[i], responses[i]));
            }
        }
    }

    /**
     * Checks an answer.
     *
     * @param who the benchmark that gave it, for the message
     * @param found the answer
     * @param verdict whether the store has to know
     * @throws IllegalStateException if it is not what it should be
     */
    void requireAnswer(String who, Recall found, Verdict verdict) {
        if (found.neuron() != nearest
                || !found.key().equals(Symbols.key(nearest))
                || found.winner().q() != responses[nearest]
                || found.verdict() != verdict) {
            throw new IllegalStateException("%s is wrong: expected neuron %d, %s, with %d, found neuron %d, %s, with %s"
                    .formatted(
                            who,
                            nearest,
                            verdict,
                            responses[nearest],
                            found.neuron(),
                            found.verdict(),
                            found.winner().q()));
        }
    }
}
