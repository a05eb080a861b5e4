package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Ranks neurons of two-valued weights, whose deficits are known, together with all others. Of two that are two-valued the
 * smaller deficit ranks first, even where the responses are too large for floats to tell apart. Not safe for threads.
 */
final class MixedRanking {

    private final Ranking ranked = new Ranking();
    private final TopNeurons others = new TopNeurons();
    private final Responses responses;

    MixedRanking(Weights weights) {
        this.responses = new Responses(weights);
    }

    /**
     * Ranks by response.
     *
     * @param nearest the neurons of least deficit
     * @param wanted how many to rank
     */
    void rank(TopNeurons nearest, int wanted, Votes cue, NeuronTable.View neurons) {
        rankOthers(wanted, cue, neurons);
        ranked.clear();
        int twoValued = 0;
        int other = 0;
        while (ranked.size() < wanted && (twoValued < nearest.size() || other < others.size())) {
            if (twoValued < nearest.size()) {
                int neuron = nearest.neuron(twoValued);
                int deficit = nearest.deficit(twoValued);
                float response = neurons.gain(neuron) * (cue.positives() - deficit);
                if (other == others.size() || !isOtherAhead(other, neuron, response)) {
                    ranked.add(neuron, response, deficit);
                    twoValued++;
                    continue;
                }
            }
            ranked.add(others.neuron(other), others.response(other), Ranking.NO_DEFICIT);
            other++;
        }
    }

    private void rankOthers(int wanted, Votes cue, NeuronTable.View neurons) {
        others.begin(wanted);
        for (int i = 0; i < neurons.others(); i++) {
            int other = neurons.other(i);
            if (neurons.isLive(other)) {
                others.offerResponse(other, responses.one(cue, other, neurons));
            }
        }
    }

    private boolean isOtherAhead(int other, int neuron, float response) {
        float ofOther = others.response(other);
        return ofOther > response || (ofOther == response && others.neuron(other) < neuron);
    }

    Ranking ranked() {
        return ranked;
    }

    /** Whether the winner has two-valued weights. */
    boolean isWonByTwoValued() {
        return ranked.size() > 0 && ranked.deficit(0) != Ranking.NO_DEFICIT;
    }
}
