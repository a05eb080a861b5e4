package org.engram.tools.transfer;

import java.util.BitSet;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/** What a neuron was taught, as far as its weights tell. */
final class ShownPattern {

    private ShownPattern() {}

    /**
     * The pattern of a neuron: a black and white one as it was memorized, whatever weight the learning rule gives to
     * white; any other as the store displays it.
     */
    static Pattern of(PatternStore store, Neuron neuron) {
        Pattern shown = store.pattern(neuron.neuron());
        if (!neuron.blackAndWhite() || shown.isBlackAndWhite()) {
            return shown;
        }
        float[] values = shown.values();
        BitSet white = new BitSet(values.length);
        for (int j = 0; j < values.length; j++) {
            white.set(j, values[j] > 0);
        }
        return Pattern.blackAndWhite(shown.geometry(), white);
    }
}
