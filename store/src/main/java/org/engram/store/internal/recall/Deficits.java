package org.engram.store.internal.recall;

import org.engram.store.Geometry;
import org.engram.store.internal.neurons.NeuronTable;

/**
 * From the summed response of two-valued weights back to a count of pixels, where the sum tells it. With P votes for white
 * a neuron of gain g has the deficit {@code P - q / g}.
 */
final class Deficits {

    /** In place of the deficit of a neuron that takes no part: retired, or not two-valued. */
    static final int OUT = Integer.MAX_VALUE;

    /**
     * Below this many pixels R, adding up R products in 64 lanes errs by less than half a product. There are R / 64
     * additions in a lane and 6 across lanes, and each rounds by 2^-24 of a sum of at most R.
     */
    private static final int FEW_PIXELS = 23_000;

    private Deficits() {}

    /**
     * Whether a neuron's summed response tells its deficit exactly. The sum does not round at all if the gain is a power of
     * two. It rounds by less than half a pixel if there are few pixels.
     */
    static boolean isCountable(int neuron, NeuronTable.View neurons, Geometry geometry) {
        return neurons.isTwoValued(neuron) && (geometry.pixels() < FEW_PIXELS || isPowerOfTwo(neurons.gain(neuron)));
    }

    private static boolean isPowerOfTwo(float gain) {
        return gain == Math.scalb(1f, Math.getExponent(gain));
    }

    /** Whether all neurons of two-valued weights have the same gain, so that deficits rank them as responses do. */
    static boolean rankAll(NeuronTable.View neurons) {
        return !Float.isNaN(neurons.commonGain());
    }

    /**
     * Puts {@link #OUT} in place of the deficits of neurons that take no part.
     *
     * @param at where the deficit of the neuron {@code first} stands
     */
    static void exclude(int first, int count, NeuronTable.View neurons, int[] deficits, int at) {
        if (neurons.others() > 0 || neurons.live() < neurons.count()) {
            for (int i = 0; i < count; i++) {
                if (!neurons.isLive(first + i) || !neurons.isTwoValued(first + i)) {
                    deficits[at + i] = OUT;
                }
            }
        }
    }

    /** The deficit behind a response to a two-valued cue, of a neuron for which that can be counted. */
    static long behind(float q, int neuron, NeuronTable.View neurons, Votes cue) {
        return Math.round(cue.positives() - (double) q / neurons.gain(neuron));
    }

    /**
     * Replaces summed responses to a two-valued cue, where they tell a count, by the gain times that count.
     *
     * @param at where the response of the neuron {@code first} stands
     */
    static void unround(int first, int count, NeuronTable.View neurons, Votes cue, float[] responses, int at) {
        if (!cue.isTwoValued() || isPowerOfTwo(neurons.commonGain())) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int neuron = first + i;
            float gain = neurons.gain(neuron);
            if (!isPowerOfTwo(gain) && isCountable(neuron, neurons, cue.geometry())) {
                responses[at + i] = gain * (cue.positives() - behind(responses[at + i], neuron, neurons, cue));
            }
        }
    }
}
