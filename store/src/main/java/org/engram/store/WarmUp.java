package org.engram.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.recall.Request;
import org.engram.store.internal.recall.Votes;

/** Has a JVM load and compile what a recall runs, by recalls that nobody asked for. */
final class WarmUp {

    private static final long ENOUGH_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private WarmUp() {}

    /** Warms up, and returns the number of recalls. */
    static int of(OpenStore open) {
        NeuronTable.View all = open.wholeView();
        int first = 0;
        while (first < all.count() && !all.isLive(first)) {
            first++;
        }
        if (first == all.count()) {
            return 0;
        }
        // A cue of a stored pattern is searched for by the sketches, and a cue of nothing stored in all bits.
        Pattern stored = open.memorized(first);
        List<Votes> cues = List.of(
                open.votes(Cue.bipolar(stored)),
                open.votes(Cue.bipolar(checked(open.header().geometry()))));
        int recalls = 0;
        long until = System.nanoTime() + ENOUGH_NS;
        do {
            for (Votes cue : cues) {
                open.recognizer.recall(cue, all, Request.DEFAULT);
                recalls++;
            }
        } while (System.nanoTime() < until);
        return recalls;
    }

    private static Pattern checked(Geometry geometry) {
        float[] values = new float[geometry.pixels()];
        for (int j = 0; j < values.length; j += 2) {
            values[j] = 1;
        }
        return Pattern.of(geometry, values);
    }
}
