package org.engram.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The limit of an append: positioned writes of the bytes that an append of a store leaves, to as many files, and nothing
 * else. The size of an entry stands for the layout of the store: its bits only, w and bits, or w, v and bits.
 */
public class PositionedWrites extends Appending {

    private static final int STRIPE = EntrySize.FLOATS;
    private static final int SKETCH = (int) PackedSymbols.SKETCH_BYTES;
    private static final int PLANES = (int) PackedSymbols.PLANE_BYTES;
    private static final int RECORD = (int) StoreOpening.RECORD_BYTES;

    private int[] sizes;
    private byte[][] bytesOfFile;
    private ByteBuffer[] buffers;
    private RandomAccessFile[] files;

    /** JMH makes it. */
    public PositionedWrites() {}

    /** How many bytes one append writes to each file. */
    static int[] sizes(int bytes) {
        return switch (EntrySize.layoutOf(bytes)) {
            case PACKED -> new int[] {SKETCH, PLANES, RECORD};
            case TIED -> new int[] {STRIPE, SKETCH, PLANES, RECORD};
            case FULL -> new int[] {STRIPE, STRIPE, SKETCH, PLANES, RECORD};
        };
    }

    @Override
    void check(Path empty, Entries few) throws IOException {
        open(empty);
        fileChannel(few.count());
        requireWritten("fileChannel", empty, few.count());
        closeFiles();
        for (int f = 0; f < sizes.length; f++) {
            Files.delete(path(empty, f));
        }
        open(empty);
        randomAccessFile(few.count());
        requireWritten("randomAccessFile", empty, few.count());
        closeFiles();
    }

    private void requireWritten(String who, Path directory, int count) throws IOException {
        for (int f = 0; f < sizes.length; f++) {
            byte[] found = Files.readAllBytes(path(directory, f));
            for (int i = 0; i < count; i++) {
                int from = i * sizes[f];
                if (found.length != count * sizes[f]
                        || !Arrays.equals(found, from, from + sizes[f], bytesOfFile[f], 0, sizes[f])) {
                    throw new IllegalStateException(
                            "%s is wrong: %s does not hold what was written".formatted(who, path(directory, f)));
                }
            }
        }
    }

    private static Path path(Path directory, int file) {
        return directory.resolve("file-" + file);
    }

    @Override
    void open(Path empty) throws IOException {
        sizes = sizes(bytes);
        byte[] value = new Entries(1, Arrays.stream(sizes).max().orElseThrow()).value(0);
        files = new RandomAccessFile[sizes.length];
        buffers = new ByteBuffer[sizes.length];
        bytesOfFile = new byte[sizes.length][];
        for (int f = 0; f < sizes.length; f++) {
            files[f] = new RandomAccessFile(path(empty, f).toFile(), "rw");
            bytesOfFile[f] = Arrays.copyOf(value, sizes[f]);
            buffers[f] = ByteBuffer.allocateDirect(sizes[f]).put(bytesOfFile[f]).flip();
        }
    }

    @Override
    void closeFiles() throws IOException {
        for (RandomAccessFile file : files) {
            file.close();
        }
    }

    /** Writes through file channels, from memory outside the heap. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    @Limit
    public void fileChannel() throws IOException {
        fileChannel(APPENDS);
    }

    /** Writes through random access files, from arrays. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    @Limit(drawn = false)
    public void randomAccessFile() throws IOException {
        randomAccessFile(APPENDS);
    }

    private void fileChannel(int appends) throws IOException {
        FileChannel[] channels =
                Arrays.stream(files).map(RandomAccessFile::getChannel).toArray(FileChannel[]::new);
        for (int i = 0; i < appends; i++) {
            for (int f = 0; f < sizes.length; f++) {
                buffers[f].rewind();
                long at = (long) i * sizes[f];
                while (buffers[f].hasRemaining()) {
                    at += channels[f].write(buffers[f], at);
                }
            }
        }
    }

    private void randomAccessFile(int appends) throws IOException {
        for (int i = 0; i < appends; i++) {
            for (int f = 0; f < sizes.length; f++) {
                files[f].seek((long) i * sizes[f]);
                files[f].write(bytesOfFile[f]);
            }
        }
    }
}
