package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.engram.store.Cue;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
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

/**
 * The responses of all neurons to one cue, equation (4), by one thread, from the mapped stripes of a store that is open
 * for reading. The sums of the same stripes are the limit: they read the same bytes and do next to nothing with them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FloatScan {

    /** What one scan reads of every neuron: a v stripe of the paper's geometry. */
    static final long STRIPE_BYTES = (long) Symbols.GEOMETRY.pixels() * Float.BYTES;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** The store adds up 64 lanes of at most 211 products each, in a tree of six levels. */
    private static final int TERMS_OF_A_LANE = 211 + 6;

    /** How many neurons the store holds: 16 MB, which stays in a large cache, and 1.08 GB, which does not. */
    @Param({"298", "20000"})
    public int neurons;

    private PatternStore store;
    private Cue cue;
    private float[] votes;
    private MemorySegment[] stripes;

    /** For JMH. */
    public FloatScan() {}

    /** Opens the store, and stops the benchmark unless every answer is right; the checks also touch every page. */
    @Setup(Level.Trial)
    public void open() {
        open(BenchStore.defaultDirectory());
    }

    void open(Path directory) {
        store = BenchStore.open(directory, neurons);
        stripes = new MemorySegment[neurons];
        for (int i = 0; i < neurons; i++) {
            stripes[i] = store.vStripe(i);
        }
        int shown = neurons * 2 / 3;
        Pattern damaged = Symbols.damaged(shown);
        cue = Cue.bipolar(damaged);
        votes = damaged.values();
        for (int j = 0; j < votes.length; j++) {
            votes[j] = 2 * votes[j] - 1;
        }
        check(shown);
    }

    private void check(int shown) {
        ScanReference reference = ScanReference.of(neurons, votes);
        float[] responses = engram();
        reference.requireResponses("engram", responses, TERMS_OF_A_LANE);
        ScanReference.requireWinner("engram", responses, shown);
        if (recall().neuron() != shown) {
            throw new IllegalStateException(
                    "wrong winner: recall: expected neuron %d, found %d".formatted(shown, recall().neuron()));
        }
        responses = plainJava();
        reference.requireResponses("plainJava", responses, votes.length);
        ScanReference.requireWinner("plainJava", responses, shown);
        reference.requireSum("vectorSum", vectorSum());
        reference.requireSum("vectorSumByFour", vectorSumByFour());
        reference.requireSum("vectorSumByOne", vectorSumByOne());
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }

    /**
     * What a host gets from the public call.
     *
     * @return the responses
     */
    @Benchmark
    public float[] engram() {
        return store.responses(cue);
    }

    /**
     * What a host gets from the public call that also names the winner, shown a damaged symbol, which has few rivals.
     *
     * @return the answer
     */
    @Benchmark
    public Recall recall() {
        return store.recall(cue);
    }

    /**
     * What a loop over the mapped stripes gets that is written down without further thought.
     *
     * @return the responses
     */
    @Benchmark
    public float[] plainJava() {
        float[] responses = new float[stripes.length];
        for (int i = 0; i < stripes.length; i++) {
            MemorySegment stripe = stripes[i];
            float q = 0;
            for (int j = 0; j < votes.length; j++) {
                q += stripe.getAtIndex(FLOAT, j) * votes[j];
            }
            responses[i] = q;
        }
        return responses;
    }

    /**
     * The reference: reads eight stripes side by side and adds up what it reads.
     *
     * @return the sum of all weights
     */
    @Benchmark
    public double vectorSum() {
        return StripeSums.byEight(stripes);
    }

    /**
     * As the reference, four stripes side by side.
     *
     * @return the sum of all weights
     */
    @Benchmark
    public double vectorSumByFour() {
        return StripeSums.byFour(stripes);
    }

    /**
     * As the reference, one stripe after the other.
     *
     * @return the sum of all weights
     */
    @Benchmark
    public double vectorSumByOne() {
        return StripeSums.byOne(stripes);
    }
}
