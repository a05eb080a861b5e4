package org.engram.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.engram.store.Layout;

/**
 * The symbols at one bit a pixel, which is all that a PACKED store has: its files {@value #SKETCHES} and {@value
 * #PLANES}, mapped for reading. Pixel j is bit j / {@value #BLOCKS} of block j % {@value #BLOCKS}, and a block is
 * {@value #BLOCK_BYTES} bytes. The first block of a neuron stands in the first file, its other blocks in the second.
 */
final class PackedSymbols implements AutoCloseable {

    static final int BLOCKS = 27;
    static final int BLOCK_BYTES = 64;
    static final long SKETCH_BYTES = BLOCK_BYTES;
    static final long PLANE_BYTES = (BLOCKS - 1) * SKETCH_BYTES;
    static final long BYTES = SKETCH_BYTES + PLANE_BYTES;
    static final int BLOCK_WORDS = BLOCK_BYTES / Long.BYTES;
    static final int WORDS = BLOCKS * BLOCK_WORDS;
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final String SKETCHES = "sketch.bits";
    static final String PLANES = "plane.bits";

    private static final long[] ALL = LongStream.generate(() -> -1).limit(WORDS).toArray();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment sketches;
    private final MemorySegment planes;

    private PackedSymbols(Path directory, int neurons) throws IOException {
        sketches = map(directory.resolve(SKETCHES), neurons * SKETCH_BYTES);
        planes = map(directory.resolve(PLANES), neurons * PLANE_BYTES);
    }

    private MemorySegment map(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() != bytes) {
                throw new IllegalStateException(
                        "benchmark file is not what it was made as: %s: expected %d bytes, found %d; delete it and run again"
                                .formatted(file, bytes, channel.size()));
            }
            return channel.map(MapMode.READ_ONLY, 0, bytes, arena);
        }
    }

    /** Maps the bits of the store of the first {@code neurons} symbols, and makes it first when it is missing. */
    static PackedSymbols open(Path directory, int neurons) {
        try {
            Path path = BenchStore.make(directory, neurons, Layout.PACKED);
            PackedSymbols symbols = new PackedSymbols(path, neurons);
            symbols.requireSymbols(path, neurons);
            return symbols;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map the packed symbols: " + e.getMessage(), e);
        }
    }

    /** {@value #BLOCK_BYTES} bytes of every neuron. */
    MemorySegment sketches() {
        return sketches;
    }

    /** The other bytes of every neuron. */
    MemorySegment planes() {
        return planes;
    }

    /** The first thousand neurons and every thousandth. Generating a million symbols again would take a minute. */
    static int[] sample(int neurons) {
        return IntStream.range(0, neurons)
                .filter(i -> i < 1000 || i % 1000 == 0 || i == neurons - 1)
                .toArray();
    }

    private void requireSymbols(Path path, int neurons) {
        for (int i : sample(neurons)) {
            long[] expected = pack(Symbols.white(i));
            for (int word = 0; word < WORDS; word++) {
                if (word(i, word) != expected[word]) {
                    close();
                    throw new IllegalStateException(
                            "benchmark file is not what it was made as: %s: neuron %d is another symbol; delete it and run again"
                                    .formatted(path, i));
                }
            }
        }
    }

    private long word(int neuron, int word) {
        return word < BLOCK_WORDS
                ? sketches.get(WORD, neuron * SKETCH_BYTES + (long) word * Long.BYTES)
                : planes.get(WORD, neuron * PLANE_BYTES + (long) (word - BLOCK_WORDS) * Long.BYTES);
    }

    /** How many voters differ between a neuron and what is shown, both packed; counted word by word. */
    int deficit(int neuron, long[] shown, long[] voters) {
        int deficit = 0;
        for (int word = 0; word < BLOCK_WORDS; word++) {
            long bits = sketches.get(WORD, neuron * SKETCH_BYTES + (long) word * Long.BYTES);
            deficit += Long.bitCount((bits ^ shown[word]) & voters[word]);
        }
        for (int word = BLOCK_WORDS; word < WORDS; word++) {
            long bits = planes.get(WORD, neuron * PLANE_BYTES + (long) (word - BLOCK_WORDS) * Long.BYTES);
            deficit += Long.bitCount((bits ^ shown[word]) & voters[word]);
        }
        return deficit;
    }

    /** How many pixels differ between a neuron and what is shown, packed; counted word by word. */
    int distance(int neuron, long[] shown) {
        return deficit(neuron, shown, ALL);
    }

    /** A picture's white pixels in the order of the files: block b at words 8 b to 8 b + 7. */
    static long[] pack(BitSet white) {
        long[] words = new long[WORDS];
        for (int j = white.nextSetBit(0); j >= 0; j = white.nextSetBit(j + 1)) {
            int bit = j / BLOCKS;
            words[j % BLOCKS * BLOCK_WORDS + bit / Long.SIZE] |= 1L << bit % Long.SIZE;
        }
        return words;
    }

    @Override
    public void close() {
        arena.close();
    }
}
