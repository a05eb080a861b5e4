package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bounded;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds the neurons that respond most to a two-valued cue, and compares the winner with its rivals. The weights are
 * two-valued and of one gain g. The search counts deficits: {@code deficit_i = |(bits_i ^ P) & M|},
 * {@code q_i = g (|P| - deficit_i)}. The result is always exact.
 *
 * <p>The search first reads the sketches of all neurons. It counts in full the neurons whose sketches fit best, which are
 * the {@link Rivals}. The k-th best of their counts is a bound: a neuron above it is not among the k answers. The search
 * then reads the planes of the neurons whose sketches are within the bound, block by block, and stops at the bound. When
 * that would cost as much as a scan, it reads the planes of all neurons instead.
 *
 * <p>An object serves one search after another, so that searches allocate no arrays. Not safe for threads.
 */
final class BitSearch implements SearchResult.Measured {

    /** The deficits of this many neurons stay in the nearest cache. */
    private static final int RUN = 1024;
    /** What a block costs more than in a scan, as a part of that, when its neighbours are not read. */
    private static final double SCATTERED = 0.5;

    /**
     * {@link #blocksOfMost} aims at this many times the bound. So neurons that disagree a little less than the average
     * get beyond the bound, too.
     */
    private static final double MOST = 1.1;

    /** The work of a pass on one run of neighbouring neurons. */
    private interface Pass {
        void over(int first, int count);
    }

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final int perChunk;
    private final int blocks;
    private final TopNeurons nearest = new TopNeurons();
    private final Rivals rivals;
    private final MixedRanking ranking;
    private final Contrast contrast = new Contrast();
    /** What was found last, unless a real-valued neuron won. */
    final SearchResult result;

    private final int[] one = new int[1];
    private final long[] winner;

    private int[] deficits = {};
    private int[] leastOfRun = {};
    private int[] sumOfRun = {};

    private Votes cue = Idle.CUE;
    private NeuronTable.View neurons = Idle.NEURONS;
    private int bound;
    private double cost;
    private double partOfMost;
    /** How many blocks after the sketch suffice to show that most neurons are beyond the bound. */
    private int blocksOfMost;

    BitSearch(Weights weights) {
        this.weights = weights;
        this.rivals = new Rivals(weights);
        this.ranking = new MixedRanking(weights);
        this.result = new SearchResult(ranking.ranked, contrast, this);
        this.perChunk = weights.bitsPerChunk();
        this.blocks = weights.bitLayout().blocks();
        this.winner = new long[weights.bitLayout().words()];
    }

    void run(Votes shown, NeuronTable.View all, Request request) {
        begin(shown, all, request);
        finish(request);
    }

    /** Reads the sketches. The rivals, the bound and the cost of {@link #finish} are known then. */
    void begin(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        makeRoom();
        pass(this::sketch, request);
        bound = request.pixels(cue);
        if (request.judged()) {
            offerRivals();
            rivals.count(shown.bits(), request.searched() == 1);
            bound = Math.max(bound, rivals.bound(request.searched(), nearest));
        }
        if (request.path() == RecallPath.PLANES) {
            cost = 1;
            partOfMost = 1;
            blocksOfMost = blocks - 1;
        } else {
            cost = costOfFilter();
        }
    }

    /** Reads the planes of the neurons within the bound, or scans those of all when that is cheaper. */
    void finish(Request request) {
        pass(cost < 1 ? this::refine : this::scan, request);
        answer(request);
    }

