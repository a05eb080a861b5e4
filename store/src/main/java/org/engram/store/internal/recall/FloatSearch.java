package org.engram.store.internal.recall;

import org.engram.store.internal.format.PixelBits;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds the neurons that respond most and the rivals of the winner from the responses of all neurons. It serves
 * real-valued unipolar cues, two-valued weights of several gains, and recalls that are told to read the stripes. An object serves one
 * search after another. Not safe for threads.
 *
 * <p>Between two-valued patterns everything follows from the responses. With P votes for white, a neuron of gain g has
 * the deficit {@code P - q / g}. The rivals are found and compared by their bits.
 */
final class FloatSearch {

    private final Weights weights;
    private final Responses toCue;
    private final TopNeurons top = new TopNeurons();
    private final Rivals rivals;
    private final Ranking ranking = new Ranking();
    private final Contrast contrast = new Contrast();
    final SearchResult result = new SearchResult(ranking, contrast);
    private Votes cue = Idle.CUE;
    private NeuronTable.View neurons = Idle.NEURONS;
    private boolean counted;

    FloatSearch(Weights weights) {
        this.weights = weights;
        this.toCue = new Responses(weights);
        this.rivals = new Rivals(weights);
    }

    /** The responses of all neurons, in an array that the next call overwrites. */
    float[] responses(Votes shown, NeuronTable.View all, Request request) {
        return toCue.of(shown, all, request);
    }

    /** Searches among the responses q of all neurons to a cue. */
    void run(Votes shown, float[] q, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        counted = Responses.isCounted(shown, request.path());
        top.begin(request.ranked());
        for (int place = 0; place < all.places(); place++) {
            int i = all.at(place);
            if (all.isLive(i)) {
                top.offerResponse(i, q[i]);
            }
        }
        rank();
        contrast.undefine();
        if (top.size() > 0 && shown.voters() > 0 && isCountable(top.neuron(0))) {
            compare(top.neuron(0), q);
        }
    }

    private void rank() {
        ranking.clear();
        for (int rank = 0; rank < top.size(); rank++) {
            int neuron = top.neuron(rank);
            float response = top.response(rank);
            double deficit = isCountable(neuron) ? Deficits.behind(response, neuron, neurons, cue) : Ranking.NO_DEFICIT;
            ranking.add(neuron, response, deficit);
        }
    }

    /** Whether the response of a neuron tells its exact deficit. */
    private boolean isCountable(int neuron) {
        return cue.isTwoValued()
                && (counted ? neurons.isTwoValued(neuron) : Deficits.isCountable(neuron, neurons, weights.geometry()));
    }

    private void compare(int winner, float[] q) {
        int ofWinner = (int) Deficits.behind(q[winner], winner, neurons, cue);
        contrast.begin(ofWinner, cue.voters(), cue.isInCrowd(neurons.live()));
        PixelBits pixelBits = weights.pixelBits(winner);
        for (int place = 0; place < neurons.places(); place++) {
            int j = neurons.at(place);
            if (j != winner && isTied(j, ofWinner, q) && contrast.canChange(ofWinner)) {
                contrast.add(ofWinner, distance(pixelBits, j));
            }
        }
        rivals.find(cue, neurons);
        rivals.compare(contrast, winner, rival -> distance(pixelBits, rival));
    }

    private int distance(PixelBits pixelBits, int neuron) {
        return pixelBits.distance(weights.pixelBits(neuron), cue.mask());
    }

    private boolean isTied(int neuron, int ofWinner, float[] q) {
        return neurons.isLive(neuron)
                && isCountable(neuron)
                && Deficits.behind(q[neuron], neuron, neurons, cue) == ofWinner;
    }
}
