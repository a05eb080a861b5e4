package org.engram.store;

import java.util.List;

/**
 * The answer to a cue.
 *
 * @param verdict whether the store knew
 * @param contrast how clearly the winner stands out from its rivals, 0 to 1: the least of {@code (d_j - d_i) / (D_ij (1
 *     - 2 d_i))} over all live j with {@code d_j <= 3 d_i}, where i is the winner, d the share of voters that disagree
 *     and D_ij the share in which i and j differ; 1 without rivals; NaN when the winner or the cue is real-valued
 * @param candidates the neurons that respond most, the winner first: by q, ties by the lowest neuron; empty only when
 *     nothing is stored
 */
public record Recall(Verdict verdict, double contrast, List<Candidate> candidates) {

    /** Copies the list. */
    public Recall {
        candidates = List.copyOf(candidates);
    }

    /**
     * The neuron that responds most.
     *
     * @return the winner; with neuron -1 and key "" in an empty store
     */
    public Candidate winner() {
        return candidates.isEmpty() ? Candidate.NONE : candidates.get(0);
    }

    /**
     * Whether the winner is the pattern that was shown.
     *
     * @return true for {@link Verdict#RECOGNISED}
     */
    public boolean isRecognised() {
        return verdict == Verdict.RECOGNISED;
    }

    /**
     * The winner's number.
     *
     * @return 0 or more; -1 in an empty store
     */
    public int neuron() {
        return winner().neuron();
    }

    /**
     * The winner's key.
     *
     * @return the key; "" in an empty store
     */
    public String key() {
        return winner().key();
    }

    /**
     * The winner's response divided by R.
     *
     * @return q / R
     */
    public double normalisedQ() {
        return winner().normalisedQ();
    }

    /**
     * The winner's agreement with the cue.
     *
     * @return 0 to 1, see {@link Candidate}
     */
    public double agreement() {
        return winner().agreement();
    }
}
