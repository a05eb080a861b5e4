package org.engram.store;

import java.util.List;

/**
 * What a salvage brought out of a damaged store.
 *
 * @param neurons how many neurons the new store has
 * @param lostNeurons how many live neurons are lost, as far as can be told
 * @param lost each loss on a line: what, file, offset, expected, found, why
 * @param notes what else is worth knowing, one line each: what was mended or derived, and what may have come back
 */
public record SalvageReport(int neurons, int lostNeurons, List<String> lost, List<String> notes) {

    /** Copies the lists. */
    public SalvageReport {
        lost = List.copyOf(lost);
        notes = List.copyOf(notes);
    }
}
