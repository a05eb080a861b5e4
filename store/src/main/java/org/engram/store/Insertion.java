package org.engram.store;

import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What {@link PatternStore#insertUnlessSimilar} did.
 *
 * @param neuron the number of the new neuron, or of the similar one
 * @param similar the nearest neuron that is similar; empty when there was none, so that the pattern is stored now
 */
public record Insertion(int neuron, Optional<Candidate> similar) {

    /** Whether the pattern is stored now.
     * @return true when no neuron was similar */
    public boolean isInserted() {
        return similar.isEmpty();
    }

    /** Inserts where a recall within a radius names nobody. */
    static Insertion unless(Recall near, IntSupplier insert) {
        return near.candidates().stream()
                .findFirst()
                .map(similar -> new Insertion(similar.neuron(), Optional.of(similar)))
                .orElseGet(() -> new Insertion(insert.getAsInt(), Optional.empty()));
    }
}
