package org.engram.bench;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Mask;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One code of 2,048 bits with unknown ones shown to a store of such codes: to all of it and to one key. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class MaskedRecall {

    private static final Geometry GEOMETRY = new Geometry(64, 32);
    private static final double KNOWN = 0.8;

    /** How many neurons. */
    @Param({"298", "20000"})
    public int neurons;

    private PatternStore store;
    private int shown;
    private Cue cue;
    private RecallOptions oneKey;

    /** For JMH. */
    public MaskedRecall() {}

    /** Opens the store, and stops the benchmark unless every answer is right. */
    @Setup(Level.Trial)
    public void open() {
        store = BenchStore.open(
                BenchStore.defaultDirectory(),
                "masked",
                StoreOptions.DEFAULT
                        .withGeometry(GEOMETRY)
                        .withLayout(Layout.PACKED)
                        .withMasks(),
                neurons,
                number -> Noise.pattern(GEOMETRY, number).withKnown(known(number)));
        shown = neurons * 2 / 3;
        cue = Cue.bipolar(Noise.damaged(GEOMETRY, shown), known(Noise.UNSEEN));
        oneKey = RecallOptions.DEFAULT.amongKeys(List.of("k" + shown));
        for (Recall found : List.of(masked(), maskedOneKey())) {
            if (found.neuron() != shown) {
                throw new IllegalStateException("a recall among unknown pixels is wrong: neuron %d was shown, found %d"
                        .formatted(shown, found.neuron()));
            }
        }
    }

    private static Mask known(int number) {
        BitSet known = Noise.bits(GEOMETRY, Integer.reverse(number), KNOWN);
        return Mask.of(GEOMETRY, known);
    }

    /**
     * A code with 10 % of its bits flipped, among all.
     *
     * @return the answer
     */
    @Benchmark
    public Recall masked() {
        return store.recall(cue);
    }

    /**
     * The same among one key.
     *
     * @return the answer
     */
    @Benchmark
    public Recall maskedOneKey() {
        return store.recall(cue, oneKey);
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }
}
