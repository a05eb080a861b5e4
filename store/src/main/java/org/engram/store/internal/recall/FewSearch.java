package org.engram.store.internal.recall;

import java.util.function.IntConsumer;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds what {@link BitSearch} finds, in the same steps, where few neurons live: reads each of them, and no other. An
 * object serves one search after another. Not safe for threads.
 */
final class FewSearch implements SearchResult.Measured {

    /** This many neurons are counted by one thread at a time. */
    private static final int TOGETHER = 256;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final TopNeurons nearest = new TopNeurons();
    private final Rivals rivals;
    private final MixedRanking ranking;
    private final Comparison comparison;
    private final Contrast contrast = new Contrast();
    /** What was found last, unless a real-valued neuron won. */
    final SearchResult result;

    /** The deficits by place. */
    private int[] deficits = {};

    private NeuronTable.View neurons = Idle.NEURONS;
    private int bound;

    FewSearch(Weights weights) {
        this.weights = weights;
        this.rivals = new Rivals(weights);
        this.ranking = new MixedRanking(weights);
        this.comparison = new Comparison(weights);
        this.result = new SearchResult(ranking.ranked, contrast, this);
    }

    void run(Votes cue, NeuronTable.View few, Request request) {
        neurons = few;
        sketch(cue, request);
        bound = request.pixels(cue);
        if (request.judged()) {
            findRivals(cue, request);
            bound = Math.max(bound, rivals.bound(request.searched(), nearest));
        }
        refine(cue, request);
        nearest.begin(request.ranked());
        for (int place = 0; place < few.places(); place++) {
            if (deficits[place] <= bound) {
                nearest.offerDeficit(few.at(place), deficits[place]);
            }
        }
        ranking.rank(nearest, request.ranked(), cue, few);
        contrast.undefine();
        if (request.judged() && cue.voters() > 0 && ranking.isWonByTwoValued()) {
            compare(cue, nearest.neuron(0), nearest.deficit(0));
        }
        ranking.compareNotTwoValued(contrast);
    }

    private void findRivals(Votes cue, Request request) {
        rivals.begin(cue.bits());
        for (int place = 0; place < neurons.places(); place++) {
            rivals.offer(neurons.at(place), deficits[place]);
        }
        rivals.count(cue.bits(), request.searched() == 1);
    }

    /** Whether a real-valued neuron won, so that the contrast is still to be found. */
    boolean isWonByReal() {
        return ranking.isWonByReal();
    }

    @Override
    public boolean forEachUpTo(int most, Taker taker) {
        if (most > bound) {
            return false;
        }
        for (int place = 0; place < neurons.places(); place++) {
            if (deficits[place] <= most) {
                taker.take(neurons.at(place), deficits[place]);
            }
        }
        return true;
    }

    private void sketch(Votes cue, Request request) {
        if (deficits.length < neurons.places()) {
            deficits = new int[neurons.places()];
        }
        forEachPlace(request, place -> {
            int neuron = neurons.at(place);
            kernel.sketch(weights.bits(neuron), neuron, 1, cue.bits(), deficits, place);
            if (neurons.notTwoValued() > 0 && !neurons.isTwoValued(neuron)) {
                deficits[place] = Deficits.OUT;
            }
        });
    }

    private void refine(Votes cue, Request request) {
        // Others than the nearest differ in about half of all voters.
        int blocks = weights.bitLayout().blocks();
        int ofMost = (int) Math.min(blocks - 1, 2L * bound * blocks / Math.max(1, cue.voters()));
        forEachPlace(request, place -> {
            if (deficits[place] <= bound) {
                int neuron = neurons.at(place);
                kernel.refine(weights.bits(neuron), neuron, 1, cue.bits(), bound, ofMost, deficits, place);
            }
        });
    }

    private void forEachPlace(Request request, IntConsumer taker) {
        request.forEachChunk(Math.ceilDiv(neurons.places(), TOGETHER), (chunk, worker) -> {
            int end = Math.min(neurons.places(), (chunk + 1) * TOGETHER);
            for (int place = chunk * TOGETHER; place < end; place++) {
                taker.accept(place);
            }
        });
    }

    private void compare(Votes cue, int winner, int ofWinner) {
        contrast.begin(ofWinner, cue.voters(), cue.isInCrowd(neurons.live()));
        comparison.begin(cue, winner, ofWinner, neurons);
        for (int place = 0; place < neurons.places(); place++) {
            int neuron = neurons.at(place);
            if (deficits[place] == ofWinner && neuron != winner && contrast.canChange(ofWinner)) {
                contrast.add(ofWinner, comparison.distance(neuron));
            }
        }
        rivals.compare(contrast, winner, rival -> (int) comparison.distance(rival));
    }
}
