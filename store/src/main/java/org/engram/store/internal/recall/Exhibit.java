package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.Weights;

/**
 * What neurons are compared with, in the scale of their weights w: a cue, or a neuron on the voters of a cue. The bits
 * are null unless it is two-valued.
 */
record Exhibit(ShownValues values, Shown bits) {

    /**
     * A cue as the weights w that would be learned from it, so that a neuron is at distance 0 from its own pattern under
     * every rule.
     */
    static Exhibit of(Votes cue, Weights weights) {
        ShownValues shown = cue.values();
        return new Exhibit(
                new ShownValues(weights.learned(shown.values()), shown.minus()), cue.isTwoValued() ? cue.bits() : null);
    }
}
