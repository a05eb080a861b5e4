package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/** From deficits to responses: ranks neurons of two-valued weights together with all others. Not safe for threads. */
final class Ranking {

    private final TopNeurons ranked = new TopNeurons();
    private final Responses others;

    Ranking(Weights weights) {
        this.others = new Responses(weights);
    }

    /**
     * Ranks by response.
     *
     * @param nearest the neurons of least deficit, ranked by its negative
     * @param wanted how many to rank
     */
    void rank(TopNeurons nearest, int wanted, Votes cue, NeuronTable.View neurons) {
        ranked.begin(wanted);
        for (int rank = 0; rank < nearest.size(); rank++) {
            int neuron = nearest.neuron(rank);
            ranked.offer(neuron, neurons.gain(neuron) * (cue.positives() + nearest.response(rank)));
        }
        for (int i = 0; i < neurons.others(); i++) {
            int other = neurons.other(i);
            if (neurons.isLive(other)) {
                ranked.offer(other, others.one(cue, other, neurons, Request.DEFAULT));
            }
        }
    }

    TopNeurons ranked() {
        return ranked;
    }

    /** Whether the winner has two-valued weights. */
    boolean isWonBy(TopNeurons nearest) {
        return nearest.size() > 0 && ranked.neuron(0) == nearest.neuron(0);
    }
}
