package org.engram.store.internal.recall;

import org.engram.store.Coding;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Ranks two-valued neurons, whose deficits are known, together with neurons that are not two-valued, for a two-valued
 * cue. Of two two-valued neurons the one of smaller deficit ranks first, even where floats cannot tell their responses
 * apart. The same holds for the rest when the cue is bipolar and one step of learning gives all the same gain. Not safe
 * for threads.
 */
final class MixedRanking {

    final Ranking ranked = new Ranking();
    private final Weights weights;
    /** The neurons that are not two-valued, by their index among these, in the order of their numbers. */
    private final TopNeurons notTwoValued = new TopNeurons();

    private final Responses responses;
    private final Distances distances;
    private final Comparison comparison;
    /** The deficits of these neurons from a bipolar cue. */
    private float[] deficits = {};

    private Votes cue = Idle.CUE;
    private NeuronTable.View neurons = Idle.NEURONS;
    private boolean bipolar;

    MixedRanking(Weights weights) {
        this.weights = weights;
        this.responses = new Responses(weights);
        this.distances = new Distances(weights);
        this.comparison = new Comparison(weights);
    }

    /** Ranks the nearest two-valued neurons and all that are not two-valued, which are looked at here. */
    void rank(TopNeurons nearest, int wanted, Votes shown, NeuronTable.View all) {
        cue = shown;
        neurons = all;
        bipolar = shown.coding() == Coding.BIPOLAR;
        rankNotTwoValued(wanted);
        ranked.clear();
        int other = 0;
        for (int i = 0; i < nearest.size() && ranked.size() < wanted; i++) {
            int neuron = nearest.neuron(i);
            int deficit = nearest.deficit(i);
            float response = neurons.gain(neuron) * (cue.positives() - deficit);
            while (other < notTwoValued.size() && isNotTwoValuedAhead(other, neuron, deficit, response)) {
                addNotTwoValued(other++);
            }
            ranked.add(neuron, response, deficit);
        }
        while (other < notTwoValued.size() && ranked.size() < wanted) {
            addNotTwoValued(other++);
        }
    }

    private void addNotTwoValued(int rank) {
        int index = notTwoValued.neuron(rank);
        int neuron = neurons.notTwoValuedAt(index);
        if (bipolar) {
            ranked.add(neuron, response(index), deficits[index]);
        } else {
            ranked.add(neuron, notTwoValued.response(rank), Ranking.NO_DEFICIT);
        }
    }

    private void rankNotTwoValued(int wanted) {
        notTwoValued.begin(wanted);
        if (bipolar && neurons.notTwoValued() > 0) {
            measureNotTwoValued();
        }
        for (int i = 0; i < neurons.notTwoValued(); i++) {
            int other = neurons.notTwoValuedAt(i);
            if (!neurons.isLive(other)) {
                continue;
            }
            if (isByDeficit()) {
                notTwoValued.offerDistance(i, deficits[i]);
            } else {
                notTwoValued.offerResponse(i, bipolar ? response(i) : responses.one(cue, other, neurons));
            }
        }
    }

    /** Measures the neurons that are not two-valued. Neighbours are measured together. */
    private void measureNotTwoValued() {
        int count = neurons.notTwoValued();
        if (deficits.length < count) {
            deficits = new float[count + (count >> 3)];
        }
        Exhibit shown = Exhibit.of(cue, weights);
        int next;
        for (int i = 0; i < count; i = next) {
            next = i + 1;
            while (next < count && neurons.notTwoValuedAt(next) == neurons.notTwoValuedAt(i) + next - i) {
                next++;
            }
            distances.to(neurons.notTwoValuedAt(i), next - i, shown.values(), deficits, i);
        }
    }

    private boolean isByDeficit() {
        return bipolar && weights.isOfOneGain();
    }

    private float response(int index) {
        return Differences.response(neurons.notTwoValuedAt(index), deficits[index], cue, neurons, weights);
    }

    private boolean isNotTwoValuedAhead(int rank, int neuron, int deficit, float response) {
        boolean isLower = neurons.notTwoValuedAt(notTwoValued.neuron(rank)) < neuron;
        if (isByDeficit()) {
            float ofOther = notTwoValued.distance(rank);
            return ofOther < (double) deficit || (ofOther == (double) deficit && isLower);
        }
        float ofOther = notTwoValued.response(rank);
        return ofOther > response || (ofOther == response && isLower);
    }

    boolean isWonByTwoValued() {
        return ranked.size() > 0 && neurons.isTwoValued(ranked.neuron(0));
    }

    /** Whether the winner has to be compared with all neurons by their floats. */
    boolean isWonByReal() {
        return bipolar && cue.voters() > 0 && ranked.size() > 0 && !neurons.isTwoValued(ranked.neuron(0));
    }

    /** Compares a two-valued winner with the neurons that are not two-valued, after it was compared with those that are. */
    void compareNotTwoValued(Contrast contrast) {
        if (!bipolar || !contrast.isDefined() || neurons.notTwoValued() == 0) {
            return;
        }
        comparison.begin(cue, ranked.neuron(0), ranked.deficit(0), neurons);
        for (int i = 0; i < neurons.notTwoValued(); i++) {
            int other = neurons.notTwoValuedAt(i);
            if (neurons.isLive(other) && comparison.canChange(contrast, other, deficits[i])) {
                comparison.add(contrast, other, deficits[i], comparison.distance(other));
            }
        }
    }
}
