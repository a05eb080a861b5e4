package org.engram.store.internal.recall;

import java.util.function.IntUnaryOperator;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Weights;

/**
 * Finds, for a black and white cue and two-valued weights of one gain, the neurons that respond most and the rivals of the
 * winner, by counting deficits: {@code deficit_i = |(bits_i ^ P) & M|}, {@code q_i = g (|P| - deficit_i)}. Exact always.
 *
 * <p>First the sketches of all neurons are read. The neurons whose sketches fit best are then counted in full, which bounds
 * what can matter: a neuron whose deficit is above that of the k-th best and above three times the best is neither among
 * the answers nor a rival. Then either the planes of the neurons that the sketches leave over are read, block by block and
 * no further than the bound; or, when that would cost as much, the planes of all neurons. What rivals differ in from the
 * winner is then counted on the way, for the neuron that fitted best so far; should another win, it is counted again.
 *
 * <p>Reused from search to search, so that none allocates. Not safe for threads.
 */
final class BitSearch implements SearchResult, ChunkTask {

    /** With more pixels, two deficits may round to one response. */
    static final int MAX_PIXELS = 1 << 22;

    /** Where no winner can be guessed so many of the nearest are compared first: as a rule no other matters. */
    static final int CLOSE = 64;

    /** Neurons that are looked at together: their deficits stay in the nearest cache. */
    private static final int RUN = 1024;
    /** Candidates are worth a bound while they are fewer than one neuron in so many. */
    private static final int FEW = 64;
    /** Rivals are counted with all others from one neuron in so many on. */
    private static final int MANY = 16;
    /** What a block costs that is read alone, as a multiple of one that is read in passing. */
    private static final double SCATTERED = 1.5;
    /** A guess that fits the cue so much worse than its sketch does was picked for its sketch, and will hardly win. */
    private static final double DOUBTFUL = 1.35;
    /** The deficit of a neuron that does not take part: retired, or not two-valued. */
    private static final int OUT = Integer.MAX_VALUE;

    private enum Pass {
        SKETCH,
        REFINE,
        SCAN
    }

    /** When a scan counts what neurons differ in from the guess. */
    enum Differences {
        /** Never: another will win. */
        LATER,
        /** While a run is still in a cache, for the rivals in it. */
        OF_RIVALS,
        /** In the same read, for all. */
        OF_ALL
    }

    private final Weights weights;
    private final int perChunk;
    private final int blocks;
    private final TopNeurons nearest = new TopNeurons();
    private final Ranking ranking;
    private final Contrast contrast = new Contrast();
    private final int[] one = new int[1];
    /** The plane that differences are counted to: the guess's, then the winner's. */
    private final long[] plane;

    private final IntUnaryOperator toWinner = this::differing;
    private int[] deficits = {};
    private int[] differences = {};
    private int[] leastOfRun = {};
    private int[] sumOfRun = {};

    private Votes cue;
    private NeuronTable.View neurons;
    private Pass pass;
    private Differences counted;
    private int bound;
    private int limit;
    private int guess;
    private int guessDeficit;
    private int guessSketch;

    BitSearch(Weights weights) {
        this.weights = weights;
        this.ranking = new Ranking(weights);
        this.perChunk = weights.bitsPerChunk();
        this.blocks = weights.bits().blocks();
        this.plane = new long[weights.bits().words()];
    }

    /** Searches, whatever it takes. */
    void run(Votes shown, NeuronTable.View all, Request request) {
        if (!tryFilter(shown, all, request)) {
            scan(request);
        }
    }

    /** Searches by the sketches, unless a scan of all planes is asked for or cheaper: then it only takes a guess. */
    boolean tryFilter(Votes shown, NeuronTable.View all, Request request) {
        cue = shown;
        neurons = all;
        makeRoom();
        pass(Pass.SKETCH, request);
        guess(request.candidates());
        if (request.path() == RecallPath.PLANES || !isFilterCheaper()) {
            counted = differencesToCount();
            return false;
        }
        pass(Pass.REFINE, request);
        rank(request.ranked());
        if (beginContrast()) {
            compare(false, Integer.MAX_VALUE);
        }
        return true;
    }

    private void scan(Request request) {
        pass(Pass.SCAN, request);
        bound = OUT - 1;
        rank(counted == Differences.LATER ? Math.max(CLOSE, request.ranked()) : request.ranked());
        if (!beginContrast()) {
            return;
        }
        boolean known = counted != Differences.LATER && guess == nearest.neuron(0);
        if (known) {
            compare(true, Integer.MAX_VALUE);
        } else if (!contrast.addNearest(nearest, toWinner) && !compare(false, neurons.count() / FEW)) {
            // Too many to count alone. The plane that is shown is the winner's by now.
            counted = Differences.OF_ALL;
            pass(Pass.SCAN, request);
            beginContrast();
            compare(true, Integer.MAX_VALUE);
        }
    }

    private void pass(Pass next, Request request) {
        pass = next;
        request.forEachChunk(Math.ceilDiv(neurons.count(), perChunk), this);
    }

    /** The neuron that a search which only took a guess takes for the winner; -1 when none lives. */
    int guess() {
        return guess;
    }

