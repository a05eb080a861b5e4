package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.engram.store.Candidate;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.ForcedPath;
import org.engram.store.Judgement;
import org.engram.store.Layout;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.engram.store.internal.watch.Counter;
import org.engram.store.internal.watch.Flight;
import org.engram.store.internal.watch.Watched;
import org.openjdk.jmh.annotations.Benchmark;

/** One cue shown to a store that has bits and nothing else: what a host gets from the public calls. */
public class BitRecall extends PackedScan {

    private static final Mask ALL = Mask.all(Symbols.GEOMETRY);

    private PatternStore store;
    private ExecutorService helper;
    private RecallOptions twoThreads;
    private Pattern pattern;
    private Cue clean;
    private Cue occluded;
    private Cue flipped1;
    private Cue flipped10;
    private Cue unseen;
    private Recall answer;
    private byte[] key;
    private final Counter counter = new Counter();

    /** JMH makes it. */
    public BitRecall() {}

    @Override
    void prepare() {
        store = BenchStore.open(directory, neurons, Layout.PACKED);
        helper = Executors.newSingleThreadExecutor();
        twoThreads = RecallOptions.DEFAULT.inParallel(helper, 2);
        pattern = Symbols.pattern(shown);
        clean = Cue.bipolar(pattern);
        occluded = Cue.bipolar(pattern, Symbols.QUARTER);
        flipped1 = Cue.bipolar(Symbols.pattern(Symbols.whiteDamaged(shown, Symbols.FEW_FLIPS)));
        flipped10 = Cue.bipolar(Symbols.damaged(shown));
        unseen = Cue.bipolar(Symbols.pattern(Symbols.whiteUnseen(shown)));
        answer = store.recall(clean);
        key = answer.key().getBytes(UTF_8);
    }

    @Override
    void check() {
        Verdict known = Verdict.RECOGNISED;
        Verdict knownIfDamaged = neurons < Criteria.COMPANY ? Verdict.UNKNOWN : known;
        BitReference ofClean = require("clean", clean(), Symbols.white(shown), ALL, known);
        ofClean.requireAnswer("cleanWithCue", cleanWithCue(), known);
        ofClean.requireAnswer("result", result(), known);
        require("occluded", occluded(), Symbols.white(shown), Symbols.QUARTER, known);
        require("flipped1", flipped1(), Symbols.whiteDamaged(shown, Symbols.FEW_FLIPS), ALL, known);
        BitReference ofFlipped10 =
                require("flipped10", flipped10(), Symbols.whiteDamaged(shown, Symbols.FLIPS), ALL, knownIfDamaged);
        ofFlipped10.requireAnswer("parallel", parallel(), knownIfDamaged);
        ofFlipped10.requireResponses("packedScan", packedScan());
        if (ofFlipped10.nearest() != shown) {
            throw new IllegalStateException("the damage is too great: neuron %d was shown, neuron %d is nearer"
                    .formatted(shown, ofFlipped10.nearest()));
        }
        require("unseen", unseen(), Symbols.whiteUnseen(shown), ALL, Verdict.UNKNOWN);
    }

    private BitReference require(String who, Recall found, BitSet white, Mask mask, Verdict verdict) {
        BitSet visible = new BitSet();
        for (int y = 0; y < mask.geometry().height(); y++) {
            for (int x = 0; x < mask.geometry().width(); x++) {
                visible.set(mask.geometry().index(x, y), mask.isVisible(x, y));
            }
        }
        BitReference reference = BitReference.of(symbols, neurons, white, visible);
        reference.requireAnswer(who, found, verdict);
        return reference;
    }

    /**
     * All responses from sketches and planes, to a symbol with 10 % of its pixels flipped.
     *
     * @return the responses
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    public float[] packedScan() {
        return store.network().responses(flipped10, ForcedPath.PLANES);
    }

    /**
     * A stored symbol.
     *
     * @return the answer
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.SKETCH_BYTES)
    public Recall clean() {
        return store.recall(clean);
    }

    /**
     * The lower right quarter of a stored symbol.
     *
     * @return the answer
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.SKETCH_BYTES)
    public Recall occluded() {
        return store.recall(occluded);
    }

    /**
     * A symbol with 1 % of its pixels flipped.
     *
     * @return the answer
     */
    @Benchmark
    public Recall flipped1() {
        return store.recall(flipped1);
    }

    /**
     * A symbol with 10 % of its pixels flipped.
     *
     * @return the answer
     */
    @Benchmark
    public Recall flipped10() {
        return store.recall(flipped10);
    }

    /**
     * A symbol that the store does not hold.
     *
     * @return the answer
     */
    @Benchmark
    public Recall unseen() {
        return store.recall(unseen);
    }

    /**
     * The same as {@link #clean}, but the cue is made from the pattern, too.
     *
     * @return the answer
     */
    @Benchmark
    public Recall cleanWithCue() {
        return store.recall(Cue.bipolar(pattern, ALL));
    }

    /**
     * The same as {@link #flipped10}, by two threads.
     *
     * @return the answer
     */
    @Benchmark
    public Recall parallel() {
        return store.recall(flipped10, twoThreads);
    }

    /**
     * Recalls nothing: it only makes an answer equal to that of {@link #clean}, to compare what is allocated.
     *
     * @return the answer
     */
    @Benchmark
    @Limit(drawn = false)
    public Recall result() {
        Candidate winner = answer.winner();
        Candidate copy = new Candidate(
                winner.neuron(),
                new String(key, UTF_8),
                winner.q(),
                winner.normalisedQ(),
                winner.agreement(),
                winner.deficit());
        Judgement judged = answer.judgement();
        Judgement.Criterion[] criteria =
                new Judgement.Criterion[judged.criteria().size()];
        for (int i = 0; i < criteria.length; i++) {
            Judgement.Criterion criterion = judged.criteria().get(i);
            criteria[i] = new Judgement.Criterion(criterion.measure(), criterion.value(), criterion.bar());
        }
        return new Recall(
                new Judgement(List.of(criteria), judged.hasTwin(), judged.contrast(), judged.rivals()), List.of(copy));
    }

    /**
     * Recalls nothing: it only does what each recall does to be counted and, where nobody records, to look whether
     * somebody does.
     *
     * @return what a recording would have been
     */
    @Benchmark
    @Limit(drawn = false)
    public Flight counting() {
        long began = System.nanoTime();
        Flight flight = Flight.begin(Watched.RECALL, directory);
        counter.add(1, System.nanoTime() - began);
        return flight;
    }

    @Override
    public void close() {
        helper.shutdown();
        store.close();
        super.close();
    }
}
