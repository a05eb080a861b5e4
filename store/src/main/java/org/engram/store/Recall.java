package org.engram.store;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a cue. Immutable, safe for any number of threads.
 *
 * <pre>{@code
 * String key = store.recall(cue).recognised().map(Candidate::key).orElse("nobody");
 * }</pre>
 *
 * @param judgement whether the store knew, and why
 * @param candidates the neurons that respond most, the winner first: by q, ties by the lowest neuron; in a store
 *     with masks by what {@link Judgement} says; empty only when nothing is stored
 */
public record Recall(Judgement judgement, List<Candidate> candidates) {

    /** Copies the list. */
    public Recall {
        candidates = List.copyOf(candidates);
    }

    /** Whether the store knew.
     * @return the verdict of the judgement */
    public Verdict verdict() {
        return judgement.verdict();
    }

    /** How clearly the winner stands out from its rivals.
     * @return 0 to 1, or NaN; see {@link Judgement#contrast} */
    public double contrast() {
        return judgement.contrast();
    }

    /** The pattern that was shown, if the store knew it.
     * @return the winner for {@link Verdict#RECOGNISED}, otherwise empty */
    public Optional<Candidate> recognised() {
        return isRecognised() ? Optional.of(winner()) : Optional.empty();
    }

    /** The neuron that responds most, whatever the verdict.
     * @return the winner; with neuron -1 and key "" in an empty store */
    public Candidate winner() {
        return candidates.isEmpty() ? Candidate.NONE : candidates.get(0);
    }

    /** Whether the winner is the pattern that was shown.
     * @return true for {@link Verdict#RECOGNISED} */
    public boolean isRecognised() {
        return verdict() == Verdict.RECOGNISED;
    }

    /** The winner's number.
     * @return 0 or more; -1 in an empty store */
    public int neuron() {
        return winner().neuron();
    }

    /** The winner's key.
     * @return the key; "" in an empty store */
    public String key() {
        return winner().key();
    }

    /** The winner's response divided by R.
     * @return q / R */
    public double normalisedQ() {
        return winner().normalisedQ();
    }

    /** The winner's agreement with the cue.
     * @return 0 to 1, see {@link Candidate} */
    public double agreement() {
        return winner().agreement();
    }
}
