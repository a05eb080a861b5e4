package org.engram.bench;

import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.openjdk.jmh.annotations.Benchmark;

/** One damaged symbol shown to a part of a store that has bits and nothing else, or to all that is near. */
public class SubsetRecall extends PackedScan {

    private static final int ONE_IN = 100;

    private PatternStore store;
    private Cue cue;
    private RecallOptions all;
    private RecallOptions mostPercent;
    private RecallOptions onePercent;
    private RecallOptions oneKey;
    private RecallOptions near;

    /** For JMH. */
    public SubsetRecall() {}

    @Override
    void prepare() {
        store = BenchStore.open(directory, neurons, Layout.PACKED);
        cue = Cue.bipolar(Symbols.pattern(Symbols.whiteDamaged(shown, Symbols.FEW_FLIPS)));
        all = RecallOptions.DEFAULT.amongKeysStartingWith("");
        mostPercent = RecallOptions.DEFAULT.among(neuron -> neuron % ONE_IN != (shown + 1) % ONE_IN);
        onePercent = RecallOptions.DEFAULT.among(neuron -> neuron % ONE_IN == shown % ONE_IN);
        oneKey = RecallOptions.DEFAULT.amongKeys(List.of(Symbols.key(shown)));
        near = RecallOptions.DEFAULT.withinDeficit(Symbols.FEW_FLIPS);
    }

    @Override
    void check() {
        Recall expected = plain();
        if (!filterAll().equals(expected)) {
            throw new IllegalStateException(
                    "filterAll is wrong: expected %s, found %s".formatted(expected, filterAll()));
        }
        for (Recall found : List.of(expected, filterMost(), filterOnePercent(), filterOneKey(), radius())) {
            List<Integer> named =
                    found.candidates().stream().map(Candidate::neuron).toList();
            if (!named.equals(List.of(shown))) {
                throw new IllegalStateException(
                        "a recall of a part is wrong: neuron %d was shown, found %s".formatted(shown, named));
            }
        }
    }

    /**
     * A symbol with 1 % of its pixels flipped, among all neurons.
     *
     * @return the answer
     */
    @Benchmark
    public Recall plain() {
        return store.recall(cue);
    }

    /**
     * The same among the keys with a prefix that all have.
     *
     * @return the answer
     */
    @Benchmark
    public Recall filterAll() {
        return store.recall(cue, all);
    }

    /**
     * The same among all neurons but one in a hundred.
     *
     * @return the answer
     */
    @Benchmark
    public Recall filterMost() {
        return store.recall(cue, mostPercent);
    }

    /**
     * The same among one neuron in a hundred.
     *
     * @return the answer
     */
    @Benchmark
    public Recall filterOnePercent() {
        return store.recall(cue, onePercent);
    }

    /**
     * The same among one key.
     *
     * @return the answer
     */
    @Benchmark
    public Recall filterOneKey() {
        return store.recall(cue, oneKey);
    }

    /**
     * All within 1 % of the pixels, and the judgement on the nearest.
     *
     * @return the answer
     */
    @Benchmark
    public Recall radius() {
        return store.recall(cue, near);
    }

    @Override
    public void close() {
        store.close();
        super.close();
    }
}
