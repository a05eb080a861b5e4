package org.engram.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.recall.Request;
import org.engram.store.internal.recall.Votes;

/** Has a JVM load and compile what a recall runs, by recalls that nobody asked for. */
final class WarmUp {

    /** A JVM compiles what runs often: so many neurons are searched often in a short time. */
    private static final int FEW = 512;

    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(2);
    /** The times have settled when so many rounds were not faster, by this factor, than one before. */
    private static final int SETTLED = 3;

    private static final double FASTER = 0.8;

    private WarmUp() {}

    /** How many recalls that were. */
    static int of(OpenStore open) {
        NeuronTable.View all = open.wholeView();
        int first = 0;
        while (first < all.count() && !all.isLive(first)) {
            first++;
        }
        if (first == all.count()) {
            return 0;
        }
        // A sight of a stored pattern is searched for by its sketch, and one of nothing stored in all bits.
        Pattern stored = open.memorized(first);
        List<Votes> cues = List.of(
                open.votes(Cue.bipolar(stored)),
                open.votes(Cue.bipolar(checked(open.header().geometry()))));
        NeuronTable.View few = all.first(Math.min(all.count(), first + FEW));
        int recalls = 0;
        int settled = 0;
        long fastest = Long.MAX_VALUE;
        long began = System.nanoTime();
        while (settled < SETTLED && System.nanoTime() - began < MOST_NS) {
            long round = System.nanoTime();
            do {
                recalls += recall(open, cues, few);
            } while (System.nanoTime() - round < ROUND_NS);
            long whole = System.nanoTime();
            recalls += recall(open, cues, all);
            long took = System.nanoTime() - whole;
            settled = took < FASTER * fastest ? 0 : settled + 1;
            fastest = Math.min(fastest, took);
        }
        return recalls;
    }

    private static int recall(OpenStore open, List<Votes> cues, NeuronTable.View neurons) {
        cues.forEach(cue -> open.recognizer.recall(cue, neurons, Request.DEFAULT));
        return cues.size();
    }

    private static Pattern checked(Geometry geometry) {
        float[] values = new float[geometry.pixels()];
        for (int j = 0; j < values.length; j += 2) {
            values[j] = 1;
        }
        return Pattern.of(geometry, values);
    }
}
