package org.engram.store.internal.recall;

import org.engram.store.Coding;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bits;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds all neurons within a radius of a cue, in the order in which a recall ranks them, from the deficits that the
 * recall has measured. Where there are none, the search reads the sketches of all neurons and the planes of those that
 * are still within the radius, or {@link Differences} measures the deficits. An object serves one search after another.
 * Not safe for threads.
 */
final class Within {

    private static final int RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final Differences differences;
    private final Responses responses;
    private final TopNeurons top = new TopNeurons();
    private int[] counts = {};

    /** What was found last. */
    final Ranking ranked = new Ranking();

    Within(Weights weights) {
        this.weights = weights;
        this.differences = new Differences(weights);
        this.responses = new Responses(weights);
    }

    void run(Votes cue, SearchResult.Measured measured, NeuronTable.View neurons, Request request) {
        ranked.clear();
        top.begin(request.candidates());
        if (cue.isTwoValued() && neurons.notTwoValued() == 0) {
            rankCounts(cue, measured, neurons, request);
        } else {
            rankSums(cue, measured, neurons, request);
        }
    }

    private void rankCounts(Votes cue, SearchResult.Measured measured, NeuronTable.View neurons, Request request) {
        int most = request.pixels(cue);
        if (most < 0) {
            return;
        }
        if (measured.forEachUpTo(most, top::offerDeficit)) {
            for (int rank = 0; rank < top.size(); rank++) {
                add(top.neuron(rank), top.deficit(rank), cue, neurons);
            }
            return;
        }
        count(cue, neurons, most, request);
        boolean byDeficit = Deficits.rankAll(neurons);
        for (int place = 0; place < neurons.places(); place++) {
            int neuron = neurons.at(place);
            int deficit = counts[neuron];
            if (deficit <= most && neurons.isLive(neuron)) {
                if (byDeficit) {
                    top.offerDeficit(neuron, deficit);
                } else {
                    top.offerResponse(neuron, neurons.gain(neuron) * (cue.positives() - deficit));
                }
            }
        }
        for (int rank = 0; rank < top.size(); rank++) {
            int neuron = top.neuron(rank);
            add(neuron, counts[neuron], cue, neurons);
        }
    }

    private void add(int neuron, int deficit, Votes cue, NeuronTable.View neurons) {
        ranked.add(neuron, neurons.gain(neuron) * (cue.positives() - deficit), deficit);
    }

    private void count(Votes cue, NeuronTable.View neurons, int most, Request request) {
        if (counts.length < neurons.count()) {
            counts = new int[neurons.count() + (neurons.count() >> 3)];
        }
        int perChunk = weights.bitsPerChunk();
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), (chunk, worker) -> {
            int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
            for (int first = chunk * perChunk; first < end; first += RUN) {
                neurons.forEachSpan(first, Math.min(RUN, end - first), (from, some) -> {
                    Bits bits = weights.bits(from);
                    kernel.sketch(bits, from, some, cue.bits(), counts, from);
                    kernel.refine(bits, from, some, cue.bits(), most, 0, counts, from);
                });
            }
        });
    }

    private void rankSums(Votes cue, SearchResult.Measured measured, NeuronTable.View neurons, Request request) {
        boolean byDeficit = cue.coding() == Coding.BIPOLAR && weights.isOfOneGain();
        float[] known = measured.sums();
        float[] deficits = known == null
                ? differences.of(Exhibit.of(cue, weights), neurons, request.withPath(RecallPath.AUTO))
                : known;
        for (int place = 0; place < neurons.places(); place++) {
            int neuron = neurons.at(place);
            float deficit = deficits[neuron];
            if (neurons.isLive(neuron) && request.radius().holds(deficit, cue)) {
                if (byDeficit) {
                    top.offerDistance(neuron, deficit);
                } else {
                    top.offerResponse(neuron, response(cue, neuron, deficit, neurons));
                }
            }
        }
        for (int rank = 0; rank < top.size(); rank++) {
            int neuron = top.neuron(rank);
            boolean ranks = cue.coding() == Coding.BIPOLAR || (cue.isTwoValued() && neurons.isTwoValued(neuron));
            ranked.add(
                    neuron,
                    response(cue, neuron, deficits[neuron], neurons),
                    ranks ? deficits[neuron] : Ranking.NO_DEFICIT);
        }
    }

    private float response(Votes cue, int neuron, float deficit, NeuronTable.View neurons) {
        return cue.coding() == Coding.BIPOLAR
                ? Differences.response(neuron, deficit, cue, neurons, weights)
                : responses.one(cue, neuron, neurons);
    }
}
