package org.engram.store.internal.recall;

import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * One pass over the planes of all neurons for many cues that no filter serves. Of each cue it is known which neuron is
 * likely to win; what rivals differ in from that one is counted while their planes are at hand. Reused from pass to pass.
 * Not safe for threads.
 */
final class BatchSearch {

    /** Cues to a pass: their counts of a run, two a cue, stay in the nearer caches. */
    static final int CUES = 32;

    private static final int RUN = 256;

    private static final int OUT = Integer.MAX_VALUE;

    private final Weights weights;
    /** Of the member that was asked for last. */
    private final Ranking ranking;

    private final BatchCue[] members = new BatchCue[CUES];
    private final long[][] shown = new long[2 * CUES][];
    private final long[][] voters = new long[2 * CUES][];
    private final int[][] counts = new int[2 * CUES][RUN];
    private int size;
    private int rows;

    BatchSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new Ranking(weights);
    }

    /** What the pass knows of one cue. */
    private static final class BatchCue implements SearchResult {
        private final TopNeurons nearest = new TopNeurons();
        private final Contrast contrast = new Contrast();
        private final Ranking ranking;
        private final long[] plane;
        private final int[] one = new int[1];
        private final Votes cue;
        private final int ranked;
        private final int guess;
        private final int bound;
        private final int limit;
        private final BitSearch.Differences counted;
        private final int row;

        BatchCue(Votes cue, BitSearch search, int ranked, int row, Ranking ranking, Weights weights) {
            this.cue = cue;
            this.ranked = ranked;
            this.row = row;
            this.guess = search.guess();
            this.bound = search.bound();
            this.limit = search.limit();
            this.counted = search.differences();
            this.ranking = ranking;
            this.plane = new long[weights.bits().words()];
            weights.copyPlane(guess, plane);
            nearest.begin(isGuessed() ? ranked : Math.max(ranked, BitSearch.CLOSE));
            contrast.begin(search.guessDeficit(), cue.voters());
        }

        boolean isGuessed() {
            return counted != BitSearch.Differences.LATER;
        }

        boolean hasRowOfDifferences() {
            return counted == BitSearch.Differences.OF_ALL;
        }

        void take(int first, int count, int[][] counts, Weights weights) {
            int[] deficits = counts[row];
            for (int i = 0; i < count; i++) {
                int deficit = deficits[i];
                if (deficit > bound) {
                    continue;
                }
                nearest.offer(first + i, -deficit);
                if (isGuessed() && deficit <= limit && first + i != guess) {
                    contrast.add(deficit, hasRowOfDifferences() ? counts[row + 1][i] : differing(first + i, weights));
                }
            }
        }

        /** Compares the winner with the nearest; false when one that was not kept might still change something. */
        boolean compareNearest(Weights weights) {
            int deficit = (int) -nearest.response(0);
            contrast.begin(deficit, cue.voters());
            weights.copyPlane(nearest.neuron(0), plane);
            return contrast.addNearest(nearest, neuron -> differing(neuron, weights));
        }

        private int differing(int neuron, Weights weights) {
            weights.countDeficits(plane, cue.mask().words(), neuron, 1, one, 0);
            return one[0];
        }

        @Override
        public TopNeurons ranked() {
            return ranking.ranked();
        }

        @Override
        public long disagreeing(int rank) {
            int neuron = ranked().neuron(rank);
            for (int i = 0; i < nearest.size(); i++) {
                if (nearest.neuron(i) == neuron) {
                    return (long) -nearest.response(i);
                }
            }
            return -1;
        }

        @Override
        public Contrast contrast() {
            return contrast;
        }
    }

    boolean isFull() {
        return size == CUES;
    }

    /** Takes a cue into the pass, and what a search found out that only took a guess. */
    void add(Votes cue, BitSearch search, int ranked) {
        BatchCue member = new BatchCue(cue, search, ranked, rows, ranking, weights);
        members[size++] = member;
        addRow(cue.positive().words(), cue);
        if (member.hasRowOfDifferences()) {
            addRow(member.plane, cue);
        }
    }

    private void addRow(long[] plane, Votes cue) {
        shown[rows] = plane;
        voters[rows++] = cue.mask().words();
    }

    void run(NeuronTable.View neurons) {
        for (int first = 0; first < neurons.count(); first += RUN) {
            int count = Math.min(RUN, neurons.count() - first);
            weights.countDeficits(shown, voters, rows, first, count, counts);
            for (int i = 0; i < size; i++) {
                neurons.exclude(first, count, counts[members[i].row], 0, OUT);
                members[i].take(first, count, counts, weights);
            }
        }
    }

    /** What was found for a cue, until the next is asked for; null when it has to be searched for alone: another than the guess won, or too many are near. */
    SearchResult found(int index, NeuronTable.View neurons) {
        BatchCue member = members[index];
        ranking.rank(member.nearest, member.ranked, member.cue, neurons);
        if (member.cue.voters() == 0 || !ranking.isWonBy(member.nearest)) {
            member.contrast.undefine();
            return member;
        }
        boolean known = member.isGuessed() ? member.nearest.neuron(0) == member.guess : member.compareNearest(weights);
        return known ? member : null;
    }
}
