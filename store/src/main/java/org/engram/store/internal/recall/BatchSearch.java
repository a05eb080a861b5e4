package org.engram.store.internal.recall;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bounded;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the planes, for many cues. The rivals of each cue and its bound are known.
 * An object serves one pass after another, so that its counts are allocated once. Not safe for threads.
 */
final class BatchSearch {

    /** The most cues of a pass. */
    static final int CUES = 32;

    /** The most counts of a run, one for each cue: 64 kB, which stay in the nearer caches. */
    private static final int ROOM = 16_384;

    private static final int LONGEST_RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    /** The ranking for the cue whose result was asked for last. */
    private final MixedRanking ranking;

    private final BatchCue[] cues = new BatchCue[CUES];
    private final int[][] counts = new int[CUES][LONGEST_RUN];
    private int size;

    BatchSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new MixedRanking(weights);
    }

    private final class BatchCue implements SearchResult.Measured {
        /** At most this many neurons may tie with the winner. With more, the cue is searched for alone. */
        private static final int MOST_TIES = 4096;

        private final TopNeurons nearest = new TopNeurons();
        private final Contrast contrast = new Contrast();
        private final int[] one = new int[1];
        private final Votes cue;
        private final int ranked;
        private final Rivals rivals;
        private final Bounded bounded;
        private final boolean judged;
        /** The neurons whose deficit is the least so far. Their number goes on counting when they are too many. */
        private int[] tied = new int[4];

        /** The neurons within the radius, as many as are named, and up to how many pixels it goes. */
        private final TopNeurons within = new TopNeurons();

        private final int radius;

        private int ties;
        private int least = Deficits.OUT - 1;

        BatchCue(Votes cue, Rivals rivals, Bounded bounded, Request request) {
            this.cue = cue;
            this.ranked = request.ranked();
            this.rivals = rivals;
            this.bounded = bounded;
            this.judged = request.judged();
            this.radius = request.pixels(cue);
            nearest.begin(ranked);
            within.begin(request.candidates());
        }

        void take(int first, int count, int[] deficits) {
            int leastOfRun = kernel.least(deficits, 0, count);
            int bound = bounded.bound();
            if (leastOfRun > bound) {
                return;
            }
            if (nearest.hasPlaceFor(leastOfRun)) {
                for (int i = 0; i < count; i++) {
                    if (deficits[i] <= bound) {
                        nearest.offerDeficit(first + i, deficits[i]);
                    }
                }
            }
            if (leastOfRun <= radius) {
                for (int i = 0; i < count; i++) {
                    if (deficits[i] <= radius) {
                        within.offerDeficit(first + i, deficits[i]);
                    }
                }
            }
            if (leastOfRun <= least) {
                tie(first, count, deficits);
            }
        }

        private void tie(int first, int count, int[] deficits) {
            for (int i = 0; i < count; i++) {
                if (deficits[i] < least) {
                    least = deficits[i];
                    ties = 0;
                }
                if (deficits[i] == least && ties++ < MOST_TIES) {
                    tied = ties > tied.length ? Arrays.copyOf(tied, 2 * tied.length) : tied;
                    tied[ties - 1] = first + i;
                }
            }
        }

        @Override
        public boolean forEachUpTo(int most, Taker taker) {
            if (most > radius) {
                return false;
            }
            for (int rank = 0; rank < within.size(); rank++) {
                taker.take(within.neuron(rank), within.deficit(rank));
            }
            return true;
        }

        boolean hasTooManyTies() {
            return judged && ties > MOST_TIES;
        }

        /** Compares the winner with its rivals among so many live neurons. */
        void compare(int live) {
            int winner = nearest.neuron(0);
            Shown shown =
                    new Shown(new long[weights.bitLayout().words()], cue.bits().voters());
            weights.bits(winner).copy(winner, shown.white());
            contrast.begin(least, cue.voters(), cue.isInCrowd(live));
            for (int i = 0; i < ties; i++) {
                if (tied[i] != winner && contrast.canChange(least)) {
                    contrast.add(least, distance(tied[i], shown));
                }
            }
            rivals.compare(contrast, winner, rival -> distance(rival, shown));
        }

        private int distance(int neuron, Shown winner) {
            kernel.deficits(weights.bits(neuron), neuron, 1, winner, one, 0);
            return one[0];
        }
    }

    void clear() {
        Arrays.fill(cues, null);
        size = 0;
    }

    boolean isFull() {
        return size == CUES;
    }

    /** Takes a cue into the pass, with its rivals. No neuron above the bound is among its answers. */
    void add(Votes cue, Rivals rivals, Bounded bounded, Request request) {
        cues[size++] = new BatchCue(cue, rivals, bounded, request);
    }

    void run(NeuronTable.View neurons) {
        // The kernel counts neighbours together, up to the greater of their guesses.
        BatchCue[] alike = Arrays.copyOf(cues, size);
        Arrays.sort(alike, Comparator.comparingInt(cue -> cue.bounded.blocks()));
        Bounded[] bounded = Stream.of(alike).map(cue -> cue.bounded).toArray(Bounded[]::new);
        // A power of two, so that no run is in two chunks.
        int run = Math.min(Math.min(LONGEST_RUN, weights.bitsPerChunk()), Integer.highestOneBit(ROOM / size));
        for (int first = 0; first < neurons.count(); first += run) {
            int count = Math.min(run, neurons.count() - first);
            kernel.batch(weights.bits(first), first, count, bounded, size, counts, 0);
            for (int i = 0; i < size; i++) {
                Deficits.exclude(first, count, neurons, counts[i], 0);
                alike[i].take(first, count, counts[i]);
            }
        }
    }

    /**
     * What was found for a cue, valid until the next cue is asked for. Null when the cue has to be searched for alone: when
     * a real-valued neuron won, or too many neurons tie.
     */
    @Nullable
    SearchResult found(int index, NeuronTable.View neurons) {
        BatchCue found = cues[index];
        ranking.rank(found.nearest, found.ranked, found.cue, neurons);
        if (ranking.isWonByReal() || found.hasTooManyTies()) {
            return null;
        }
        if (!found.judged || found.cue.voters() == 0 || !ranking.isWonByTwoValued()) {
            found.contrast.undefine();
        } else {
            found.compare(neurons.live());
        }
        ranking.compareNotTwoValued(found.contrast);
        return new SearchResult(ranking.ranked, found.contrast, found);
    }
}
