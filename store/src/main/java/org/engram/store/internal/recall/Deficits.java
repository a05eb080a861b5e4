package org.engram.store.internal.recall;

import org.engram.store.Geometry;
import org.engram.store.internal.neurons.NeuronTable;

/**
 * From the summed response of two-valued weights back to a count of pixels, where the sum tells it: with P votes for white
 * a neuron of gain g has the deficit {@code P - q / g}.
 */
public final class Deficits {

    /**
     * Below this, adding up R products in 64 lanes errs by less than half a product: R / 64 additions a lane and 6 across
     * lanes, each rounding by 2^-24 of a sum of at most R.
     */
    private static final int FEW_PIXELS = 23_000;

    private Deficits() {}

    /**
     * Whether a neuron's summed response tells its deficit exactly: sums of its two-valued weights do not round, because
     * the gain is a power of two, or not by as much as half a pixel, because they are few.
     */
    static boolean isCountable(int neuron, NeuronTable.View neurons, Geometry geometry) {
        return neurons.isTwoValued(neuron) && (geometry.pixels() < FEW_PIXELS || isPowerOfTwo(neurons.gain(neuron)));
    }

    private static boolean isPowerOfTwo(float gain) {
        return gain == Math.scalb(1f, Math.getExponent(gain));
    }

    /** The deficit behind a response to a two-valued cue, of a neuron for which that can be counted. */
    static long behind(float q, int neuron, NeuronTable.View neurons, Votes cue) {
        return Math.round(cue.positives() - (double) q / neurons.gain(neuron));
    }

    /** Replaces summed responses to a two-valued cue, where they tell a count, by the gain times that count. */
    static void unround(int first, int summed, NeuronTable.View neurons, Votes cue, float[] responses) {
        if (!cue.isTwoValued() || isPowerOfTwo(neurons.commonGain())) {
            return;
        }
        for (int i = first; i < first + summed; i++) {
            float gain = neurons.gain(i);
            if (!isPowerOfTwo(gain) && isCountable(i, neurons, cue.geometry())) {
                responses[i] = gain * (cue.positives() - behind(responses[i], i, neurons, cue));
            }
        }
    }
}
