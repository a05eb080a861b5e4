package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/** The cues of a batch that share passes over the planes of all neurons. Not safe for threads. */
final class BatchPasses {

    /** Takes what was found for a cue of this index, valid until it returns; null when it has to be searched for alone. */
    interface Taker {
        void take(int index, SearchResult found);
    }

    private final Weights weights;
    private final NeuronTable.View neurons;
    private final Request request;
    private final List<BatchSearch> passes = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();

    BatchPasses(Weights weights, NeuronTable.View neurons, Request request) {
        this.weights = weights;
        this.neurons = neurons;
        this.request = request;
    }

    void add(int index, Votes cue, Rivals rivals, int bound) {
        indexes.add(index);
        if (passes.isEmpty() || passes.getLast().isFull()) {
            passes.add(new BatchSearch(weights));
        }
        passes.getLast().add(cue, rivals, bound, request.ranked());
    }

    void run(Taker taker) {
        request.forEachChunk(passes.size(), (pass, worker) -> passes.get(pass).run(neurons));
        for (int i = 0; i < indexes.size(); i++) {
            taker.take(indexes.get(i), passes.get(i / BatchSearch.CUES).found(i % BatchSearch.CUES, neurons));
        }
    }
}
