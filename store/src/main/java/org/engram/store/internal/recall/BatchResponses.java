package org.engram.store.internal.recall;

import java.util.List;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The responses of all neurons to many cues, in one pass over the stripes. Reused from batch to batch, for the sake of its
 * scratch memory. Not safe for threads.
 */
final class BatchResponses implements ChunkTask {

    /** Floats that one pass may fill with responses, unless a single cue needs more: 64 MB. */
    private static final int ROOM = 16 << 20;

    private static final int MAX_CUES = 64;

    private final Weights weights;
    private final float[][] votes = new float[MAX_CUES][];
    private Stripes[] stripes = {};
    private float[][] kept = {};
    private List<Votes> cues = List.of();
    private NeuronTable.View neurons;
    private float[][] responses;

    BatchResponses(Weights weights) {
        this.weights = weights;
    }

    /** How many cues one pass serves. */
    static int cues(NeuronTable.View neurons) {
        return Math.clamp(ROOM / Math.max(1, neurons.count()), 1, MAX_CUES);
    }

    /** Computes the responses into arrays that the next batch overwrites. */
    float[][] of(List<Votes> shown, NeuronTable.View all, Request request) {
        if (kept.length < shown.size() || kept[0].length < all.count()) {
            kept = new float[cues(all)][all.count()];
        }
        run(shown, all, request, kept);
        return kept;
    }

    /**
     * Computes the responses to no more cues than a pass serves; those of retired neurons mean nothing.
     *
     * @param into one array a cue, as long as there are neurons
     */
    void run(List<Votes> shown, NeuronTable.View all, Request request, float[][] into) {
        cues = shown;
        neurons = all;
        responses = into;
        for (int i = 0; i < shown.size(); i++) {
            votes[i] = shown.get(i).floats();
        }
        stripes = Stripes.forThreads(request.threads(), stripes, weights);
        request.forEachChunk(Math.ceilDiv(all.count(), weights.stripesPerChunk()), this);
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * weights.stripesPerChunk();
        int count = Math.min(weights.stripesPerChunk(), neurons.count() - first);
        stripes[worker].respond(votes, cues.size(), first, count, neurons, responses);
        for (int c = 0; c < cues.size(); c++) {
            Deficits.unround(first, count, neurons, cues.get(c), responses[c]);
        }
    }
}
