package org.engram.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
 * The base of all benchmarks that get. They get {@link #COUNT} entries out of files, in a fixed order that follows no
 * file.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public abstract class Getting {

    /** How many entries there are: 430 MB of the largest entries. */
    static final int COUNT = 4000;

    /** The size of an entry: a pattern at one bit a pixel, as one float a pixel, and as two. */
    @Param({"1728", "53824", "107648"})
    public int bytes;

    int count = COUNT;
    byte[] into;
    private Path directory;
    private String[] shuffled;
    private int next;

    Getting() {}

    /** Fills files, and stops the benchmark unless every entry is got as it was put. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        open(BenchStore.defaultDirectory());
    }

    void open(Path parent) throws IOException {
        Files.createDirectories(parent);
        directory = Files.createTempDirectory(parent, "getting-");
        Entries entries = new Entries(count, bytes);
        into = new byte[bytes];
        List<String> keys = Arrays.asList(entries.keys.clone());
        Collections.shuffle(keys, new Random(1));
        shuffled = keys.toArray(String[]::new);
        open(directory, entries);
    }

    String nextKey() {
        String key = shuffled[next];
        next = next + 1 < shuffled.length ? next + 1 : 0;
        return key;
    }

    abstract void open(Path empty, Entries entries) throws IOException;

    abstract void closeFiles();

    /** Closes and deletes the files. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        closeFiles();
        BenchStore.delete(directory);
    }
}
