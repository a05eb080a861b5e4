package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * One pass over the planes of all neurons for many cues that no filter serves. For each cue a guess at the winner is known.
 * The distances of rivals to the guess are counted while their planes are at hand. Serves one pass. Not safe for threads.
 */
final class BatchSearch {

    /** Cues to a pass: their counts of a run, two a cue, stay in the nearer caches. */
    static final int CUES = 32;

    private static final int RUN = 256;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    /** Of the cue whose answer was asked for last. */
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

    /** What the pass knows of one cue. */
    private final class BatchCue implements SearchResult {
        private final TopNeurons nearest = new TopNeurons();
        private final Contrast contrast = new Contrast();
        private final int[] one = new int[1];
        private final Votes cue;
        private final int ranked;
        private final Guess guess;
        private final Guess.Distances counted;
        private final int row;
        /** The guess, then the winner, with the voters of the cue. */
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

        /** Whether the winner is compared with every rival that may matter, in the pass or now. */
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

        @Override
        public Ranking ranked() {
            return ranking.ranked();
        }

        @Override
        public Contrast contrast() {
            return contrast;
        }
    }

    boolean isFull() {
        return size == CUES;
    }

    /** Takes a cue into the pass, with what a search found out that only took a guess. */
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
     * What was found for a cue, until the next is asked for. Null when the cue has to be searched for alone: another than
     * the guess won, or too many are near.
     */
    SearchResult found(int index, NeuronTable.View neurons) {
        BatchCue found = cues[index];
        ranking.rank(found.nearest, found.ranked, found.cue, neurons);
        if (found.cue.voters() == 0 || !ranking.isWonByTwoValued()) {
            found.contrast.undefine();
            return found;
        }
        return found.isCompared() ? found : null;
    }
}
