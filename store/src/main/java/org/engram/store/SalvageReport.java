package org.engram.store;

import java.util.List;

/**
 * What a salvage brought out of a damaged store.
 *
 * @param neurons how many neurons the new store has
 * @param lostNeurons how many live neurons are lost, as far as can be told
 * @param lost what is lost
 * @param notes what else is worth knowing: what was mended or derived, and what may have come back
 */
public record SalvageReport(int neurons, int lostNeurons, List<Diagnosis> lost, List<Diagnosis> notes) {

    /** Copies the lists. */
    public SalvageReport {
        lost = List.copyOf(lost);
        notes = List.copyOf(notes);
    }
}
