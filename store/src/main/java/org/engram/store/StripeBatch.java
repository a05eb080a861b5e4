package org.engram.store;

import java.util.List;

/** The responses of all neurons to many cues, in one pass over the stripes. Not safe for threads. */
final class StripeBatch implements ChunkTask {

    /** Floats that one pass may fill with responses, unless a single cue needs more: 64 MB. */
    private static final int ROOM = 16 << 20;

    private static final int MAX_CUES = 64;

    private final Weights weights;
    private final NeuronTable.View neurons;
    private final RecallOptions options;
    private final Stripes[] stripes;
    private final float[][] votes;
    private final float[][] responses;
    private List<Cue> cues = List.of();

    /** How many cues one pass serves. */
    static int cues(NeuronTable.View neurons) {
        return Math.clamp(ROOM / Math.max(1, neurons.count()), 1, MAX_CUES);
    }

    StripeBatch(Weights weights, NeuronTable.View neurons, RecallOptions options) {
        int room = cues(neurons);
        this.weights = weights;
        this.neurons = neurons;
        this.options = options;
        this.votes = new float[room][];
        this.responses = new float[room][neurons.count()];
        this.stripes = new Stripes[options.threads()];
        for (int worker = 0; worker < stripes.length; worker++) {
            stripes[worker] = new Stripes(weights);
        }
    }

    /** Computes the responses to no more cues than a pass serves; those of retired neurons mean nothing. */
    float[][] of(List<Cue> shown) {
        cues = shown;
        for (int i = 0; i < shown.size(); i++) {
            votes[i] = shown.get(i).votes();
        }
        options.forEachChunk(Math.ceilDiv(neurons.count(), weights.stripesPerChunk()), this);
        return responses;
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * weights.stripesPerChunk();
        int count = Math.min(weights.stripesPerChunk(), neurons.count() - first);
        stripes[worker].respond(votes, cues.size(), first, count, neurons, responses);
        for (int c = 0; c < cues.size(); c++) {
            neurons.unround(first, count, cues.get(c), responses[c]);
        }
    }
}
