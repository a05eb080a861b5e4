package org.engram.store;

import java.util.List;

/**
 * How two stores differ.
 *
 * @param settings one line for each of geometry, rule and criteria that differs, such as {@code geometry: 116 x 116, 20
 *     x 20}
 * @param onlyInFirst live keys of the first store that the second lacks, in neuron order
 * @param onlyInSecond live keys of the second store that the first lacks, in neuron order
 * @param changed keys that both have and whose patterns differ, in the first store's neuron order
 * @param same how many keys show the same pattern in both, bit for bit
 */
public record StoreDifference(
        List<String> settings, List<String> onlyInFirst, List<String> onlyInSecond, List<String> changed, int same) {

    /** Copies the lists. */
    public StoreDifference {
        settings = List.copyOf(settings);
        onlyInFirst = List.copyOf(onlyInFirst);
        onlyInSecond = List.copyOf(onlyInSecond);
        changed = List.copyOf(changed);
    }

    /** Whether the stores mean the same.
     * @return true if there is no difference */
    public boolean isEmpty() {
        return settings.isEmpty() && onlyInFirst.isEmpty() && onlyInSecond.isEmpty() && changed.isEmpty();
    }
}
