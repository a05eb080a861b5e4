package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bits;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds the neurons that respond most to a two-valued cue, and the rivals of the winner. The weights are two-valued and
 * of one gain g. The search counts deficits: {@code deficit_i = |(bits_i ^ P) & M|}, {@code q_i = g (|P| - deficit_i)}.
 * The result is always exact.
 *
 * <p>The search first reads the sketches of all neurons. It counts the neurons in full whose sketches fit best. These
 * counts give a bound: a neuron is neither among the k answers nor a rival if its deficit is above the k-th best and
 * above three times the best. The search then reads the planes of the neurons whose sketches are within the bound,
 * block by block, and stops at the bound. When that would cost as much as a scan, it reads the planes of all neurons
 * instead. A scan also counts the distances of the rivals to the neuron that fitted best so far. They are counted again
 * if another neuron wins.
 *
 * <p>An object serves one search after another, so that searches allocate no arrays. Not safe for threads.
 */
final class BitSearch implements SearchResult.Measured {

    /** This many of the nearest are compared first when the guess is doubtful. As a rule no other neuron matters. */
    static final int CLOSE = 64;

    /** The deficits of this many neurons stay in the nearest cache. */
    private static final int RUN = 1024;
    /** A bound from k neurons pays up to one neuron in this many. So do distances counted one by one. */
    private static final int FEW = 64;
    /** A scan counts the distances of all neurons when more than one neuron in this many seems to be a rival. */
    private static final int MANY = 16;
    /** The cost of a block that is read alone, as a multiple of the cost of a block in a scan. */
    private static final double SCATTERED = 1.5;
    /** A guess will hardly win if its blocks, on average, fit worse than its sketch by this factor. */
    private static final double DOUBTFUL = 1.35;

    private static final int OUT = Deficits.OUT;

    /** The work of a pass on one run of neighbouring neurons. */
    private interface Pass {
        void over(int first, int count);
    }

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final int perChunk;
    private final int blocks;
    private final TopNeurons nearest = new TopNeurons();
    private final MixedRanking ranking;
    private final Contrast contrast = new Contrast();
    private final SearchResult result;
    private final int[] one = new int[1];
    /** Distances are counted to these bits: first those of the guess, later those of the winner. */
    private final long[] model;

    private int[] deficits = {};
    private int[] distances = {};
    private int[] leastOfRun = {};
    private int[] sumOfRun = {};

    private Votes cue;
    /** The model, with the voters of the cue. */
    private Shown shownModel;

    private NeuronTable.View neurons;
    private Guess guess;
    private Guess.Distances counted;
    private int bound;

    BitSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new MixedRanking(weights);
        this.result = new SearchResult(ranking.ranked, contrast, this);
        this.perChunk = weights.bitsPerChunk();
        this.blocks = weights.bitLayout().blocks();
        this.model = new long[weights.bitLayout().words()];
    }

    void run(Votes shown, NeuronTable.View all, Request request) {
        if (!tryFilter(shown, all, request)) {
            scan(request);
            ranking.compareOthers(contrast);
        }
    }

    /** Searches by the sketches. False, after only a guess, when a scan of all planes is asked for or cheaper. */
    boolean tryFilter(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        shownModel = new Shown(model, shown.bits().voters());
        neurons = all;
        makeRoom();
        pass(this::sketch, request);
        guess = guess(request.searched());
        bound = Math.max(guess.bound(), request.pixels(cue));
        if (request.path() == RecallPath.PLANES || !isFilterCheaper()) {
            counted = distancesToCount();
            return false;
        }
        pass(this::refine, request);
        rank(request.ranked());
        if (beginContrast()) {
            compare(false, Integer.MAX_VALUE);
            ranking.compareOthers(contrast);
        }
        return true;
    }

    /** Scans all planes, after {@link #tryFilter} returned false and before the next search. */
    void finishByScan(Request request) {
        scan(request);
    }

    /** What was found last; null when a real-valued neuron won, so that the contrast is still to be found. */
    SearchResult found() {
        return ranking.isWonByReal() ? null : result;
    }

    @Override
    public int[] countsUpTo(int most) {
        return most <= bound ? deficits : null;
    }

    /** The guess of the last search. */
    Guess guess() {
        return guess;
    }

    /** When a scan should count the distances to the guess. Known after {@link #tryFilter} returned false. */
    Guess.Distances distances() {
        return counted;
    }

    private void scan(Request request) {
        pass(this::scan, request);
        bound = OUT - 1;
        rank(counted == Guess.Distances.LATER ? Math.max(CLOSE, request.ranked()) : request.ranked());
        if (!beginContrast()) {
            return;
        }
        boolean known = counted != Guess.Distances.LATER && guess.neuron() == nearest.neuron(0);
        if (known) {
            compare(true, Integer.MAX_VALUE);
        } else if (!contrast.addNearest(nearest, this::distanceToModel) && !compare(false, neurons.count() / FEW)) {
            // Too many distances to count one by one. The model is the winner by now.
            counted = Guess.Distances.OF_ALL;
            pass(this::scan, request);
            beginContrast();
            compare(true, Integer.MAX_VALUE);
        }
    }

    private void pass(Pass pass, Request request) {
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), (chunk, worker) -> {
            int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
            for (int first = chunk * perChunk; first < end; first += RUN) {
                pass.over(first, Math.min(RUN, end - first));
            }
        });
    }

    private Guess.Distances distancesToCount() {
        if (isDoubtful()) {
            return Guess.Distances.LATER;
        }
        int most = guess.limit() / blocks;
        int rivals = 0;
        for (int i = 0; i < neurons.count(); i++) {
            rivals += deficits[i] <= most ? 1 : 0;
        }
        return rivals > neurons.count() / MANY ? Guess.Distances.OF_ALL : Guess.Distances.OF_RIVALS;
    }

    /** Of a stranger, the best of many sketches fits by chance, and the other blocks fit like those of any neuron. */
    private boolean isDoubtful() {
        double ofSketches = (double) guess.ofSketch() * blocks;
        return guess.deficit() > DOUBTFUL * ofSketches
                || guess.deficit() > (ofSketches + meanOfSketches() * blocks) / 2;
    }

    private double meanOfSketches() {
        long sum = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            sum += sumOfRun[run];
        }
        return (double) sum / neurons.count();
    }

    private boolean beginContrast() {
        boolean comparable = cue.voters() > 0 && ranking.isWonByTwoValued();
        if (comparable) {
            int winner = nearest.neuron(0);
            contrast.begin(deficits[winner], cue.voters());
            weights.bits(winner).copy(winner, model);
        } else {
            contrast.undefine();
        }
        return comparable;
    }

    private void makeRoom() {
        int count = neurons.count();
        if (deficits.length < count) {
            int room = count + (count >> 3);
            deficits = new int[room];
            distances = new int[room];
            leastOfRun = new int[Math.ceilDiv(room, RUN)];
            sumOfRun = new int[leastOfRun.length];
        }
    }

    private void sketch(int first, int count) {
        kernel.sketch(weights.bits(first), first, count, cue.bits(), deficits, first);
        int sum = 0;
        for (int i = first; i < first + count; i++) {
            sum += deficits[i];
        }
        sumOfRun[first / RUN] = sum;
        summarise(first, count);
    }

    private void refine(int first, int count) {
        if (leastOfRun[first / RUN] > bound) {
            return;
        }
        kernel.refine(weights.bits(first), first, count, cue.bits(), bound, deficits, first);
        summarise(first, count);
    }

    private void scan(int first, int count) {
        Bits bits = weights.bits(first);
        if (counted == Guess.Distances.OF_ALL) {
            kernel.deficits(bits, first, count, cue.bits(), shownModel, deficits, distances, first);
        } else {
            kernel.deficits(bits, first, count, cue.bits(), deficits, first);
        }
        summarise(first, count);
        int limit = guess.limit();
        if (counted == Guess.Distances.OF_RIVALS && leastOfRun[first / RUN] <= limit) {
            for (int i = first; i < first + count; i++) {
                if (deficits[i] <= limit) {
                    kernel.deficits(bits, i, 1, shownModel, distances, i);
                }
            }
        }
    }

    private void summarise(int first, int count) {
        Deficits.exclude(first, count, neurons, deficits, first);
        int least = OUT;
        for (int i = first; i < first + count; i++) {
            least = Math.min(least, deficits[i]);
        }
        leastOfRun[first / RUN] = least;
    }

    /** Counts the k neurons in full whose sketches fit best. The nearest becomes the guess, and all give the bound. */
    private Guess guess(int k) {
        int wanted = k <= Math.max(1, neurons.count() / FEW) ? k : 1;
        nearest.begin(wanted);
        offerWithin(OUT - 1);
        int guessed = -1;
        int best = OUT;
        int last = 0;
        for (int rank = 0; rank < nearest.size(); rank++) {
            int neuron = nearest.neuron(rank);
            int deficit = count(neuron, cue.bits());
            if (deficit < best || (deficit == best && neuron < guessed)) {
                best = deficit;
                guessed = neuron;
            }
            last = Math.max(last, deficit);
        }
        int limit = (int) Math.min(OUT - 1, (long) Contrast.RIVAL_FACTOR * best);
        int ofAll = wanted < k || !nearest.isFull() ? OUT - 1 : Math.max(last, limit);
        if (guessed < 0) {
            return new Guess(guessed, OUT, OUT, ofAll, limit);
        }
        weights.bits(guessed).copy(guessed, model);
        return new Guess(guessed, best, deficits[guessed], ofAll, limit);
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
    private boolean isFilterCheaper() {
        long left = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] <= bound) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    left += deficits[i] <= bound ? 1 : 0;
                }
            }
        }
        double blocksEach = Math.min(blocks - 1, 1 + bound / Math.max(meanOfSketches(), 1e-9));
        return SCATTERED * left * blocksEach < (double) neurons.count() * blocks;
    }

    private void rank(int wanted) {
        nearest.begin(wanted);
        offerWithin(bound);
        ranking.rank(nearest, wanted, cue, neurons);
    }

    /**
     * Compares the winner, which is the model, with its rivals. The distances to the winner are known, or they are
     * counted where they may matter. False when more than the budget would have to be counted.
     */
    private boolean compare(boolean known, int budget) {
        int winner = nearest.neuron(0);
        int rivalLimit = (int) Math.min(bound, (long) Contrast.RIVAL_FACTOR * deficits[winner]);
        int spent = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] > rivalLimit) {
                continue;
            }
            int end = Math.min(neurons.count(), (run + 1) * RUN);
            for (int i = run * RUN; i < end; i++) {
                if (deficits[i] > rivalLimit || i == winner) {
                    continue;
                }
                if (known) {
                    contrast.add(deficits[i], distances[i]);
                } else if (contrast.canChange(deficits[i])) {
                    if (++spent > budget) {
                        return false;
                    }
                    contrast.add(deficits[i], distanceToModel(i));
                }
            }
        }
        return true;
    }

    private int distanceToModel(int neuron) {
        return count(neuron, shownModel);
    }

    private int count(int neuron, Shown shown) {
        kernel.deficits(weights.bits(neuron), neuron, 1, shown, one, 0);
        return one[0];
    }
}
