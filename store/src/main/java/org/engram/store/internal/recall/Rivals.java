package org.engram.store.internal.recall;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.kernel.BitKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Span;
import org.engram.store.internal.neurons.Weights;

/**
 * The neurons with which the winner of a two-valued cue is compared, whichever neuron wins: the 64 whose sketches fit the
 * cue best, all whose sketches fit as well as that of the 64th, and all whose sketches differ from the cue in at most one
 * voter in 64 more than the best. The last are patterns that look alike, however many there are. So the rivals are the same
 * in whatever order neurons are read. All of them are live and two-valued. Not safe for threads.
 */
final class Rivals {

    /** There are at least this many rivals, if this many neurons live. */
    static final int LEAST = 64;

    /** Two patterns look alike if at most one in this many voters of the sketch differs. */
    private static final int ALIKE = 64;

    /** The most neurons that {@link #forEachRun} hands over at once. */
    static final int RUN = 1024;

    private final Weights weights;
    private final BitKernel kernel = Kernels.bits();
    /** How many of those that were offered have a sketch of this deficit. */
    private final int[] withSketch = new int[BitLayout.BLOCK_BYTES * Byte.SIZE + 1];

    private int[] neurons = new int[4 * LEAST];
    private int[] deficits = new int[4 * LEAST];
    private int size;
    /** How many of those that were offered are within {@link #most}. */
    private int within;
    /** No rival has a sketch of a greater deficit. */
    private int most;
    /** The least deficit of a sketch so far, and how far above it a sketch counts as alike. */
    private int best;

    private int alike;

    private int[] run = {};

    Rivals(Weights weights) {
        this.weights = weights;
    }

    void begin(Shown cue) {
        Arrays.fill(withSketch, 0);
        size = 0;
        within = 0;
        most = withSketch.length - 1;
        best = most;
        alike = alike(cue);
    }

    private static int alike(Shown cue) {
        int voters = 0;
        for (int w = 0; w < BitLayout.BLOCK_WORDS; w++) {
            voters += Long.bitCount(cue.voters()[w]);
        }
        return voters / ALIKE;
    }

    /**
     * The greatest deficit of a sketch that makes a rival. {@code counts} tells how many neurons have a sketch of each
     * deficit.
     */
    static int bound(int[] counts, Shown cue) {
        int within = 0;
        int nearest = BitLayout.BLOCK_BITS;
        for (int deficit = 0; deficit < counts.length; deficit++) {
            within += counts[deficit];
            nearest = within > 0 ? Math.min(nearest, deficit) : nearest;
            if (within >= LEAST) {
                return Math.max(deficit, nearest + alike(cue));
            }
        }
        return BitLayout.BLOCK_BITS;
    }

    /** Whether a neuron whose sketch has this deficit would be a rival among those that were offered. */
    boolean hasPlaceFor(int ofSketch) {
        return ofSketch <= most;
    }

    void offer(int neuron, int ofSketch) {
        if (ofSketch > most) {
            return;
        }
        if (size == neurons.length) {
            neurons = Arrays.copyOf(neurons, 2 * size);
            deficits = Arrays.copyOf(deficits, 2 * size);
        }
        neurons[size] = neuron;
        deficits[size++] = ofSketch;
        withSketch[ofSketch]++;
        within++;
        best = Math.min(best, ofSketch);
        while (most > best + alike && within - withSketch[most] >= LEAST) {
            within -= withSketch[most--];
        }
    }

    /**
     * Counts the rivals' deficits in full, when all neurons were offered. If only the nearest neuron is wanted and a sketch
     * finds one that fits in full, the others matter no more, and keep the deficits of their sketches.
     */
    void count(Shown cue, boolean onlyNearest) {
        close();
        if (onlyNearest && size > 0 && countBest(cue) == 0) {
            return;
        }
        for (int i = 0; i < size; i++) {
            count(cue, i);
        }
    }

    private int countBest(Shown cue) {
        int place = 0;
        for (int i = 1; i < size; i++) {
            place = deficits[i] < deficits[place] ? i : place;
        }
        return count(cue, place);
    }

    private int count(Shown cue, int place) {
        kernel.deficits(weights.bits(neurons[place]), neurons[place], 1, cue, deficits, place);
        return deficits[place];
    }

    /** Keeps only the rivals that are within {@link #most}. */
    private void close() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (deficits[i] <= most) {
                neurons[kept] = neurons[i];
                deficits[kept++] = deficits[i];
            }
        }
        size = kept;
    }

    /** Finds the rivals among these neurons, and counts their deficits. */
    void find(Votes cue, NeuronTable.View all) {
        begin(cue.bits());
        run = run.length == 0 ? new int[RUN] : run;
        forEachSketch(weights, cue.bits(), all, run, this::offer);
        count(cue.bits(), false);
    }

    /** Reads the sketches of the neurons that live and are two-valued. {@code run} has room for {@link #RUN} of them. */
    static void forEachSketch(
            Weights weights, Shown cue, NeuronTable.View all, int[] run, SearchResult.Measured.Taker taker) {
        BitKernel kernel = Kernels.bits();
        forEachRun(weights, all, (from, count) -> {
            kernel.sketch(weights.bits(from), from, count, cue, run, 0);
            Deficits.exclude(from, count, all, run, 0);
            for (int i = 0; i < count; i++) {
                if (run[i] < Deficits.OUT) {
                    taker.take(from + i, run[i]);
                }
            }
        });
    }

    /** Goes over runs of neighbours, each in one chunk. Some of them may be retired. */
    static void forEachRun(Weights weights, NeuronTable.View all, Span span) {
        // Both are powers of two, so that no run is in two chunks.
        int together = Math.min(RUN, weights.bitsPerChunk());
        for (int first = 0; first < all.count(); first += together) {
            all.forEachSpan(first, Math.min(together, all.count() - first), span);
        }
    }

    /** The k-th least of their deficits, above which no neuron is among the k nearest; more than any deficit when there are fewer. */
    int bound(int k, TopNeurons nearest) {
        nearest.begin(Math.min(k, size + 1));
        for (int i = 0; i < size; i++) {
            nearest.offerDeficit(neurons[i], deficits[i]);
        }
        return nearest.isFull() ? nearest.deficit(nearest.size() - 1) : Deficits.OUT - 1;
    }

    /** Compares the winner with its rivals, except those that tie with it. The distance is that of a rival to the winner. */
    void compare(Contrast contrast, int winner, IntUnaryOperator distance) {
        if (!contrast.isRival(1, true)) {
            // The winner fits in full, so that only those that tie with it are rivals.
            return;
        }
        for (int i = 0; i < size; i++) {
            if (neurons[i] != winner && contrast.canChange(deficits[i])) {
                contrast.add(deficits[i], distance.applyAsInt(neurons[i]));
            }
        }
    }

    /** A copy of the rivals, for a search that outlasts this one. */
    Rivals copy() {
        Rivals copy = new Rivals(weights);
        copy.neurons = Arrays.copyOf(neurons, size);
        copy.deficits = Arrays.copyOf(deficits, size);
        copy.size = size;
        return copy;
    }
}
