package org.engram.store.internal.recall;

import org.engram.store.Geometry;
import org.engram.store.internal.neurons.NeuronTable;

/**
 * Turns the summed response of two-valued weights back into a count of pixels, where the sum is exact enough. With P
 * votes for white, a neuron of gain g has the deficit {@code P - q / g}.
 */
final class Deficits {

    /** Stands for the deficit of a neuron that is retired or not two-valued. */
    static final int OUT = Integer.MAX_VALUE;

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

    /** Writes {@link #OUT} over the deficits of neurons that are retired or not two-valued. The first is at {@code at}. */
    static void exclude(int first, int count, NeuronTable.View neurons, int[] deficits, int at) {
        if (neurons.notTwoValued() > 0 || neurons.live() < neurons.count()) {
            for (int i = 0; i < count; i++) {
                if (!neurons.isLive(first + i) || !neurons.isTwoValued(first + i)) {
                    deficits[at + i] = OUT;
                }
            }
        }
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
