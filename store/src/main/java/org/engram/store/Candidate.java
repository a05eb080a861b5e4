package org.engram.store;

/**
 * A neuron that answers a cue.
 *
 * @param neuron its number, 0 for the first pattern that was stored; -1 in an empty store
 * @param key the key it was stored under; "" in an empty store
 * @param q its response, equation (4)
 * @param normalisedQ q / R, what the paper reports
 * @param agreement the share of voters whose pixel it has, 0 to 1; for real-valued patterns and cues 1 less the mean
 *     absolute difference, and never below 0; 0 when nothing votes. In a store with masks, the share of the voters that it knows
 */
public record Candidate(int neuron, String key, float q, double normalisedQ, double agreement) {

    static final Candidate NONE = new Candidate(-1, "", 0, 0, 0);
}
