package org.engram.store.internal.recall;

import java.util.Arrays;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bits;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The responses of all neurons to a cue, equation (4). They are counted from the bits where cue and weights are
 * two-valued. All others are summed over the stripes, or follow from {@link Differences} where these rank. An object serves one recall after another, so that recalls
 * allocate no arrays. Not safe for threads.
 */
final class Responses implements SharedChunks.Task {

    private static final int RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final Differences differences;
    private final int[] oneDeficit = new int[1];
    private final float[] one = new float[1];
    private float[] q = {};
    private int[][] deficits = {};
    private Stripes[] stripes = {};

    private Votes cue = Idle.CUE;
    private NeuronTable.View neurons = Idle.NEURONS;
    private boolean counted;

    Responses(Weights weights) {
        this.weights = weights;
        this.differences = new Differences(weights);
    }

    /** Whether the responses of two-valued weights are counted, so that no sum rounds. */
    static boolean isCounted(Votes cue, RecallPath path) {
        return cue.isTwoValued() && path != RecallPath.STRIPES;
    }

    /** A copy of the responses of all neurons, with NaN for retired ones. */
    static float[] copy(float[] responses, NeuronTable.View neurons) {
        float[] copy = Arrays.copyOf(responses, neurons.count());
        for (int i = 0; neurons.live() < copy.length && i < copy.length; i++) {
            copy[i] = neurons.isLive(i) ? copy[i] : Float.NaN;
        }
        return copy;
    }

    /** The responses of all neurons. The next call overwrites them. Those of retired neurons mean nothing. */
    float[] of(Votes shown, NeuronTable.View all, Request request) {
        begin(shown, all, request);
        if (Differences.rank(shown, all)) {
            respond(differences.of(Exhibit.of(shown, weights), all, request), shown, all, q, weights);
            return q;
        }
        request.forEachChunk(chunks(), this);
        for (int other = 0; counted && other < all.notTwoValued(); other++) {
            sum(all.notTwoValuedAt(other), 1, 0);
        }
        return q;
    }

    /** Writes the responses that follow from deficits. */
    static void respond(float[] deficits, Votes shown, NeuronTable.View all, float[] responses, Weights weights) {
        for (int place = 0; place < all.places(); place++) {
            int i = all.at(place);
            responses[i] = Differences.response(i, deficits[i], shown, all, weights);
        }
    }

    /** The response of one neuron, counted where that is possible. */
    float one(Votes shown, int neuron, NeuronTable.View all) {
        if (isCounted(shown, RecallPath.AUTO) && all.isTwoValued(neuron)) {
            kernel.deficits(weights.bits(neuron), neuron, 1, shown.bits(), oneDeficit, 0);
            return all.gain(neuron) * (shown.positives() - oneDeficit[0]);
        }
        stripes = Stripes.forThreads(1, stripes, weights);
        stripes[0].respond(shown.floats(), neuron, 1, all, one, 0);
        Deficits.unround(neuron, 1, all, shown, one, 0);
        return one[0];
    }

    private void begin(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        counted = isCounted(shown, request.path());
        int workers = request.workers(chunks());
        stripes = Stripes.forThreads(workers, stripes, weights);
        if (q.length < all.count()) {
            q = new float[all.count() + (all.count() >> 3)];
        }
        if (deficits.length < workers) {
            deficits = new int[workers][RUN];
        }
    }

    private int chunks() {
        return Math.ceilDiv(neurons.count(), perChunk());
    }

    private int perChunk() {
        return counted ? weights.bitsPerChunk() : weights.stripesPerChunk();
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * perChunk();
        int count = Math.min(perChunk(), neurons.count() - first);
        neurons.forEachSpan(first, count, (from, some) -> {
            if (counted) {
                count(from, some, worker);
            } else {
                sum(from, some, worker);
            }
        });
    }

    private void count(int first, int count, int worker) {
        int[] run = deficits[worker];
        int positives = cue.positives();
        float gain = neurons.commonGain();
        Bits bits = weights.bits(first);
        for (int from = first; from < first + count; from += RUN) {
            int length = Math.min(RUN, first + count - from);
            kernel.deficits(bits, from, length, cue.bits(), run, 0);
            for (int i = 0; i < length; i++) {
                q[from + i] = (Float.isNaN(gain) ? neurons.gain(from + i) : gain) * (positives - run[i]);
            }
        }
    }

    private void sum(int first, int count, int worker) {
        stripes[worker].respond(cue.floats(), first, count, neurons, q, first);
        Deficits.unround(first, count, neurons, cue, q, first);
    }
}
