package org.engram.store.internal.recall;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Sums the responses of all neurons to many cues. One pass over the stripes serves up to 64 cues. An object serves one
 * batch after another, so that its memory is allocated once. Not safe for threads.
 */
final class BatchResponses implements SharedChunks.Task {

    /** A pass fills at most this many floats with responses, 64 MB, unless one cue needs more. */
    private static final int ROOM = 16 << 20;

    private static final int MAX_CUES = 64;

    private final Weights weights;
    private final float[][] votes = new float[MAX_CUES][];
    private Stripes[] stripes = {};
    private float[][] responses = {};
    private List<Votes> cues = List.of();
    private NeuronTable.View neurons = Idle.NEURONS;

    BatchResponses(Weights weights) {
        this.weights = weights;
    }

    /**
     * Hands the responses to each cue to a taker, with the index of the cue. The next pass overwrites the array. The
     * responses of retired neurons mean nothing.
     */
    void forEach(List<Votes> all, NeuronTable.View view, Request request, ObjIntConsumer<float[]> taker) {
        neurons = view;
        int chunks = Math.ceilDiv(view.count(), weights.stripesPerChunk());
        stripes = Stripes.forThreads(request.workers(chunks), stripes, weights);
        int together = Math.clamp(ROOM / Math.max(1, view.count()), 1, MAX_CUES);
        for (int from = 0; from < all.size(); from += together) {
            cues = all.subList(from, Math.min(all.size(), from + together));
            if (responses.length < cues.size() || responses[0].length < view.count()) {
                responses = new float[together][view.count()];
            }
            for (int c = 0; c < cues.size(); c++) {
                votes[c] = cues.get(c).floats();
            }
            request.forEachChunk(chunks, this);
            for (int c = 0; c < cues.size(); c++) {
                taker.accept(responses[c], from + c);
            }
        }
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * weights.stripesPerChunk();
        int count = Math.min(weights.stripesPerChunk(), neurons.count() - first);
        neurons.forEachSpan(first, count, (from, some) -> {
            stripes[worker].respond(votes, cues.size(), from, some, neurons, responses, from);
            for (int c = 0; c < cues.size(); c++) {
                Deficits.unround(from, some, neurons, cues.get(c), responses[c], from);
            }
        });
    }
}
