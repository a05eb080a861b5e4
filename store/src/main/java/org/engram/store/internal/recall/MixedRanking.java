package org.engram.store.internal.recall;

import org.engram.store.Coding;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Ranks neurons of two-valued weights, whose deficits are known, together with all others, for a two-valued cue. Of two
 * neurons of two-valued weights, the one of smaller deficit ranks first, even where floats cannot tell their responses
 * apart. The same holds for all others when the cue is bipolar and one step of learning gives all the same gain. Not
 * safe for threads.
 */
final class MixedRanking {

    final Ranking ranked = new Ranking();
    private final Weights weights;
    /** The others by their index among the others, which are in the order of their numbers. */
    private final TopNeurons others = new TopNeurons();

    private final Responses responses;
    private final Distances distances;
    private final Comparison comparison;
    /** The deficits of the others from a bipolar cue. */
    private float[] deficits = {};

    private Votes cue;
    private NeuronTable.View neurons;
    private boolean bipolar;

    MixedRanking(Weights weights) {
        this.weights = weights;
        this.responses = new Responses(weights);
        this.distances = new Distances(weights);
        this.comparison = new Comparison(weights);
    }

    /** Ranks the nearest, which are two-valued neurons, and all others, which are looked at here. */
    void rank(TopNeurons nearest, int wanted, Votes shown, NeuronTable.View all) {
        cue = shown;
        neurons = all;
        bipolar = shown.coding() == Coding.BIPOLAR;
        rankOthers(wanted);
        ranked.clear();
        int other = 0;
        for (int i = 0; i < nearest.size() && ranked.size() < wanted; i++) {
            int neuron = nearest.neuron(i);
            int deficit = nearest.deficit(i);
            float response = neurons.gain(neuron) * (cue.positives() - deficit);
            while (other < others.size() && isOtherAhead(other, neuron, deficit, response)) {
                addOther(other++);
            }
            ranked.add(neuron, response, deficit);
        }
        while (other < others.size() && ranked.size() < wanted) {
            addOther(other++);
        }
    }

    private void addOther(int rank) {
        int index = others.neuron(rank);
        int neuron = neurons.other(index);
        if (bipolar) {
            ranked.add(neuron, response(index), deficits[index]);
        } else {
            ranked.add(neuron, others.response(rank), Ranking.NO_DEFICIT);
        }
    }

    private void rankOthers(int wanted) {
        others.begin(wanted);
        if (bipolar && neurons.others() > 0) {
            measureOthers();
        }
        for (int i = 0; i < neurons.others(); i++) {
            int other = neurons.other(i);
            if (!neurons.isLive(other)) {
                continue;
            }
            if (isByDeficit()) {
                others.offerDistance(i, deficits[i]);
            } else {
                others.offerResponse(i, bipolar ? response(i) : responses.one(cue, other, neurons));
            }
        }
    }

    /** Neighbouring neurons are measured together. */
    private void measureOthers() {
        int count = neurons.others();
        if (deficits.length < count) {
            deficits = new float[count + (count >> 3)];
        }
        Exhibit shown = Exhibit.of(cue, weights);
        int next;
        for (int i = 0; i < count; i = next) {
            next = i + 1;
            while (next < count && neurons.other(next) == neurons.other(i) + next - i) {
                next++;
            }
            distances.to(neurons.other(i), next - i, shown.values(), deficits, i);
        }
    }

    private boolean isByDeficit() {
        return bipolar && weights.isOfOneGain();
    }

    private float response(int index) {
        return Differences.response(neurons.other(index), deficits[index], cue, neurons, weights);
    }

    private boolean isOtherAhead(int rank, int neuron, int deficit, float response) {
        boolean isLower = neurons.other(others.neuron(rank)) < neuron;
        if (isByDeficit()) {
            float ofOther = others.distance(rank);
            return ofOther < (double) deficit || (ofOther == (double) deficit && isLower);
        }
        float ofOther = others.response(rank);
        return ofOther > response || (ofOther == response && isLower);
    }

    boolean isWonByTwoValued() {
        return ranked.size() > 0 && neurons.isTwoValued(ranked.neuron(0));
    }

    /** Whether the winner has to be compared with all neurons by their floats. */
    boolean isWonByReal() {
        return bipolar && cue.voters() > 0 && ranked.size() > 0 && !neurons.isTwoValued(ranked.neuron(0));
    }

    /** Compares a two-valued winner with the others too, after it was compared with all that are two-valued. */
    void compareOthers(Contrast contrast) {
        if (!bipolar || !contrast.isDefined() || neurons.others() == 0) {
            return;
        }
        comparison.begin(cue, ranked.neuron(0), ranked.deficit(0), neurons);
        for (int i = 0; i < neurons.others(); i++) {
            int other = neurons.other(i);
            if (neurons.isLive(other) && comparison.canChange(contrast, other, deficits[i])) {
                comparison.add(contrast, other, deficits[i], comparison.distance(other));
            }
        }
    }
}
