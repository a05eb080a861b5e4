package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Ranks neurons of two-valued weights, whose deficits are known, together with all others. Of two neurons of two-valued
 * weights, the one of smaller deficit ranks first, even where floats cannot tell their responses apart. Not safe for
 * threads.
 */
final class MixedRanking {

    final Ranking ranked = new Ranking();
    private final TopNeurons others = new TopNeurons();
    private final Responses responses;

    MixedRanking(Weights weights) {
        this.responses = new Responses(weights);
    }

    /** Ranks by response. The nearest are two-valued neurons; all others are looked at here. */
    void rank(TopNeurons nearest, int wanted, Votes cue, NeuronTable.View neurons) {
        rankOthers(wanted, cue, neurons);
        ranked.clear();
        int other = 0;
        for (int i = 0; i < nearest.size() && ranked.size() < wanted; i++) {
            int neuron = nearest.neuron(i);
            int deficit = nearest.deficit(i);
            float response = neurons.gain(neuron) * (cue.positives() - deficit);
            while (other < others.size() && isOtherAhead(other, neuron, response)) {
                addOther(other++);
            }
            ranked.add(neuron, response, deficit);
        }
        while (other < others.size() && ranked.size() < wanted) {
            addOther(other++);
        }
    }

    private void addOther(int rank) {
        ranked.add(others.neuron(rank), others.response(rank), Ranking.NO_DEFICIT);
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

    boolean isWonByTwoValued() {
        return ranked.size() > 0 && ranked.deficit(0) != Ranking.NO_DEFICIT;
    }
}
