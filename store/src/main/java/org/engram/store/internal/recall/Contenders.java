package org.engram.store.internal.recall;

import java.util.stream.IntStream;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The neurons of one store that may be {@link Rivals} when there are several stores. Everything must be two-valued. Safe
 * for any number of threads.
 */
public final class Contenders {

    private final Weights weights;
    private final Votes cue;
    private final NeuronTable.View neurons;

    public Contenders(Weights weights, Votes cue, NeuronTable.View neurons) {
        if (!cue.isTwoValued() || neurons.notTwoValued() > 0) {
            throw new IllegalArgumentException("contest over stores: expected black and white cues and patterns");
        }
        this.weights = weights;
        this.cue = cue;
        this.neurons = neurons;
    }

    /** How many neurons have a sketch of each deficit, as far as that may matter. */
    public int[] sketches() {
        Rivals rivals = new Rivals(weights);
        rivals.offerAll(cue, neurons);
        return rivals.counts();
    }

    /**
     * The least deficits of those that {@code sketches} makes rivals, ascending, at most {@code k}. {@code sketches} tells how
     * many neurons of all stores together have a sketch of each deficit.
     */
    public int[] deficits(int[] sketches, int k) {
        BitKernel kernel = Kernels.bits();
        int bound = Rivals.bound(sketches, cue.bits());
        int[] ofSketch = new int[Rivals.RUN];
        int[] one = new int[1];
        TopNeurons nearest = new TopNeurons();
        nearest.begin(k);
        Rivals.forEachRun(weights, neurons, (from, count) -> {
            kernel.sketch(weights.bits(from), from, count, cue.bits(), ofSketch, 0);
            for (int i = 0; i < count; i++) {
                if (ofSketch[i] <= bound && neurons.isLive(from + i)) {
                    kernel.deficits(weights.bits(from), from + i, 1, cue.bits(), one, 0);
                    nearest.offerDeficit(from + i, one[0]);
                }
            }
        });
        return IntStream.range(0, nearest.size()).map(nearest::deficit).toArray();
    }
}