    /** What {@link #finish} costs, as a part of a scan. Known after {@link #begin}. */
    double cost() {
        return cost;
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
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] <= most) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    if (deficits[i] <= most) {
                        taker.take(i, deficits[i]);
                    }
                }
            }
        }
        return true;
    }

    /** The rivals, known after {@link #begin}. */
    Rivals rivals() {
        return rivals;
    }

    /** The cue, its bound, and a guess of what most neurons need. Known after {@link #begin}. */
    Bounded bounded() {
        return new Bounded(cue.bits(), bound, blocksOfMost);
    }

    /** The part of all blocks that most neurons need. Known after {@link #begin}. */
    double partOfMost() {
        return partOfMost;
    }

    private void pass(Pass pass, Request request) {
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), (chunk, worker) -> {
            int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
            for (int first = chunk * perChunk; first < end; first += RUN) {
                pass.over(first, Math.min(RUN, end - first));
            }
        });
    }

    private double meanOfSketches() {
        long sum = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            sum += sumOfRun[run];
        }
        return (double) sum / neurons.count();
    }

    private void makeRoom() {
        int count = neurons.count();
        if (deficits.length < count) {
            int room = count + (count >> 3);
            deficits = new int[room];
            leastOfRun = new int[Math.ceilDiv(room, RUN)];
            sumOfRun = new int[leastOfRun.length];
        }
    }

    private void sketch(int first, int count) {
        kernel.sketch(weights.bits(first), first, count, cue.bits(), deficits, first);
        sumOfRun[first / RUN] = kernel.sum(deficits, first, count);
        summarise(first, count);
    }

    private void refine(int first, int count) {
        if (leastOfRun[first / RUN] > bound) {
            return;
        }
        boolean any =
                kernel.refine(weights.bits(first), first, count, cue.bits(), bound, blocksOfMost, deficits, first);
        // Excluded ones are above every bound and stay so.
        leastOfRun[first / RUN] = any ? kernel.least(deficits, first, count) : Deficits.OUT;
    }

    private void scan(int first, int count) {
        kernel.deficits(weights.bits(first), first, count, cue.bits(), deficits, first);
        summarise(first, count);
    }

    private void summarise(int first, int count) {
        Deficits.exclude(first, count, neurons, deficits, first);
        leastOfRun[first / RUN] = kernel.least(deficits, first, count);
    }

    private void offerRivals() {
        rivals.begin(cue.bits());
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (rivals.hasPlaceFor(leastOfRun[run])) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    rivals.offer(i, deficits[i]);
                }
            }
        }
    }

    private void offerWithin(int most) {
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] <= most && nearest.hasPlaceFor(leastOfRun[run])) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    if (deficits[i] <= most) {
                        nearest.offerDeficit(i, deficits[i]);
                    }
                }
            }
        }
    }

    /** Estimates from the sketches how many neurons are within the bound, and how many blocks of them will be read. */
    private double costOfFilter() {
        long left = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] <= bound) {
                int first = run * RUN;
                left += kernel.within(deficits, first, Math.min(RUN, neurons.count() - first), bound);
            }
        }
        partOfMost = Math.min(blocks - 1, 1 + bound / Math.max(meanOfSketches(), 1e-9)) / blocks;
        blocksOfMost = (int) Math.min(blocks - 1, MOST * bound / Math.max(meanOfSketches(), 1e-9));
        double part = left / Math.max(1.0, neurons.count());
        return part * (1 + SCATTERED * (1 - part)) * partOfMost;
    }

    private void answer(Request request) {
        nearest.begin(request.ranked());
        offerWithin(bound);
        ranking.rank(nearest, request.ranked(), cue, neurons);
        if (!request.judged() || cue.voters() == 0 || !ranking.isWonByTwoValued()) {
            contrast.undefine();
            return;
        }
        int neuron = nearest.neuron(0);
        int deficit = nearest.deficit(0);
        weights.bits(neuron).copy(neuron, winner);
        Shown shown = new Shown(winner, cue.bits().voters());
        contrast.begin(deficit, cue.voters(), cue.isInCrowd(neurons.live()));
        compareTies(neuron, deficit, shown);
        rivals.compare(contrast, neuron, rival -> count(rival, shown));
        ranking.compareNotTwoValued(contrast);
    }

    private void compareTies(int neuron, int deficit, Shown shown) {
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] == deficit) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    if (deficits[i] == deficit && i != neuron && contrast.canChange(deficit)) {
                        contrast.add(deficit, count(i, shown));
                    }
                }
            }
        }
    }

    private int count(int neuron, Shown shown) {
        kernel.deficits(weights.bits(neuron), neuron, 1, shown, one, 0);
        return one[0];
    }
}
