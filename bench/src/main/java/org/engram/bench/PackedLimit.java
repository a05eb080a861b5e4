package org.engram.bench;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;

/** The limits of recalling from bits: sums that read what a packed scan reads, and what a filter reads first. */
public class PackedLimit extends PackedScan {

    private ExecutorService helper;

    /** JMH makes it. */
    public PackedLimit() {}

    @Override
    void prepare() {
        helper = Executors.newSingleThreadExecutor();
    }

    @Override
    void check() {
        long sketchSum = plainSum(symbols.sketches());
        long planeSum = plainSum(symbols.planes());
        require("packedSum", sketchSum + planeSum, packedSum());
        require("packedSumByEight", sketchSum + planeSum, packedSumByEight());
        require("packedSumInOrder", sketchSum + planeSum, packedSumInOrder());
        require("packedSumByTwoThreads", sketchSum + planeSum, packedSumByTwoThreads());
        require("sketchSum", sketchSum, sketchSum());
        require("sketchSumInEighths", sketchSum, sketchSumInEighths());
    }

    private static long plainSum(MemorySegment words) {
        long sum = 0;
        for (long at = 0; at < words.byteSize(); at += Long.BYTES) {
            sum += words.get(PackedSymbols.WORD, at);
        }
        return sum;
    }

    private static void require(String who, long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(
                    "%s is wrong: the words add up to %d, expected %d".formatted(who, found, expected));
        }
    }

    /**
     * The limit of a packed scan: all bits, the planes in eight places of their file side by side.
     *
     * @return the sum of all words
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    @Limit
    public long packedSum() {
        return BitSums.inOrder(symbols.sketches()) + BitSums.inEighths(symbols.planes());
    }

    /**
     * The same as {@link #packedSum}, but with the planes of eight neighbouring neurons side by side.
     *
     * @return the sum of all words
     */
    @Benchmark
    @Limit(drawn = false)
    @Touches(bytes = PackedSymbols.BYTES)
    public long packedSumByEight() {
        return BitSums.inOrder(symbols.sketches()) + BitSums.byEight(symbols.planes(), PackedSymbols.PLANE_BYTES);
    }

    /**
     * The same as {@link #packedSum}, from the first byte of each file to its last.
     *
     * @return the sum of all words
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    @Limit(drawn = false)
    public long packedSumInOrder() {
        return BitSums.inOrder(symbols.sketches()) + BitSums.inOrder(symbols.planes());
    }

    /**
     * The same as {@link #packedSum}, but another thread adds up a half of the planes meanwhile: what two threads can win.
     *
     * @return the sum of all words
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    @Limit(drawn = false)
    public long packedSumByTwoThreads() {
        MemorySegment planes = symbols.planes();
        long half = planes.byteSize() / 2 / BitSums.BLOCK_BYTES * BitSums.BLOCK_BYTES;
        Future<Long> ofOther = helper.submit(() -> BitSums.inEighths(planes.asSlice(half)));
        long own = BitSums.inOrder(symbols.sketches()) + BitSums.inEighths(planes.asSlice(0, half));
        try {
            return own + ofOther.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The limit of a filter: the sketches only.
     *
     * @return the sum of their words
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.SKETCH_BYTES)
    @Limit
    public long sketchSum() {
        return BitSums.inOrder(symbols.sketches());
    }

    /**
     * The same as {@link #sketchSum}, in eight places of the file side by side.
     *
     * @return the sum of their words
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.SKETCH_BYTES)
    @Limit(drawn = false)
    public long sketchSumInEighths() {
        return BitSums.inEighths(symbols.sketches());
    }

    @Override
    public void close() {
        helper.shutdown();
        super.close();
    }
}
