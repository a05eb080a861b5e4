package org.engram.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.engram.store.Neuron;

/** Chooses the wanted number of neurons at random, or all when there are no more. The same seed chooses the same. */
final class Sample {

    private Sample() {}

    static List<Neuron> of(List<Neuron> neurons, int wanted, long seed) {
        if (neurons.size() <= wanted) {
            return List.copyOf(neurons);
        }
        Random random = new Random(seed);
        List<Neuron> chosen = new ArrayList<>(wanted);
        // Each is taken with the chance that makes all choices of this size equally likely.
        for (int i = 0; i < neurons.size() && chosen.size() < wanted; i++) {
            if (random.nextInt(neurons.size() - i) < wanted - chosen.size()) {
                chosen.add(neurons.get(i));
            }
        }
        return chosen;
    }
}
