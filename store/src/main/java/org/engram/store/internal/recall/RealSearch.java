package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds the neurons nearest to a bipolar cue and the rivals of the winner, where the cue or neurons are real-valued, from
 * the deficits of all neurons. An object serves one search after another. Not safe for threads.
 *
 * <p>Where one step of learning gives all neurons the same gain, the neuron of least deficit ranks first, even where
 * floats cannot tell the responses apart. Where gains differ, the greatest response ranks first.
 */
final class RealSearch implements SearchResult.Measured {

    /** This many of the nearest are compared with the winner first. As a rule no other neuron matters then. */
    private static final int CLOSE = 64;

    /** A pass over all neurons is faster than single reads when more than one neuron in this many may matter. */
    private static final int ONE_BY_ONE = 8;

    private final Weights weights;
    private final Differences toCue;
    private final Differences toWinner;
    private final Comparison comparison;
    private final TopNeurons top = new TopNeurons();
    private final Rivals rivals;
    private final Ranking ranking = new Ranking();
    private final Contrast contrast = new Contrast();
    final SearchResult result = new SearchResult(ranking, contrast, this);
    private Votes cue = Idle.CUE;
    private float[] sums = {};
    private NeuronTable.View neurons = Idle.NEURONS;

    RealSearch(Weights weights) {
        this.weights = weights;
        this.toCue = new Differences(weights);
        this.toWinner = new Differences(weights);
        this.comparison = new Comparison(weights);
        this.rivals = new Rivals(weights);
    }

    void run(Votes shown, NeuronTable.View all, Request request) {
        run(shown, toCue.of(Exhibit.of(shown, weights), all, request), all, request);
    }

    /** Searches among the deficits of all neurons from a cue. */
    void run(Votes shown, float[] deficits, NeuronTable.View all, Request request) {
        cue = shown;
        sums = deficits;
        neurons = all;
        top.begin(Math.max(CLOSE, request.ranked()));
        for (int place = 0; place < all.places(); place++) {
            int i = all.at(place);
            if (all.isLive(i)) {
                offer(i, deficits[i]);
            }
        }
        ranking.clear();
        for (int rank = 0; rank < Math.min(top.size(), request.ranked()); rank++) {
            int neuron = top.neuron(rank);
            ranking.add(neuron, response(neuron, deficits[neuron]), deficits[neuron]);
        }
        contrast.undefine();
        if (top.size() > 0 && shown.voters() > 0) {
            compare(deficits, request);
        }
    }

    @Override
    public float[] sums() {
        return sums;
    }

    private void offer(int neuron, float deficit) {
        if (weights.isOfOneGain()) {
            top.offerDistance(neuron, deficit);
        } else {
            top.offerResponse(neuron, response(neuron, deficit));
        }
    }

    private float response(int neuron, float deficit) {
        return Differences.response(neuron, deficit, cue, neurons, weights);
    }

    private void compare(float[] deficits, Request request) {
        int winner = top.neuron(0);
        comparison.begin(cue, winner, deficits[winner], neurons);
        contrast.begin(deficits[winner], cue.voters(), cue.isInCrowd(neurons.live()));
        if (isTwoValued(winner)) {
            compareCounted(winner, deficits);
        }
        for (int rank = 1; rank < Math.min(top.size(), CLOSE); rank++) {
            int near = top.neuron(rank);
            if (mayMatter(near, winner, deficits)) {
                comparison.add(contrast, near, deficits[near], comparison.distance(near));
            }
        }
        int left = 0;
        for (int place = 0; place < neurons.places(); place++) {
            int j = neurons.at(place);
            left += mayMatter(j, winner, deficits) ? 1 : 0;
        }
        float[] between = left <= neurons.places() / ONE_BY_ONE
                ? null
                : toWinner.of(comparison.winner(), neurons, request.withPath(RecallPath.PLANES));
        for (int place = 0; left > 0 && place < neurons.places(); place++) {
            int j = neurons.at(place);
            if (mayMatter(j, winner, deficits)) {
                comparison.add(contrast, j, deficits[j], between == null ? comparison.distance(j) : between[j]);
            }
        }
    }

    private boolean isTwoValued(int winner) {
        return cue.isTwoValued() && neurons.isTwoValued(winner);
    }

    /** Compares the winner with its two-valued rivals, when it and the cue are two-valued. */
    private void compareCounted(int winner, float[] deficits) {
        for (int place = 0; place < neurons.places(); place++) {
            int j = neurons.at(place);
            if (j != winner
                    && neurons.isLive(j)
                    && neurons.isTwoValued(j)
                    && deficits[j] == deficits[winner]
                    && contrast.canChange((long) deficits[j])) {
                contrast.add(deficits[j], comparison.distance(j));
            }
        }
        rivals.find(cue, neurons);
        rivals.compare(contrast, winner, rival -> (int) comparison.distance(rival));
    }

    /** Whether a neuron may matter that is not counted. Such a neuron is not among the rivals by its sketch. */
    private boolean mayMatter(int neuron, int winner, float[] deficits) {
        return neuron != winner
                && neurons.isLive(neuron)
                && !comparison.isCounted(neuron)
                && comparison.canChange(contrast, neuron, deficits[neuron]);
    }
}
