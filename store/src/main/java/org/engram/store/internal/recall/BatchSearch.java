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

    /** The most cues of a pass. */
    static final int CUES = 32;

    /** The most counts of a run, one or two for each cue: 64 kB, which stay in the nearer caches. */
    private static final int ROOM = 16_384;

    private static final int LONGEST_RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    /** Belongs to the cue whose result was asked for last. */
    private final MixedRanking ranking;

    private final BatchCue[] cues = new BatchCue[CUES];
    private final Shown[] shown = new Shown[2 * CUES];
    private int[][] counts = {};
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

        BatchCue(Votes cue, Guess guess, Guess.Distances counted, int ranked, int row) {
            this.cue = cue;
            this.ranked = ranked;
            this.row = row;
            this.guess = guess;
            this.counted = counted;
            this.model =
                    new Shown(new long[weights.bitLayout().words()], cue.bits().voters());
            show(guess.neuron());
            // Those that are near have to be known also when the guess does not win.
            nearest.begin(Math.max(ranked, BitSearch.CLOSE));
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
            int least = Deficits.OUT;
            for (int i = 0; i < count; i++) {
                least = Math.min(least, deficits[i]);
            }
            if (least <= guess.bound() && nearest.hasPlaceFor(least)) {
                offer(first, count);
            }
            if (isGuessed() && least <= guess.limit()) {
                compare(first, count);
            }
        }

        private void offer(int first, int count) {
            int[] deficits = counts[row];
            for (int i = 0; i < count; i++) {
                if (deficits[i] <= guess.bound()) {
                    nearest.offerDeficit(first + i, deficits[i]);
                }
            }
        }

        private void compare(int first, int count) {
            int[] deficits = counts[row];
            for (int i = 0; i < count; i++) {
                int neuron = first + i;
                if (deficits[i] <= guess.limit() && neuron != guess.neuron()) {
                    contrast.add(deficits[i], hasRowOfDistances() ? counts[row + 1][i] : distance(neuron));
                }
            }
        }

        /** Compares the winner with its rivals unless the pass did. False when one that may matter is left. */
        boolean isCompared() {
            if (isGuessed() && nearest.neuron(0) == guess.neuron()) {
                return true;
            }
            contrast.begin(nearest.deficit(0), cue.voters());
            show(nearest.neuron(0));
            return contrast.addNearest(nearest, this::distance);
        }

        /** What another pass has to know to compare the winner with all its rivals. */
        Guess won() {
            int deficit = nearest.deficit(0);
            int limit = (int) Math.min(Deficits.OUT - 1, (long) Contrast.RIVAL_FACTOR * deficit);
            return new Guess(nearest.neuron(0), deficit, guess.ofSketch(), guess.bound(), limit);
        }

        private int distance(int neuron) {
            kernel.deficits(weights.bits(neuron), neuron, 1, model, one, 0);
            return one[0];
        }
    }

    boolean isFull() {
        return size == CUES;
    }

    /** Takes a cue into the pass, with a guess, and when to count the distances to it. */
    void add(Votes cue, Guess guess, Guess.Distances counted, int ranked) {
        BatchCue added = new BatchCue(cue, guess, counted, ranked, rows);
        cues[size++] = added;
        shown[rows++] = cue.bits();
        if (added.hasRowOfDistances()) {
            shown[rows++] = added.model;
        }
    }

    void run(NeuronTable.View neurons) {
        // A power of two, so that no run is in two chunks.
        int run = Math.min(LONGEST_RUN, Integer.highestOneBit(ROOM / rows));
        counts = new int[rows][run];
        for (int first = 0; first < neurons.count(); first += run) {
            int count = Math.min(run, neurons.count() - first);
            kernel.batch(weights.bits(first), first, count, shown, rows, counts, 0);
            for (int i = 0; i < size; i++) {
                Deficits.exclude(first, count, neurons, counts[cues[i].row], 0);
                cues[i].take(first, count);
            }
        }
    }

    /**
     * What was found for a cue, valid until the next cue is asked for. Null when a real-valued neuron won, as
     * {@link #isWonByReal} says, or when too many neurons are near to count their distances one by one. Then {@link #won}
     * is known, and a pass with that for a guess finds the rest.
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

    /** Whether the cue that was asked for last has to be searched for alone. */
    boolean isWonByReal() {
        return ranking.isWonByReal();
    }

    /** The winner of a cue of which {@link #found} gave null. */
    Guess won(int index) {
        return cues[index].won();
    }
}
