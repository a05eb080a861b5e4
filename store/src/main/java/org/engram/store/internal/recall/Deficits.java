package org.engram.store.internal.recall;

import java.util.Arrays;
import org.engram.store.Geometry;
import org.engram.store.internal.neurons.NeuronTable;

/**
 * Turns the summed response of two-valued weights back into a count of pixels, where the sum is exact enough. With P
 * votes for white, a neuron of gain g has the deficit {@code P - q / g}.
 */
final class Deficits {

    /** Stands for the deficit of a neuron that is retired or not two-valued. Counts that are added to it leave it above all others. */
    static final int OUT = 1 << 30;

    /**
     * Below this many pixels R, adding up R products in 64 lanes errs by less than half a product. A lane takes R / 64
     * additions, and 6 more join the lanes. An addition errs by at most 2^-24 of its sum. The sums of all lanes
     * together grow to at most R products, and are about half of that on average.
     */
    static final int FEW_PIXELS = 23_000;

    private Deficits() {}

    /**
     * Whether a neuron's summed response tells its deficit exactly. The sum does not round if the gain is a power of
     * two. It rounds by less than half a pixel if there are few pixels.
     */
    static boolean isCountable(int neuron, NeuronTable.View neurons, Geometry geometry) {
        return neurons.isTwoValued(neuron) && (geometry.pixels() < FEW_PIXELS || isPowerOfTwo(neurons.gain(neuron)));
    }

    private static boolean isPowerOfTwo(float gain) {
        return gain == Math.scalb(1f, Math.getExponent(gain));
    }

    /** Whether all neurons of two-valued weights have the same gain. Then deficits rank them as responses do. */
    static boolean rankAll(NeuronTable.View neurons) {
        return !Float.isNaN(neurons.commonGain());
    }

    /**
     * Writes {@link #OUT} over the deficits of neurons that are retired or not two-valued. The first is at {@code at}. Where few
     * neurons live, only those may be given.
     */
    static void exclude(int first, int count, NeuronTable.View neurons, int[] deficits, int at) {
        int end = first + count;
        if (neurons.live() < neurons.count() && !neurons.isFew()) {
            for (int from = first; from < end; from = (from | (Long.SIZE - 1)) + 1) {
                int some = Math.min(end - from, Long.SIZE - from % Long.SIZE);
                long retired = (~neurons.liveWord(from / Long.SIZE) >>> from) & (-1L >>> -some);
                exclude(retired, deficits, at + from - first);
            }
        }
        for (int i = neurons.notTwoValued() == 0 ? 0 : place(first, neurons); i < neurons.notTwoValued(); i++) {
            int other = neurons.notTwoValuedAt(i);
            if (other >= end) {
                break;
            }
            deficits[at + other - first] = OUT;
        }
    }

    private static void exclude(long retired, int[] deficits, int at) {
        if (retired == -1) {
            Arrays.fill(deficits, at, at + Long.SIZE, OUT);
            return;
        }
        for (long left = retired; left != 0; left &= left - 1) {
            deficits[at + Long.numberOfTrailingZeros(left)] = OUT;
        }
    }

    /** How many neurons below this one have weights that are not two-valued. */
    private static int place(int neuron, NeuronTable.View neurons) {
        int low = 0;
        int high = neurons.notTwoValued();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (neurons.notTwoValuedAt(middle) < neuron) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The deficit of a neuron that responds with q to a two-valued cue. The neuron must be countable. */
    static double behind(float q, int neuron, NeuronTable.View neurons, Votes cue) {
        return (double) Math.round(cue.positives() - (double) q / neurons.gain(neuron));
    }

    /**
     * Removes the rounding from summed responses to a two-valued cue: each response of a countable neuron becomes the
     * gain times the count. The response of neuron {@code first} is at {@code at}.
     */
    static void unround(int first, int count, NeuronTable.View neurons, Votes cue, float[] responses, int at) {
        if (!cue.isTwoValued() || isPowerOfTwo(neurons.commonGain())) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int neuron = first + i;
            float gain = neurons.gain(neuron);
            if (!isPowerOfTwo(gain) && isCountable(neuron, neurons, cue.geometry())) {
                responses[at + i] =
                        (float) (gain * (cue.positives() - behind(responses[at + i], neuron, neurons, cue)));
            }
        }
    }
}
