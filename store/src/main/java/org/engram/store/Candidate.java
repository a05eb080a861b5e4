package org.engram.store;

/**
 * A neuron that answers a cue.
 *
 * @param neuron its number, 0 for the first pattern that was stored; -1 in an empty store
 * @param key the key it was stored under; "" in an empty store
 * @param q its response, equation (4); see {@link Cue}
 * @param normalisedQ q / R, what the paper reports
 * @param agreement 1 minus the mean squared difference over the voters, and never below 0. For two-valued patterns and
 *     cues it is the share of voters with which the neuron agrees. It is 0 when nothing votes. In a store with masks,
 *     only the voters that the neuron knows count
 * @param deficit the sum of the squared differences over the voters. For two-valued patterns and cues it is the number
 *     of voters with which the neuron disagrees. It is 0 when nothing votes. In a store with masks, only the voters
 *     that the neuron knows count
 */
public record Candidate(int neuron, String key, float q, double normalisedQ, double agreement, double deficit) {

    static final Candidate NONE = new Candidate(-1, "", 0, 0, 0, 0);
}
