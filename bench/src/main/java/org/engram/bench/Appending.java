package org.engram.bench;

import java.io.IOException;
import java.nio.file.Files;
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

/**
 * The base of all benchmarks that append. Every iteration appends {@link #APPENDS} entries to files that are made for
 * it and deleted after it. So no run fills the disk, and all start from nothing. One operation is one entry.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 60)
@Measurement(iterations = 5)
@Touches(bytes = 1, each = "bytes")
public abstract class Appending {

    /** How many entries an iteration appends: 440 MB of the largest entries. */
    static final int APPENDS = 4000;

    /** How many entries are checked before anything is timed. */
    private static final int CHECKED = 100;

    /** The size of an entry: a pattern at one bit a pixel, as one float a pixel, and as two. */
    @Param({"1728", "53824", "107648"})
    public int bytes;

    Entries entries;
    private Path parent = BenchStore.defaultDirectory();
    private Path directory;

    Appending() {}

    /** Stops the benchmark unless what is appended is there after opening the files again. */
    @Setup(Level.Trial)
    public void check() throws IOException {
        check(BenchStore.defaultDirectory());
    }

    void check(Path directory) throws IOException {
        parent = directory;
        make();
        check(this.directory, new Entries(CHECKED, bytes));
        remove();
        entries = new Entries(APPENDS, bytes);
    }

    /** Makes and opens empty files. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        make();
        open(directory);
    }

    /** Closes and deletes the files. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        closeFiles();
        remove();
    }

    private void make() throws IOException {
        Files.createDirectories(parent);
        directory = Files.createTempDirectory(parent, "appending-");
    }

    private void remove() throws IOException {
        BenchStore.delete(directory);
    }

    /** Appends entries in an empty directory, and throws unless they are there afterwards. */
    abstract void check(Path empty, Entries few) throws IOException;

    abstract void open(Path empty) throws IOException;

    abstract void closeFiles() throws IOException;
}
