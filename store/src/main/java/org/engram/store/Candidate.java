package org.engram.store;

/**
 * A neuron that answers a cue.
 *
 * @param neuron its number, 0 for the first pattern that was stored; -1 in an empty store
 * @param key the key it was stored under; "" in an empty store
 * @param q its response, equation (4); see {@link Cue}
 * @param normalisedQ q / R, what the paper reports
 * @param agreement 1 less the mean squared difference over the voters, 0 to 1, never below 0: for two-valued patterns
 *     and cues the share of voters whose pixel it has; 0 when nothing votes. In a store with masks, the share of the voters
 *     that it knows
 * @param deficit the squared differences over the voters, added up: for two-valued patterns and cues the number of voters
 *     whose pixel it has not; 0 when nothing votes. In a store with masks, of the voters that it knows
 */
public record Candidate(int neuron, String key, float q, double normalisedQ, double agreement, double deficit) {

    static final Candidate NONE = new Candidate(-1, "", 0, 0, 0, 0);
}
