package org.engram.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The generations of a store's neurons, 8 bytes each, in a file beside the store. A generation is written before its
 * neuron. A crash in between leaves a generation that the next neuron overwrites. Not safe for threads that write.
 */
final class Generations implements AutoCloseable {

    private static final int LEAST = 64;

    private final Path path;
    private final RandomAccessFile file;
    private long[] known;

    Generations(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path.getParent());
            LongBuffer written = Files.exists(path)
                    ? ByteBuffer.wrap(Files.readAllBytes(path)).asLongBuffer()
                    : LongBuffer.allocate(0);
            known = new long[Math.max(LEAST, written.remaining())];
            written.get(known, 0, written.remaining());
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generation of a neuron; the lowest of all if a loss of power has taken it. */
    long get(int neuron) {
        return neuron < known.length ? Math.max(Entry.FIRST, known[neuron]) : Entry.FIRST;
    }

    void set(int neuron, long generation) {
        try {
            file.seek((long) neuron * Long.BYTES);
            file.writeLong(generation);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(path, e.getMessage()), e);
        }
        if (neuron >= known.length) {
            known = Arrays.copyOf(known, Math.max(neuron + 1, known.length * 2));
        }
        known[neuron] = generation;
    }

    void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