    /** The deficit of the guess. */
    int guessDeficit() {
        return guessDeficit;
    }

    /** No neuron with a greater deficit is among the answers or a rival of the winner. */
    int bound() {
        return bound;
    }

    /** No neuron with a greater deficit is a rival of the guess. */
    int limit() {
        return limit;
    }

    /** When a scan had better count the differences to the guess. */
    Differences differences() {
        return counted;
    }

    private Differences differencesToCount() {
        if (guessDeficit > DOUBTFUL * guessSketch * blocks) {
            return Differences.LATER;
        }
        int most = limit / blocks;
        int rivals = 0;
        for (int i = 0; i < neurons.count(); i++) {
            rivals += deficits[i] <= most ? 1 : 0;
        }
        return rivals > neurons.count() / MANY ? Differences.OF_ALL : Differences.OF_RIVALS;
    }

    private boolean beginContrast() {
        boolean comparable = cue.voters() > 0 && ranking.isWonBy(nearest);
        if (comparable) {
            contrast.begin(deficits[nearest.neuron(0)], cue.voters());
            weights.copyPlane(nearest.neuron(0), plane);
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
            differences = new int[room];
            leastOfRun = new int[Math.ceilDiv(room, RUN)];
            sumOfRun = new int[leastOfRun.length];
        }
    }

    @Override
    public TopNeurons ranked() {
        return ranking.ranked();
    }

    @Override
    public long disagreeing(int rank) {
        int neuron = ranking.ranked().neuron(rank);
        return neurons.isTwoValued(neuron) ? deficits[neuron] : -1;
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
        weights.countSketches(cue.positive().words(), cue.mask().words(), first, count, deficits);
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
        weights.refine(cue.positive().words(), cue.mask().words(), bound, first, count, deficits);
        summarise(first, count);
    }

    private void scan(int first, int count) {
        long[] voters = cue.mask().words();
        if (counted == Differences.OF_ALL) {
            weights.countDeficits(cue.positive().words(), plane, voters, first, count, deficits, differences);
        } else {
            weights.countDeficits(cue.positive().words(), voters, first, count, deficits, first);
        }
        summarise(first, count);
        if (counted == Differences.OF_RIVALS && leastOfRun[first / RUN] <= limit) {
            for (int i = first; i < first + count; i++) {
                if (deficits[i] <= limit) {
                    weights.countDeficits(plane, voters, i, 1, differences, i);
                }
            }
        }
    }

    private void summarise(int first, int count) {
        neurons.exclude(first, count, deficits, first, OUT);
        int least = OUT;
        for (int i = first; i < first + count; i++) {
            least = Math.min(least, deficits[i]);
        }
        leastOfRun[first / RUN] = least;
    }

    /** Counts the neurons in full whose sketches fit best: the nearest becomes the guess, and all give the bound. */
    private void guess(int k) {
        int wanted = k <= Math.max(1, neurons.count() / FEW) ? k : 1;
        nearest.begin(wanted);
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (!nearest.isFull() || leastOfRun[run] < -nearest.response(wanted - 1)) {
                offer(run, OUT - 1);
            }
        }
        guess = -1;
        int best = OUT;
        int last = 0;
        for (int rank = 0; rank < nearest.size(); rank++) {
            int neuron = nearest.neuron(rank);
            int deficit = count(neuron, cue.positive().words());
            if (deficit < best || (deficit == best && neuron < guess)) {
                best = deficit;
                guess = neuron;
                guessSketch = deficits[neuron];
            }
            last = Math.max(last, deficit);
        }
        guessDeficit = best;
        limit = (int) Math.min(OUT - 1, (long) Contrast.RIVAL_FACTOR * best);
        bound = wanted < k || !nearest.isFull() ? OUT - 1 : Math.max(last, limit);
        if (guess >= 0) {
            weights.copyPlane(guess, plane);
        }
    }

    private void offer(int run, int atMost) {
        int end = Math.min(neurons.count(), (run + 1) * RUN);
        for (int i = run * RUN; i < end; i++) {
            if (deficits[i] <= atMost) {
                nearest.offer(i, -deficits[i]);
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
        for (int run = 0; run * RUN < neurons.count(); run++) {
            if (leastOfRun[run] <= bound && (!nearest.isFull() || leastOfRun[run] < -nearest.response(wanted - 1))) {
                offer(run, bound);
            }
        }
        ranking.rank(nearest, wanted, cue, neurons);
    }

    /**
     * Compares the winner, whose plane is shown, with its rivals.
     *
     * @param known whether the differences are those to the winner; otherwise they are counted where they may matter
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
                    contrast.add(deficits[i], differences[i]);
                } else if (contrast.canChange(deficits[i])) {
                    if (++spent > budget) {
                        return false;
                    }
                    contrast.add(deficits[i], count(i, plane));
                }
            }
        }
        return true;
    }

    private int differing(int neuron) {
        return count(neuron, plane);
    }

    /** In how many voters a neuron differs from a plane. */
    private int count(int neuron, long[] shown) {
        weights.countDeficits(shown, cue.mask().words(), neuron, 1, one, 0);
        return one[0];
    }
}
