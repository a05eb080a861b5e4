package org.engram.store.internal.recall;

import org.engram.store.internal.kernel.Shown;
import org.engram.store.internal.kernel.ShownValues;
import org.engram.store.internal.neurons.Weights;

/** What neurons are compared with, in the scale of their weights w: a cue, or a neuron on the voters of a cue. */
sealed interface Exhibit {

    ShownValues values();

    /** Has bits as well, with which two-valued neurons are compared. */
    record TwoValued(ShownValues values, Shown bits) implements Exhibit {}

    record RealValued(ShownValues values) implements Exhibit {}

    /**
     * A cue as the weights w that would be learned from it, so that a neuron is at distance 0 from its own pattern under
     * every rule.
     */
    static Exhibit of(Votes cue, Weights weights) {
        ShownValues shown = cue.values();
        ShownValues learned = new ShownValues(weights.learned(shown.values()), shown.minus());
        return cue.isTwoValued() ? new TwoValued(learned, cue.bits()) : new RealValued(learned);
    }
}
