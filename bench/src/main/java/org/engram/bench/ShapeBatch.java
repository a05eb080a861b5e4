package org.engram.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Many cues at once beside the same one by one, for patterns of several sizes; one operation is one cue. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ShapeBatch {

    private static final int CUES = OpenBlasBatch.CUES;

    /** How many neurons. */
    @Param({"298", "20000"})
    public int neurons;

    /** How many pixels a pattern has in each direction. */
    @Param({"32", "64", "116"})
    public int side;

    private PatternStore store;
    private List<Cue> flipped;
    private List<Cue> strange;

    /** For JMH. */
    public ShapeBatch() {}

    /** Opens the store, and stops the benchmark unless every answer is right. */
    @Setup(Level.Trial)
    public void open() {
        Geometry geometry = new Geometry(side, side);
        store = BenchStore.open(
                BenchStore.defaultDirectory(),
                "noise-%d".formatted(side),
                StoreOptions.DEFAULT.withGeometry(geometry).withLayout(Layout.PACKED),
                neurons,
                number -> Noise.pattern(geometry, number));
        flipped = cues(cue -> Noise.damaged(geometry, neuronOf(cue)));
        strange = cues(cue -> Noise.pattern(geometry, Noise.UNSEEN + cue));
        check();
    }

    private static List<Cue> cues(IntFunction<Pattern> shown) {
        return IntStream.range(0, CUES).mapToObj(shown).map(Cue::bipolar).toList();
    }

    private int neuronOf(int cue) {
        return OpenBlasBatch.neuronOf(cue, neurons);
    }

    private void check() {
        List<Integer> found = togetherFlipped().stream().map(Recall::neuron).toList();
        List<Integer> shown =
                IntStream.range(0, CUES).map(this::neuronOf).boxed().toList();
        if (!found.equals(shown)) {
            throw new IllegalStateException("togetherFlipped is wrong: expected %s, found %s".formatted(shown, found));
        }
        if (!togetherFlipped().equals(aloneFlipped()) || !togetherStrange().equals(aloneStrange())) {
            throw new IllegalStateException("the answers to a batch are not those that each cue has alone");
        }
    }

    /**
     * Stored patterns with 10 % of their pixels flipped, one by one.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> aloneFlipped() {
        return flipped.stream().map(store::recall).toList();
    }

    /**
     * The same at once.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> togetherFlipped() {
        return store.recallAll(flipped, RecallOptions.DEFAULT);
    }

    /**
     * Patterns that the store does not hold, one by one.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> aloneStrange() {
        return strange.stream().map(store::recall).toList();
    }

    /**
     * The same at once.
     *
     * @return the answers
     */
    @Benchmark
    @OperationsPerInvocation(CUES)
    public List<Recall> togetherStrange() {
        return store.recallAll(strange, RecallOptions.DEFAULT);
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }
}
