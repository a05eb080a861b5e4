package org.engram.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
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
 * Opens and closes a PACKED store, which has an index if it is large. The benchmarks beside it read the journal from
 * the first byte to the last, in positioned reads of 1 MiB. An opening without an index would do that. The file is in
 * the system's cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Touches(bytes = StoreOpening.RECORD_BYTES)
public class StoreOpening {

    /** The bytes of a record with the key of a symbol. Only the first ten records have fewer. */
    static final long RECORD_BYTES = 80;

    private static final int READ_BYTES = 1 << 20;

    /** How many neurons the store has. */
    @Param({"298", "20000", "1000000"})
    public int neurons;

    /** Prime, so that all keys come in turn. */
    private static final int STRIDE = 7919;

    private int next;
    private final byte[] buffer = new byte[READ_BYTES];
    private Path path;
    private RandomAccessFile file;

    /** JMH makes it. */
    public StoreOpening() {}

    /** Opens the journal, and stops the benchmark unless every answer is right. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        open(BenchStore.defaultDirectory());
    }

    void open(Path directory) throws IOException {
        path = BenchStore.make(directory, neurons, Layout.PACKED);
        // A writer makes the index where there is none.
        PatternStore.open(path).close();
        Path journal = path.resolve("journal");
        byte[] expected = Files.readAllBytes(journal);
        CRC32C checksum = new CRC32C();
        checksum.update(expected);
        file = new RandomAccessFile(journal.toFile(), "r");
        require("read", expected.length, read());
        require("readAndCheck", checksum.getValue(), readAndCheck());
        require("engram", neurons, engram());
        for (int i = 0; i < neurons; i += 1 + neurons / 100) {
            require("getAfterOpening", i, get(Symbols.key(i)));
        }
    }

    private static void require(String who, long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException("%s is wrong: expected %d, found %d".formatted(who, expected, found));
        }
    }

    /**
     * Opens the store for reading, and closes it.
     *
     * @return how many neurons it has
     */
    @Benchmark
    public int engram() {
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            return store.size();
        }
    }

    /**
     * Opens the store for reading, asks for the neuron of a key, and closes it.
     *
     * @return the neuron
     */
    @Benchmark
    public int getAfterOpening() {
        next = (next + STRIDE) % neurons;
        return get(Symbols.key(next));
    }

    private int get(String key) {
        try (PatternStore store = PatternStore.openReadOnly(path)) {
            return store.neuronOf(key).orElseThrow();
        }
    }

    /**
     * Reads all of it.
     *
     * @return how many bytes that were
     */
    @Benchmark
    @Limit
    public long read() throws IOException {
        long at = 0;
        for (int read = readAt(at); read > 0; read = readAt(at)) {
            at += read;
        }
        return at;
    }

    /**
     * Reads all of it and computes one checksum, which an opening must do if it trusts no record.
     *
     * @return the CRC32C
     */
    @Benchmark
    @Limit(drawn = false)
    public long readAndCheck() throws IOException {
        CRC32C crc = new CRC32C();
        long at = 0;
        for (int read = readAt(at); read > 0; read = readAt(at)) {
            crc.update(buffer, 0, read);
            at += read;
        }
        return crc.getValue();
    }

    private int readAt(long offset) throws IOException {
        file.seek(offset);
        return file.read(buffer, 0, READ_BYTES);
    }

    /** Closes the file. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        file.close();
    }
}
