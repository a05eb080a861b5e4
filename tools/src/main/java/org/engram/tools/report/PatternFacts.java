package org.engram.tools.report;

import java.util.BitSet;
import org.engram.store.Candidate;
import org.engram.store.Cue;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;

/**
 * Facts about one two-valued pattern among the others. {@code white} is its share of white pixels. {@code nearest} is
 * the other two-valued neuron whose pattern is nearest, or -1. {@code distance} is the share of pixels in which the two
 * differ, or NaN.
 */
record PatternFacts(Neuron neuron, BitSet whitePixels, double white, int nearest, double distance) {

    boolean hasNearest() {
        return nearest >= 0;
    }

    boolean isDuplicate() {
        return distance == 0;
    }

    /** Asks a store for the nearest patterns, one pattern after the other. Not safe for threads. */
    static final class Finder {

        /** If responses do not rank neurons by distance, the nearest is found among this many that respond most. */
        private static final int MANY = 64;

        private final PatternStore store;
        private final BitSet twoValued = new BitSet();
        private final RecallOptions options;

        Finder(PatternStore store) {
            this.store = store;
            for (Neuron neuron : store.neurons()) {
                twoValued.set(neuron.neuron(), neuron.twoValued());
            }
            boolean ranked =
                    twoValued.cardinality() == store.size() && store.rule().steps() == 1;
            this.options = RecallOptions.DEFAULT.withCandidates(ranked ? 2 : MANY);
        }

        PatternFacts of(Neuron neuron) {
            Pattern pattern = store.pattern(neuron.neuron());
            int pixels = store.geometry().pixels();
            float[] values = pattern.values();
            BitSet white = new BitSet(pixels);
            for (int j = 0; j < pixels; j++) {
                white.set(j, values[j] > 0);
            }
            int nearest = -1;
            long least = Long.MAX_VALUE;
            for (Candidate candidate :
                    store.recall(Cue.bipolar(pattern), options).candidates()) {
                long differing = Math.round((1 - candidate.agreement()) * pixels);
                boolean other = candidate.neuron() != neuron.neuron() && twoValued.get(candidate.neuron());
                if (other && differing < least) {
                    nearest = candidate.neuron();
                    least = differing;
                }
            }
            return new PatternFacts(
                    neuron,
                    white,
                    (double) white.cardinality() / pixels,
                    nearest,
                    nearest < 0 ? Double.NaN : (double) least / pixels);
        }
    }
}
