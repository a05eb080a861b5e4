package org.engram.store.internal.recall;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.kernel.DistanceKernel;
import org.engram.store.internal.kernel.Kernels;
import org.engram.store.internal.kernel.ResponseKernel;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.StripeMapping;
import org.engram.store.internal.neurons.Weights;

/**
 * Measures squared distances to w stripes for one thread, {@code sum_j (y_j - w_ij / W)^2} over the voters. The stripes
 * are mapped from a file, or derived a few at a time without one. All layouts hold the same w, so all give the same
 * distances.
 */
final class Distances {

    /** This many stripes stay in a cache while many cues are compared with them. */
    private static final int TOGETHER = 8;

    private final Weights weights;
    private final DistanceKernel kernel = Kernels.distances();
    /** {@code W^2}: what a voter adds in which a two-valued neuron disagrees with a two-valued cue. */
    private final double unit;

    private final MemorySegment scratch =
            Arena.ofAuto().allocate(ResponseKernel.SCRATCH_BYTES, StripeLayout.ALIGNMENT_BYTES);
    private final ShownValues[] single = new ShownValues[1];
    private final float[][] singleDistances = new float[1][];
    private final float[] one = new float[1];
    private MemorySegment derived = MemorySegment.NULL;
    private float[] expanded = {};

    Distances(Weights weights) {
        this.weights = weights;
        this.unit = (double) weights.white() * weights.white();
    }

    /** One object for each thread: those that are there already, when there are enough. */
    static Distances[] forThreads(int threads, Distances[] there, Weights weights) {
        return there.length >= threads
                ? there
                : Stream.generate(() -> new Distances(weights)).limit(threads).toArray(Distances[]::new);
    }

    float to(int neuron, ShownValues shown) {
        to(neuron, 1, shown, one, 0);
        return one[0];
    }

    /** Measures neighbouring neurons. The distance of neuron {@code first} goes to place {@code at}. */
    void to(int first, int count, ShownValues shown, float[] distances, int at) {
        single[0] = shown;
        singleDistances[0] = distances;
        to(first, count, single, 1, singleDistances, at);
    }

    /** Measures the same to many that are shown. The stripes are read from memory once. */
    void to(int first, int count, ShownValues[] shown, int size, float[][] distances, int at) {
        StripeMapping w = weights.w();
        int perChunk = weights.wPerChunk();
        int step = size == 1 && w != null ? count : TOGETHER;
        int some;
        for (int done = 0; done < count; done += some) {
            int neuron = first + done;
            some = Math.min(Math.min(step, count - done), perChunk - neuron % perChunk);
            MemorySegment stripes = w == null ? derived(neuron, some) : w.chunkOf(neuron);
            long offset = w == null ? 0 : w.offsetInChunk(neuron);
            for (int s = 0; s < size; s++) {
                kernel.distances(stripes, offset, shown[s], some, distances[s], at + done, scratch);
            }
        }
        for (int s = 0; unit != 1 && s < size; s++) {
            for (int i = at; i < at + count; i++) {
                distances[s][i] = (float) (distances[s][i] / unit);
            }
        }
    }

    private MemorySegment derived(int first, int count) {
        if (expanded.length == 0) {
            expanded = new float[StripeLayout.paddedFloats(weights.geometry())];
            derived = Arena.ofAuto()
                    .allocate((long) TOGETHER * expanded.length * Float.BYTES, StripeLayout.ALIGNMENT_BYTES);
        }
        for (int i = 0; i < count; i++) {
            weights.pixelBits(first + i).expand(weights.white(), expanded);
            long at = (long) i * expanded.length * Float.BYTES;
            MemorySegment.copy(expanded, 0, derived, LittleEndian.FLOAT, at, expanded.length);
        }
        return derived;
    }
}
