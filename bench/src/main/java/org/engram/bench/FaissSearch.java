package org.engram.bench;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.engram.store.Layout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ten nearest neurons by Hamming distance, as FAISS itself finds them. An answer is ten numbers; whether the first
 * is what was shown, its key and its pattern are not FAISS's business.
 */
public abstract class FaissSearch extends PackedScan {

    /** How many damaged symbols tell what an index misses that need not be exact. */
    private static final int QUESTIONS = 32;

    private Faiss faiss;

    FaissSearch() {}

    abstract FaissIndex index();

    @Override
    void prepare() {
        faiss = Faiss.start(index(), neurons, BenchStore.make(directory, neurons, Layout.PACKED));
    }

    /** Says what the index finds of damaged symbols. Only an index that compares every code has to find all. */
    @Override
    void check() {
        int first = 0;
        double recall = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            int damaged = (int) ((long) i * neurons / QUESTIONS);
            long[] code = PackedSymbols.pack(Symbols.whiteDamaged(damaged, Symbols.FLIPS));
            long[] found = faiss.search(code);
            first += found[0] == damaged ? 1 : 0;
            recall += recall(found, code) / QUESTIONS;
        }
        String says = "faiss %s, %d neurons: %d of %d damaged symbols are found first, recall@%d %.2f"
                .formatted(index(), neurons, first, QUESTIONS, Faiss.NEAREST, recall);
        if (index() == FaissIndex.FLAT && (first < QUESTIONS || recall < 1 - 1e-9)) {
            throw new IllegalStateException("a search of all codes misses some: " + says);
        }
        System.err.println(says);
    }

    /** The share of the nearest that were found. A neuron as near as the last of them might stand in its place. */
    private double recall(long[] found, long[] code) {
        int[] distances = new int[neurons];
        Arrays.setAll(distances, neuron -> symbols.distance(neuron, code));
        int wanted = Math.min(Faiss.NEAREST, neurons);
        int last =
                Arrays.stream(distances).sorted().skip(wanted - 1L).findFirst().orElseThrow();
        long right = LongStream.of(found)
                .filter(number -> number >= 0 && distances[(int) number] <= last)
                .distinct()
                .count();
        return Math.min(1, (double) right / wanted);
    }

    /**
     * The nearest to a symbol with 10 % of its pixels flipped.
     *
     * @return their numbers
     */
    @Benchmark
    public long[] faiss() {
        return faiss.search(query);
    }

    /** Ends the process. */
    @TearDown(Level.Trial)
    public void end() {
        faiss.close();
    }
}
