package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The responses of all neurons to a cue, equation (4): counted from the bits where the cue is black and white and the
 * weights two-valued; otherwise summed over the stripes. Reused from recall to recall, so that none allocates.
 * Not safe for threads.
 */
public final class Responses implements ChunkTask {

    /** Neurons that are counted together. */
    private static final int RUN = 1024;

    private final Weights weights;
    /** As long as the most neurons so far, with room to grow. */
    private float[] q = {};

    private int[][] deficits = {};
    private Stripes[] stripes = {};

    private Votes cue;
    private NeuronTable.View neurons;
    private boolean counted;

    Responses(Weights weights) {
        this.weights = weights;
    }

    /** Whether the responses of two-valued weights are counted, and so never rounded. */
    static boolean isCounted(Votes cue, RecallPath path) {
        return cue.isTwoValued() && path != RecallPath.STRIPES;
    }

    /** Computes the responses of all neurons; those of retired ones mean nothing. */
    float[] of(Votes shown, NeuronTable.View all, Request request) {
        makeRoom(all);
        begin(shown, all, request);
        int perChunk = perChunk();
        request.forEachChunk(Math.ceilDiv(all.count(), perChunk), this);
        for (int other = 0; counted && other < all.others(); other++) {
            sum(all.other(other), 1, 0);
        }
        return q;
    }

    /** The response of one neuron. */
    float one(Votes shown, int neuron, NeuronTable.View all, Request request) {
        makeRoom(all);
        begin(shown, all, request);
        if (counted && all.isTwoValued(neuron)) {
            count(neuron, 1, 0);
        } else {
            sum(neuron, 1, 0);
        }
        return q[neuron];
    }

    private void makeRoom(NeuronTable.View all) {
        if (q.length < all.count()) {
            q = new float[all.count() + (all.count() >> 3)];
        }
    }

    private void begin(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        counted = isCounted(shown, request.path());
        stripes = Stripes.forThreads(request.threads(), stripes, weights);
        if (deficits.length < request.threads()) {
            deficits = new int[request.threads()][RUN];
        }
    }

    private int perChunk() {
        return counted ? weights.bitsPerChunk() : weights.stripesPerChunk();
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * perChunk();
        int count = Math.min(perChunk(), neurons.count() - first);
        if (counted) {
            count(first, count, worker);
        } else {
            sum(first, count, worker);
        }
    }

    private void count(int first, int count, int worker) {
        int[] run = deficits[worker];
        for (int from = first; from < first + count; from += RUN) {
            int length = Math.min(RUN, first + count - from);
            weights.countDeficits(cue.positive().words(), cue.mask().words(), from, length, run, 0);
            for (int i = 0; i < length; i++) {
                q[from + i] = neurons.gain(from + i) * (cue.positives() - run[i]);
            }
        }
    }

    private void sum(int first, int count, int worker) {
        stripes[worker].respond(cue.floats(), first, count, neurons, q);
        Deficits.unround(first, count, neurons, cue, q);
    }
}
