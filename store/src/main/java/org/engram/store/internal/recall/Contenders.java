package org.engram.store.internal.recall;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The neurons of one store that may be {@link Rivals} when there are several stores. Everything must be two-valued. Safe
 * for any number of threads.
 */
public final class Contenders {

    private final BitKernel kernel = Kernels.bits();
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
        int[] counts = new int[BitLayout.BLOCK_BITS + 1];
        forEachSketch((neuron, deficit) -> counts[deficit]++);
        return Arrays.copyOf(counts, Rivals.bound(counts, cue.bits()) + 1);
    }

    /**
     * The least deficits of those that {@code sketches} makes rivals, ascending, at most {@code k}. {@code sketches} tells how
     * many neurons of all stores together have a sketch of each deficit.
     */
    public int[] deficits(int[] sketches, int k) {
        int bound = Rivals.bound(sketches, cue.bits());
        int[] one = new int[1];
        TopNeurons nearest = new TopNeurons();
        nearest.begin(k);
        forEachSketch((neuron, deficit) -> {
            if (deficit <= bound) {
                kernel.deficits(weights.bits(neuron), neuron, 1, cue.bits(), one, 0);
                nearest.offerDeficit(neuron, one[0]);
            }
        });
        return IntStream.range(0, nearest.size()).map(nearest::deficit).toArray();
    }

    private void forEachSketch(SearchResult.Measured.Taker taker) {
        int[] deficits = new int[Rivals.RUN];
        Rivals.forEachRun(weights, neurons, (from, count) -> {
            kernel.sketch(weights.bits(from), from, count, cue.bits(), deficits, 0);
            Deficits.exclude(from, count, neurons, deficits, 0);
            for (int i = 0; i < count; i++) {
                if (deficits[i] < Deficits.OUT) {
                    taker.take(from + i, deficits[i]);
                }
            }
        });
    }
}
