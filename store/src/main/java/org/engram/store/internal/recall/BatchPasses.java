package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/** The cues of a batch that share passes over the planes of all neurons. Not safe for threads. */
final class BatchPasses {

    /** Takes what was found for a cue of this index, valid until it returns; null when a real-valued neuron won. */
    interface Taker {
        void take(int index, SearchResult found);
    }

    private final Weights weights;
    private final NeuronTable.View neurons;
    private final Request request;
    private final List<BatchSearch> passes = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private final List<Votes> cues = new ArrayList<>();

    BatchPasses(Weights weights, NeuronTable.View neurons, Request request) {
        this.weights = weights;
        this.neurons = neurons;
        this.request = request;
    }

    void add(int index, Votes cue, Guess guess, Guess.Distances counted) {
        indexes.add(index);
        cues.add(cue);
        if (passes.isEmpty() || passes.getLast().isFull()) {
            passes.add(new BatchSearch(weights));
        }
        passes.getLast().add(cue, guess, counted, request.ranked());
    }

    /** Cues with more rivals than are counted one by one share further passes, which know the winners. */
    void run(Taker taker) {
        if (passes.isEmpty()) {
            return;
        }
        request.forEachChunk(passes.size(), (pass, worker) -> passes.get(pass).run(neurons));
        BatchPasses further = new BatchPasses(weights, neurons, request);
        for (int i = 0; i < indexes.size(); i++) {
            BatchSearch pass = passes.get(i / BatchSearch.CUES);
            SearchResult found = pass.found(i % BatchSearch.CUES, neurons);
            if (found == null && !pass.isWonByReal()) {
                further.add(indexes.get(i), cues.get(i), pass.won(i % BatchSearch.CUES), Guess.Distances.OF_ALL);
            } else {
                taker.take(indexes.get(i), found);
            }
        }
        further.run(taker);
    }
}
