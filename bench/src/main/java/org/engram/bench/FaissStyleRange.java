package org.engram.bench;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** All neurons within a Hamming distance, as FAISS finds them with the range search of an IndexBinaryFlat. */
public class FaissStyleRange extends PackedScan {

    private final FaissStyleHamming flat = new FaissStyleHamming();

    /** JMH makes it. */
    public FaissStyleRange() {}

    @Override
    void prepare() {
        query = PackedSymbols.pack(Symbols.whiteDamaged(shown, Symbols.FEW_FLIPS));
        flat.neurons = neurons;
        flat.symbols = symbols;
        flat.query = query;
        flat.prepare();
    }

    @Override
    void check() {
        int[] found = faissStyleRange();
        if (!Arrays.equals(new int[] {shown}, found)) {
            throw new IllegalStateException(
                    "faissStyleRange is wrong: neuron %d was shown, found %s".formatted(shown, Arrays.toString(found)));
        }
    }

    /**
     * Every code in full.
     *
     * @return the neurons within 1 % of the pixels
     */
    @Benchmark
    @Touches(bytes = PackedSymbols.BYTES)
    public int[] faissStyleRange() {
        int[] within = new int[16];
        int size = 0;
        for (int i = 0; i < neurons; i++) {
            if (flat.distance(i * PackedSymbols.BYTES) <= Symbols.FEW_FLIPS) {
                within = size == within.length ? Arrays.copyOf(within, 2 * size) : within;
                within[size++] = i;
            }
        }
        return Arrays.copyOf(within, size);
    }
}
