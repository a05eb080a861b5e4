package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds the neurons that respond most and the rivals of the winner from the responses of all: for real-valued cues and for
 * weights of several gains. Reused from search to search. Not safe for threads.
 *
 * <p>Between black and white patterns everything follows from the responses. With P votes for white, a neuron of gain g
 * disagrees with {@code P - q / g} of the voters; shown the winner itself as a cue, that counts the pixels in which a
 * rival differs from it.
 */
final class FloatSearch implements SearchResult {

    /** Rivals are computed one by one when they are fewer than one in so many: a scan of all reads them faster. */
    private static final int SCATTERED = 8;

    private final Weights weights;
    private final Responses toCue;
    private final Responses toWinner;
    private final TopNeurons top = new TopNeurons();
    private final Contrast contrast = new Contrast();
    private Votes cue;
    private NeuronTable.View neurons;
    private boolean counted;

    FloatSearch(Weights weights) {
        this.weights = weights;
        this.toCue = new Responses(weights);
        this.toWinner = new Responses(weights);
    }

    /** The responses of all neurons, in an array that the next search overwrites. */
    float[] responses(Votes shown, NeuronTable.View all, Request request) {
        return toCue.of(shown, all, request);
    }

    void run(Votes shown, NeuronTable.View all, Request request) {
        run(shown, toCue.of(shown, all, request), all, request);
    }

    /** The same with the responses known. */
    void run(Votes shown, float[] q, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        counted = Responses.isCounted(shown, request.path());
        top.begin(request.ranked());
        for (int i = 0; i < all.count(); i++) {
            if (all.isLive(i)) {
                top.offer(i, q[i]);
            }
        }
        contrast.undefine();
        if (top.size() > 0 && shown.voters() > 0 && isCountable(top.neuron(0))) {
            compare(top.neuron(0), q, request);
        }
    }

    /** Whether the response of a neuron tells exactly how many voters it agrees with. */
    private boolean isCountable(int neuron) {
        return cue.isTwoValued()
                && (counted ? neurons.isTwoValued(neuron) : Deficits.isCountable(neuron, neurons, weights.geometry()));
    }

    private void compare(int winner, float[] q, Request request) {
        long ofWinner = Deficits.behind(q[winner], winner, neurons, cue);
        contrast.begin(ofWinner, cue.voters());
        int rivals = 0;
        for (int j = 0; j < neurons.count(); j++) {
            rivals += isRival(j, winner, ofWinner, q) ? 1 : 0;
        }
        if (rivals == 0) {
            return;
        }
        Votes winnerShown = cue.like(weights.plane(winner));
        // Counts of bits are the same, and where there are bits they cost next to nothing.
        Request counting = request.withPath(RecallPath.PLANES);
        boolean scattered = rivals <= neurons.count() / SCATTERED;
        float[] between = scattered ? null : toWinner.of(winnerShown, neurons, counting);
        for (int j = 0; j < neurons.count(); j++) {
            if (isRival(j, winner, ofWinner, q)) {
                float response = scattered ? toWinner.one(winnerShown, j, neurons, counting) : between[j];
                contrast.add(
                        Deficits.behind(q[j], j, neurons, cue), Deficits.behind(response, j, neurons, winnerShown));
            }
        }
    }

    private boolean isRival(int neuron, int winner, long ofWinner, float[] q) {
        return neuron != winner
                && neurons.isLive(neuron)
                && isCountable(neuron)
                && Deficits.behind(q[neuron], neuron, neurons, cue) <= Contrast.RIVAL_FACTOR * ofWinner;
    }

    @Override
    public TopNeurons ranked() {
        return top;
    }

    @Override
    public long disagreeing(int rank) {
        return isCountable(top.neuron(rank)) ? Deficits.behind(top.response(rank), top.neuron(rank), neurons, cue) : -1;
    }

    @Override
    public Contrast contrast() {
        return contrast;
    }
}
