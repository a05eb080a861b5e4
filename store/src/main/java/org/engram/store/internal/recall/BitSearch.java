package org.engram.store.internal.recall;

import java.util.function.IntUnaryOperator;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Bits;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds, for a two-valued cue and two-valued weights of one gain, the neurons that respond most and the rivals of the
 * winner, by counting deficits: {@code deficit_i = |(bits_i ^ P) & M|}, {@code q_i = g (|P| - deficit_i)}. Always exact.
 *
 * <p>First the sketches of all neurons are read. The neurons whose sketches fit best are then counted in full, which bounds
 * what can matter. A neuron whose deficit is above that of the k-th best and above three times the best is neither among
 * the answers nor a rival. Then either the planes of the neurons that the sketches leave over are read, block by block and
 * no further than the bound; or, when that would cost as much, the planes of all neurons. The distances of the rivals to
 * the neuron that fitted best so far are counted on the way. If another neuron wins, they are counted again.
 *
 * <p>Reused from search to search, so that no search allocates arrays. Not safe for threads.
 */
final class BitSearch implements SearchResult, SharedChunks.Task {

    /** How many of the nearest are compared first where no winner can be guessed: as a rule no other matters. */
    static final int CLOSE = 64;

    /** Neurons that are looked at together: their deficits stay in the nearest cache. */
    private static final int RUN = 1024;
    /** Candidates are worth a bound while they are fewer than one neuron in this many. */
    private static final int FEW = 64;
    /** Distances are counted for all neurons from one rival in this many neurons on. */
    private static final int MANY = 16;
    /** What a block costs that is read alone, as a multiple of one that is read in passing. */
    private static final double SCATTERED = 1.5;
    /** A guess that fits the cue worse than its sketch by this factor was picked for its sketch, and will hardly win. */
    private static final double DOUBTFUL = 1.35;

    private static final int OUT = Deficits.OUT;

    private enum Pass {
        SKETCH,
        REFINE,
        SCAN
    }

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    private final int perChunk;
    private final int blocks;
    private final TopNeurons nearest = new TopNeurons();
    private final MixedRanking ranking;
    private final Contrast contrast = new Contrast();
    private final int[] one = new int[1];
    /** The bits that distances are counted to: the guess's, then the winner's. */
    private final long[] model;

    private final IntUnaryOperator toModel = this::distanceToModel;
    private int[] deficits = {};
    private int[] distances = {};
    private int[] leastOfRun = {};
    private int[] sumOfRun = {};

    private Votes cue;
    /** The model, with the voters of the cue. */
    private Shown shownModel;

    private NeuronTable.View neurons;
    private Pass pass;
    private Guess guess;
    private Guess.Distances counted;
    private int bound;

    BitSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new MixedRanking(weights);
        this.perChunk = weights.bitsPerChunk();
        this.blocks = weights.bitLayout().blocks();
        this.model = new long[weights.bitLayout().words()];
    }

    /** Searches, whatever it takes. */
    void run(Votes shown, NeuronTable.View all, Request request) {
        if (!tryFilter(shown, all, request)) {
            scan(request);
        }
    }

    /** Searches by the sketches; or, when a scan of all planes is asked for or cheaper, only takes a guess. */
    boolean tryFilter(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        shownModel = new Shown(model, shown.bits().voters());
        neurons = all;
        makeRoom();
        pass(Pass.SKETCH, request);
        guess = guess(request.candidates());
        bound = guess.bound();
        if (request.path() == RecallPath.PLANES || !isFilterCheaper()) {
            counted = distancesToCount();
            return false;
        }
        pass(Pass.REFINE, request);
        rank(request.ranked());
        if (beginContrast()) {
            compare(false, Integer.MAX_VALUE);
        }
        return true;
    }

    /** What the sketches told in the last search. */
    Guess guess() {
        return guess;
    }

    /** When a scan had better count the distances to the guess, after a search that only took one. */
    Guess.Distances distances() {
        return counted;
    }

    private void scan(Request request) {
        pass(Pass.SCAN, request);
        bound = OUT - 1;
        rank(counted == Guess.Distances.LATER ? Math.max(CLOSE, request.ranked()) : request.ranked());
        if (!beginContrast()) {
            return;
        }
        boolean known = counted != Guess.Distances.LATER && guess.neuron() == nearest.neuron(0);
        if (known) {
            compare(true, Integer.MAX_VALUE);
        } else if (!contrast.addNearest(nearest, toModel) && !compare(false, neurons.count() / FEW)) {
            // Too many to count alone. By now the model is the winner.
            counted = Guess.Distances.OF_ALL;
            pass(Pass.SCAN, request);
            beginContrast();
            compare(true, Integer.MAX_VALUE);
        }
    }

    private void pass(Pass next, Request request) {
        pass = next;
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), this);
    }

    private Guess.Distances distancesToCount() {
        if (guess.deficit() > DOUBTFUL * guess.ofSketch() * blocks) {
            return Guess.Distances.LATER;
        }
        int most = guess.limit() / blocks;
        int rivals = 0;
        for (int i = 0; i < neurons.count(); i++) {
            rivals += deficits[i] <= most ? 1 : 0;
        }
        return rivals > neurons.count() / MANY ? Guess.Distances.OF_ALL : Guess.Distances.OF_RIVALS;
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

    @Override
    public Ranking ranked() {
        return ranking.ranked();
    }

    @Override
    public Contrast contrast() {
        return contrast;
    }

    @Override
    public void run(int chunk, int worker) {
        int end = Math.min(neurons.count(), (chunk + 1) * perChunk);
        for (int first = chunk * perChunk; first < end; first += RUN) {
            int count = Math.min(RUN, end - first);
            switch (pass) {
                case SKETCH -> sketch(first, count);
                case REFINE -> refine(first, count);
                case SCAN -> scan(first, count);
            }
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

    /** Counts the neurons in full whose sketches fit best: the nearest becomes the guess, and all give the bound. */
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

    /** From what the sketches show: how many neurons they leave over, and how many blocks those will take. */
    private boolean isFilterCheaper() {
        long sum = 0;
        long left = 0;
        for (int run = 0; run * RUN < neurons.count(); run++) {
            sum += sumOfRun[run];
            if (leastOfRun[run] <= bound) {
                int end = Math.min(neurons.count(), (run + 1) * RUN);
                for (int i = run * RUN; i < end; i++) {
                    left += deficits[i] <= bound ? 1 : 0;
                }
            }
        }
        double mean = Math.max((double) sum / neurons.count(), 1e-9);
        double blocksEach = Math.min(blocks - 1, 1 + bound / mean);
        return SCATTERED * left * blocksEach < (double) neurons.count() * blocks;
    }

    private void rank(int wanted) {
        nearest.begin(wanted);
        offerWithin(bound);
        ranking.rank(nearest, wanted, cue, neurons);
    }

    /**
     * Compares the winner, which is the model, with its rivals.
     *
     * @param known whether the distances are those to the winner; otherwise they are counted where they may matter
     * @param budget how many may be counted
     * @return false when that is too few
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
