package org.engram.tools.repair;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/** Takes a part of the patterns of a store, evenly from all. */
public final class EvenSample {

    private EvenSample() {}

    /** Takes at most this many live patterns. */
    public static Stream<Pattern> of(PatternStore store, int most) {
        List<Neuron> live = store.neurons();
        int taken = Math.min(most, live.size());
        return IntStream.range(0, taken)
                .map(k -> live.get((int) ((long) k * live.size() / taken)).neuron())
                .mapToObj(store::pattern);
    }
}
