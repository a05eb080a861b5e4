package org.engram.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** What FAISS is asked, asked of the store: the ten nearest to a damaged symbol, with their keys and the verdict besides. */
public class TenNearest extends PackedScan {

    private PatternStore store;
    private Cue flipped;

    /** JMH makes it. */
    public TenNearest() {}

    @Override
    void prepare() {
        store = BenchStore.open(directory, neurons, Layout.PACKED);
        flipped = Cue.bipolar(Symbols.damaged(shown));
    }

    @Override
    void check() {
        List<Double> expected = IntStream.range(0, neurons)
                .mapToObj(neuron -> (double) symbols.distance(neuron, query))
                .sorted()
                .limit(Faiss.NEAREST)
                .toList();
        List<Double> found =
                engram().candidates().stream().map(Candidate::deficit).toList();
        if (!expected.equals(found)) {
            throw new IllegalStateException(
                    "engram is wrong: expected distances %s, found %s".formatted(expected, found));
        }
    }

    /**
     * A recall with ten candidates.
     *
     * @return the answer
     */
    @Benchmark
    public Recall engram() {
        return store.recall(flipped, RecallOptions.DEFAULT.withCandidates(Faiss.NEAREST));
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void closeStore() {
        store.close();
    }
}
