package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.engram.store.Cue;
import org.engram.store.ForcedPath;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;
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

/** The base of all scans of the stripes: one damaged symbol, and the float stripes of a store of symbols. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public abstract class StripeScan {

    /** The pixels of {@link Symbols#GEOMETRY}, as a constant. */
    static final int PIXELS = 116 * 116;
    /** A v stripe of the paper's geometry, which has no padding. */
    static final long STRIPE_BYTES = (long) PIXELS * Float.BYTES;
    /** Options that read the floats, even where bits would do. */
    static final RecallOptions STRIPES = ForcedPath.STRIPES;
    /** The store adds up 64 lanes of at most 211 products each, in a tree of six levels. */
    static final int TERMS_OF_A_LANE = 211 + 6;

    /** How many neurons the store holds: 16 MB, which stays in a large cache, and 1.08 GB, which does not. */
    @Param({"298", "20000"})
    public int neurons;

    PatternStore store;
    MemorySegment[] stripes;
    int shown;
    Cue cue;
    /** The cue as numbers: 1 for a white pixel, -1 for a black one. */
    float[] votes;

    StripeScan() {}

    /** Opens the store, and stops the benchmark unless every answer is right; the checks also touch every page. */
    @Setup(Level.Trial)
    public void open() {
        open(BenchStore.defaultDirectory());
    }

    void open(Path directory) {
        store = BenchStore.open(directory, neurons, Layout.FULL);
        stripes = new MemorySegment[neurons];
        for (int i = 0; i < neurons; i++) {
            stripes[i] = store.network().vStripe(i);
        }
        shown = neurons * 2 / 3;
        Pattern damaged = Symbols.damaged(shown);
        cue = Cue.bipolar(damaged);
        votes = votes(damaged);
        prepare();
        check();
    }

    static float[] votes(Pattern pattern) {
        float[] votes = pattern.values();
        for (int j = 0; j < votes.length; j++) {
            votes[j] = 2 * votes[j] - 1;
        }
        return votes;
    }

    /** Brings the stripes to where the scan wants them, when that is not where the store has them. */
    abstract void prepare();

    /**
     * Runs every benchmark once.
     *
     * @throws IllegalStateException if one gives a wrong answer
     */
    abstract void check();

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }
}
