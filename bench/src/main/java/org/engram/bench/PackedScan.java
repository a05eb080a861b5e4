package org.engram.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

/** The base of all scans of the bits: one damaged symbol, and the symbols at one bit a pixel. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public abstract class PackedScan {

    /** How many neurons: half a megabyte, 35 MB and 1.7 GB. */
    @Param({"298", "20000", "1000000"})
    public int neurons;

    Path directory;
    PackedSymbols symbols;
    int shown;
    /** The damaged symbol's white pixels, in the order of the files. */
    long[] query;

    PackedScan() {}

    /** Maps the bits, and stops the benchmark unless every answer is right; the checks also touch every page. */
    @Setup(Level.Trial)
    public void open() {
        open(BenchStore.defaultDirectory());
    }

    void open(Path parent) {
        directory = parent;
        symbols = PackedSymbols.open(directory, neurons);
        shown = neurons * 2 / 3;
        query = PackedSymbols.pack(Symbols.whiteDamaged(shown, Symbols.FLIPS));
        prepare();
        check();
    }

    /** Brings the bits to where the scan wants them, when that is not where the files have them. */
    abstract void prepare();

    /**
     * Runs every benchmark once.
     *
     * @throws IllegalStateException if one gives a wrong answer
     */
    abstract void check();

    /** Unmaps the bits. */
    @TearDown(Level.Trial)
    public void close() {
        symbols.close();
    }
}
