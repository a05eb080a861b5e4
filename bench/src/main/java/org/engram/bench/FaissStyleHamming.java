package org.engram.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The nearest neuron by Hamming distance as FAISS finds it with an IndexBinaryFlat: every code, word by word, in memory
 * that no file backs. Written in plain Java; FAISS itself is not called.
 */
public class FaissStyleHamming extends PackedScan {

    private MemorySegment codes;

    /** JMH makes it. */
    public FaissStyleHamming() {}

    @Override
    void prepare() {
        codes = Arena.ofAuto().allocate(neurons * PackedSymbols.BYTES, PackedSymbols.BLOCK_BYTES);
        for (int i = 0; i < neurons; i++) {
            long at = i * PackedSymbols.BYTES;
            MemorySegment.copy(
                    symbols.sketches(), i * PackedSymbols.SKETCH_BYTES, codes, at, PackedSymbols.SKETCH_BYTES);
            MemorySegment.copy(
                    symbols.planes(),
                    i * PackedSymbols.PLANE_BYTES,
                    codes,
                    at + PackedSymbols.SKETCH_BYTES,
                    PackedSymbols.PLANE_BYTES);
        }
    }

    @Override
    void check() {
        for (int i : PackedSymbols.sample(neurons)) {
            long[] words = PackedSymbols.pack(Symbols.white(i));
            int expected = 0;
            for (int word = 0; word < words.length; word++) {
                expected += Long.bitCount(words[word] ^ query[word]);
            }
            int found = distance(i * PackedSymbols.BYTES);
            if (found != expected) {
                throw new IllegalStateException(
                        "faissStyle is wrong: neuron %d lies %d bits away, expected %d".formatted(i, found, expected));
            }
        }
        int found = faissStyle();
        if (found != shown) {
            throw new IllegalStateException(
                    "faissStyle is wrong: neuron %d was shown, neuron %d found".formatted(shown, found));
        }
    }

    /**
     * Every code in full.
     *
     * @return the nearest neuron, the first of several
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    public int faissStyle() {
        int nearest = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < neurons; i++) {
            int distance = distance(i * PackedSymbols.BYTES);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    /** The distance of the code at an offset to the query, in bits. */
    int distance(long at) {
        int distance = 0;
        for (int word = 0; word < query.length; word++) {
            distance += Long.bitCount(codes.get(PackedSymbols.WORD, at + (long) word * Long.BYTES) ^ query[word]);
        }
        return distance;
    }
}
