package org.engram.tools.fill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A neuron that a verb changed.
 *
 * @param key its key
 * @param neuron its number
 */
record KeyedNeuron(String key, int neuron) {

    /** As JSON has them, in their order. */
    static List<Map<String, Object>> json(List<KeyedNeuron> neurons) {
        return neurons.stream().map(KeyedNeuron::json).toList();
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("neuron", neuron);
        return json;
    }
}
