package org.engram.store.internal.recall;

import org.engram.store.internal.format.Picture;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * The neurons of one store as rivals of a winner that may be in another. It counts the deficit of each neuron and its
 * distance to the winner in one read of all planes. Everything must be two-valued. Not safe for threads.
 */
public final class Rivals {

    private static final int RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final Shown shown;
    private final Shown winner;

    public Rivals(Weights weights, Votes cue, Picture winner) {
        if (!cue.isTwoValued() || !(winner instanceof Picture.TwoValued two)) {
            throw new IllegalArgumentException(
                    "rivals of a winner elsewhere: expected a black and white cue and winner");
        }
        this.weights = weights;
        this.shown = cue.bits();
        this.winner = new Shown(two.white().words(), cue.mask().words());
    }

    /** Adds all rivals of the winner but one, whose number is -1 when it is not here. */
    public void addTo(Contrast contrast, int except, NeuronTable.View neurons, Request request) {
        if (neurons.others() > 0) {
            throw new IllegalArgumentException(
                    "rivals of a winner elsewhere: expected a store of black and white patterns");
        }
        int[] deficits = new int[neurons.count()];
        int[] distances = new int[neurons.count()];
        int perChunk = weights.bitsPerChunk();
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), (chunk, worker) -> {
            int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
            for (int first = chunk * perChunk; first < end; first += RUN) {
                neurons.forEachSpan(
                        first,
                        Math.min(RUN, end - first),
                        (from, some) -> kernel.deficits(
                                weights.bits(from), from, some, shown, winner, deficits, distances, from));
            }
        });
        for (int place = 0; place < neurons.places(); place++) {
            int neuron = neurons.at(place);
            if (neuron != except && neurons.isLive(neuron) && contrast.isRival(deficits[neuron], true)) {
                contrast.add(deficits[neuron], distances[neuron]);
            }
        }
    }
}
