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

    /** How many neurons have a sketch of each deficit, as far as that may matter. The entry after those counts all others. */
    public int[] sketches() {
        int[] counts = new int[BitLayout.BLOCK_BITS + 2];
        forEachSketch((neuron, deficit) -> counts[deficit]++);
        int others = Math.min(Rivals.bound(counts, cue.bits()), BitLayout.BLOCK_BITS) + 1;
        counts[others] = Arrays.stream(counts, others, counts.length).sum();
        return Arrays.copyOf(counts, others + 1);
    }

    /**
     * The least deficits of those that {@code sketches} makes rivals, ascending, at most {@code k}. {@code sketches} tells how
     * many neurons of all stores together have a sketch of each deficit.
     */
    public int[] deficits(int[] sketches, int k) {
        TopNeurons nearest = new TopNeurons();
        nearest.begin(k);
        forEachWithin(Rivals.bound(sketches, cue.bits()), nearest::offerDeficit);
        return IntStream.range(0, nearest.size()).map(nearest::deficit).toArray();
    }

    /** Counts in full the deficits of the neurons whose sketches are within a bound. */
    void forEachWithin(int bound, SearchResult.Measured.Taker taker) {
        int[] one = new int[1];
        forEachSketch((neuron, ofSketch) -> {
            if (ofSketch <= bound) {
                kernel.deficits(weights.bits(neuron), neuron, 1, cue.bits(), one, 0);
                taker.take(neuron, one[0]);
            }
        });
    }

    private void forEachSketch(SearchResult.Measured.Taker taker) {
        Rivals.forEachSketch(weights, cue.bits(), neurons, new int[Rivals.RUN], taker);
    }
}
