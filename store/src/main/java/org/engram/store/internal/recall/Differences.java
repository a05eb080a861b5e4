package org.engram.store.internal.recall;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.engram.store.Coding;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Measures the deficits of all neurons from what is shown, where either is real-valued: the squared differences over
 * the voters, in a pass over the w stripes. If both are two-valued, the squared difference is the number of voters in
 * which they disagree, and is counted from the bits. One pass serves up to 64 cues. An object serves one pass after
 * another, so that its memory is allocated once. Not safe for threads.
 */
final class Differences implements SharedChunks.Task {

    /** A pass fills at most this many floats, 64 MB, unless one cue needs more. */
    private static final int ROOM = 16 << 20;

    private static final int MOST = 64;
    private static final int RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final ShownValues[] values = new ShownValues[MOST];
    private Distances[] distances = {};
    private int[][] counts = {};
    private float[][] deficits = {};

    private List<Exhibit> shown = List.of();
    private NeuronTable.View neurons = Idle.NEURONS;
    private boolean counted;

    Differences(Weights weights) {
        this.weights = weights;
    }

    /**
     * Whether deficits of this kind rank the neurons. They do for bipolar cues, unless the cue and all neurons are
     * two-valued.
     */
    static boolean rank(Votes cue, NeuronTable.View neurons) {
        return cue.coding() == Coding.BIPOLAR && (!cue.isTwoValued() || neurons.notTwoValued() > 0);
    }

    /**
     * The response that follows from a deficit: {@code q_i = sum_j v_ij (2 y_j - w_ij / W) = g W (|y|^2 - deficit_i)}.
     * The g W of a two-valued neuron is its gain, and its q is the response by equation (4).
     */
    static float response(int neuron, float deficit, Votes cue, NeuronTable.View neurons, Weights weights) {
        return Float.isFinite(deficit)
                ? (float) (weights.gainOfWhite(neuron, neurons) * (cue.square() - deficit))
                : Float.NEGATIVE_INFINITY;
    }

    /** The deficits of all neurons. The next call overwrites them. Those of retired neurons mean nothing. */
    float[] of(Exhibit one, NeuronTable.View view, Request request) {
        pass(List.of(one), view, request, 1);
        return deficits[0];
    }

    /** Hands the deficits of all neurons from each exhibit to a taker, with its index, as {@link #of} gives them. */
    void forEach(List<Exhibit> all, NeuronTable.View view, Request request, ObjIntConsumer<float[]> taker) {
        int together = Math.clamp(ROOM / Math.max(1, view.count()), 1, MOST);
        for (int from = 0; from < all.size(); from += together) {
            pass(all.subList(from, Math.min(all.size(), from + together)), view, request, together);
            for (int s = 0; s < shown.size(); s++) {
                taker.accept(deficits[s], from + s);
            }
        }
    }

    /** Either all exhibits are two-valued, or none is. */
    private void pass(List<Exhibit> all, NeuronTable.View view, Request request, int room) {
        shown = all;
        neurons = view;
        counted = all.get(0) instanceof Exhibit.TwoValued && request.path() != RecallPath.STRIPES;
        int chunks = Math.ceilDiv(view.count(), perChunk());
        int workers = request.workers(chunks);
        distances = Distances.forThreads(workers, distances, weights);
        if (counts.length < workers) {
            counts = new int[workers][RUN];
        }
        if (deficits.length < all.size() || deficits[0].length < view.count()) {
            deficits = new float[room][view.count() + (view.count() >> 3)];
        }
        for (int s = 0; s < all.size(); s++) {
            values[s] = all.get(s).values();
        }
        request.forEachChunk(chunks, this);
    }

    private int perChunk() {
        return Math.min(weights.wPerChunk(), weights.bitsPerChunk());
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * perChunk();
        int count = Math.min(perChunk(), neurons.count() - first);
        neurons.forEachSpan(first, count, (from, some) -> measure(from, some, worker));
    }

    private void measure(int first, int count, int worker) {
        if (!counted) {
            distances[worker].to(first, count, values, shown.size(), deficits, first);
            unround(first, count);
            return;
        }
        for (int from = first; from < first + count; from += RUN) {
            count(from, Math.min(RUN, first + count - from), counts[worker]);
        }
        int next;
        for (int i = first; i < first + count; i = next) {
            next = i + 1;
            if (!neurons.isTwoValued(i)) {
                while (next < first + count && !neurons.isTwoValued(next)) {
                    next++;
                }
                distances[worker].to(i, next - i, values, shown.size(), deficits, i);
            }
        }
    }

    private void count(int first, int count, int[] run) {
        for (int s = 0; s < shown.size(); s++) {
            if (shown.get(s) instanceof Exhibit.TwoValued two) {
                kernel.deficits(weights.bits(first), first, count, two.bits(), run, 0);
                for (int i = 0; i < count; i++) {
                    deficits[s][first + i] = run[i];
                }
            }
        }
    }

    /**
     * Rounds the deficits of two-valued neurons from two-valued exhibits to whole numbers. They are not whole if W is
     * not 1.
     */
    private void unround(int first, int count) {
        if (shown.get(0) instanceof Exhibit.RealValued
                || weights.white() == 1
                || weights.geometry().pixels() >= Deficits.FEW_PIXELS) {
            return;
        }
        for (int s = 0; s < shown.size(); s++) {
            for (int i = first; i < first + count; i++) {
                deficits[s][i] = neurons.isTwoValued(i) ? Math.round(deficits[s][i]) : deficits[s][i];
            }
        }
    }
}
