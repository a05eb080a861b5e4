package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * One pass over the planes of all neurons, for many cues that the sketches do not serve. A guess at the winner is known
 * for each cue. The pass counts the distances of rivals to the guess while their planes are in a cache. An object
 * serves one pass. Not safe for threads.
 */
final class BatchSearch {

    /** The most cues of a pass. The counts of a run, two for each cue, are 64 kB and stay in the nearer caches. */
    static final int CUES = 32;

    private static final int RUN = 256;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    /** Belongs to the cue whose result was asked for last. */
    private final MixedRanking ranking;

    private final BatchCue[] cues = new BatchCue[CUES];
    private final Shown[] shown = new Shown[2 * CUES];
    private final int[][] counts = new int[2 * CUES][RUN];
    private int size;
    private int rows;

    BatchSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new MixedRanking(weights);
    }

    private final class BatchCue {
        private final TopNeurons nearest = new TopNeurons();
        private final Contrast contrast = new Contrast();
        private final int[] one = new int[1];
        private final Votes cue;
        private final int ranked;
        private final Guess guess;
        private final Guess.Distances counted;
        private final int row;
        /** The guess with the voters of the cue; after the pass, the winner. */
        private final Shown model;

        BatchCue(Votes cue, BitSearch search, int ranked, int row) {
            this.cue = cue;
            this.ranked = ranked;
            this.row = row;
            this.guess = search.guess();
            this.counted = search.distances();
            this.model =
                    new Shown(new long[weights.bitLayout().words()], cue.bits().voters());
            show(guess.neuron());
            nearest.begin(isGuessed() ? ranked : Math.max(ranked, BitSearch.CLOSE));
            contrast.begin(guess.deficit(), cue.voters());
        }

        private void show(int neuron) {
            weights.bits(neuron).copy(neuron, model.white());
        }

        boolean isGuessed() {
            return counted != Guess.Distances.LATER;
        }

        boolean hasRowOfDistances() {
            return counted == Guess.Distances.OF_ALL;
        }

        void take(int first, int count) {
            int[] deficits = counts[row];
            for (int i = 0; i < count; i++) {
                int deficit = deficits[i];
                if (deficit > guess.bound()) {
                    continue;
                }
                int neuron = first + i;
                nearest.offerDeficit(neuron, deficit);
                if (isGuessed() && deficit <= guess.limit() && neuron != guess.neuron()) {
                    contrast.add(deficit, hasRowOfDistances() ? counts[row + 1][i] : distance(neuron));
                }
            }
        }

        /** Compares the winner with its rivals unless the pass did. False when one that may matter is left. */
        boolean isCompared() {
            if (isGuessed()) {
                return nearest.neuron(0) == guess.neuron();
            }
            contrast.begin(nearest.deficit(0), cue.voters());
            show(nearest.neuron(0));
            return contrast.addNearest(nearest, this::distance);
        }

        private int distance(int neuron) {
            kernel.deficits(weights.bits(neuron), neuron, 1, model, one, 0);
            return one[0];
        }
    }

    boolean isFull() {
        return size == CUES;
    }

    /** Takes a cue into the pass, with the guess of a search that tried the sketches. */
    void add(Votes cue, BitSearch search, int ranked) {
        BatchCue added = new BatchCue(cue, search, ranked, rows);
        cues[size++] = added;
        shown[rows++] = cue.bits();
        if (added.hasRowOfDistances()) {
            shown[rows++] = added.model;
        }
    }

    void run(NeuronTable.View neurons) {
        for (int first = 0; first < neurons.count(); first += RUN) {
            int count = Math.min(RUN, neurons.count() - first);
            kernel.batch(weights.bits(first), first, count, shown, rows, counts, 0);
            for (int i = 0; i < size; i++) {
                Deficits.exclude(first, count, neurons, counts[cues[i].row], 0);
                cues[i].take(first, count);
            }
        }
    }

    /**
     * What was found for a cue, valid until the next cue is asked for. Null when the cue has to be searched for alone:
     * the guess did not win, too many neurons are near, or a real-valued one won.
     */
    SearchResult found(int index, NeuronTable.View neurons) {
        BatchCue found = cues[index];
        ranking.rank(found.nearest, found.ranked, found.cue, neurons);
        if (ranking.isWonByReal()) {
            return null;
        }
        if (found.cue.voters() == 0 || !ranking.isWonByTwoValued()) {
            found.contrast.undefine();
        } else if (!found.isCompared()) {
            return null;
        }
        ranking.compareOthers(found.contrast);
        return new SearchResult(ranking.ranked, found.contrast);
    }
}
