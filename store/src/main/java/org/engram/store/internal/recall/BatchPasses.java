package org.engram.store.internal.recall;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Recall;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Recalls from the two-valued cues of a batch. Cues that are searched for at less cost together share passes over the
 * planes. A cue waits until a pass is cheaper than searching for each waiting cue alone. Not safe for threads.
 */
final class BatchPasses {

    /** Planes of fewer bytes stay in a cache, so that a pass saves nothing. */
    private static final long CACHED = 16L << 20;
    /** What a pass costs beside its cues, as a part of a scan for one. */
    private static final double READING = 0.2;
    /** At most this many cues wait, because each holds counts of all neurons. */
    private static final int MOST_WAITING = 8;

    private record Waiting(int index, Votes cue, Request request, BitSearch search) {}

    private final Recognizer recognizer;
    private final Pool<BatchSearch> together;
    private final NeuronTable.View neurons;
    private final Request request;
    private final Recall[] answers;
    /** What a pass costs a cue that needs all blocks, as a part of a scan. It is 0 if planes are asked for, so that all share passes. */
    private final double each;

    private final List<Waiting> waiting = new ArrayList<>();
    private final List<BatchSearch> passes = new ArrayList<>();
    private final List<Waiting> shared = new ArrayList<>();

    BatchPasses(
            Weights weights,
            Recognizer recognizer,
            Pool<BatchSearch> together,
            NeuronTable.View neurons,
            Request request,
            Recall[] answers) {
        this.recognizer = recognizer;
        this.together = together;
        this.neurons = neurons;
        this.request = request;
        this.answers = answers;
        boolean isLarge = (long) neurons.count() * weights.bitLayout().blocks() * BitKernel.BLOCK_BYTES > CACHED;
        this.each = request.path() == RecallPath.PLANES
                ? 0
                : isLarge ? Kernels.bits().costInBatch() : 1;
    }

    /** Answers a cue of this index, now or later; at the latest in {@link #finish}. Its own request may differ in the radius. */
    void search(int index, Votes cue, Request own) {
        BitSearch search = recognizer.byBits.borrow();
        search.begin(cue, neurons, own);
        Waiting one = new Waiting(index, cue, own, search);
        // All neurons tie for a blank cue.
        if (cue.voters() == 0 || gain(one) <= 0) {
            finishAlone(one);
            return;
        }
        waiting.add(one);
        if (!hasRoom() && waiting.stream().mapToDouble(this::gain).sum() > READING) {
            passes.add(together.borrow());
        }
        if (hasRoom()) {
            waiting.forEach(this::join);
            waiting.clear();
        } else if (waiting.size() == MOST_WAITING) {
            finishAlone(waiting.removeFirst());
        }
        if (passes.size() >= request.threads() && !hasRoom()) {
            runPasses();
        }
    }

    /** What a cue costs less in a pass that is made anyhow than alone, as a part of a scan. */
    private double gain(Waiting one) {
        return one.search.cost() - each * one.search.partOfMost();
    }

    private boolean hasRoom() {
        return !passes.isEmpty() && !passes.getLast().isFull();
    }

    private void join(Waiting one) {
        passes.getLast().add(one.cue, one.search.rivals().copy(), one.search.bounded(), one.request);
        recognizer.byBits.giveBack(one.search);
        shared.add(one);
    }

    private void finishAlone(Waiting one) {
        one.search.finish(one.request);
        answers[one.index] = recognizer.answerTo(one.cue, one.search, neurons, one.request);
        recognizer.byBits.giveBack(one.search);
    }

    /** Answers all that is left. */
    void finish() {
        waiting.forEach(this::finishAlone);
        runPasses();
    }

    private void runPasses() {
        request.forEachChunk(passes.size(), (pass, worker) -> passes.get(pass).run(neurons));
        for (int i = 0; i < shared.size(); i++) {
            Waiting one = shared.get(i);
            SearchResult found = passes.get(i / BatchSearch.CUES).found(i % BatchSearch.CUES, neurons);
            answers[one.index] = found == null
                    ? recognizer.recall(one.cue, neurons, one.request)
                    : recognizer.answer(one.cue, found, neurons, one.request);
        }
        for (BatchSearch pass : passes) {
            pass.clear();
            together.giveBack(pass);
        }
        passes.clear();
        shared.clear();
    }
}
