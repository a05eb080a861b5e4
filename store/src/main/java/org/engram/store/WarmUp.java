package org.engram.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.recall.Request;
import org.engram.store.internal.recall.Votes;

/** Has a JVM load and compile what a recall runs, by recalls that nobody asked for. */
final class WarmUp {

    /** A JVM compiles what runs often, and this many neurons are searched often in a short time. */
    private static final int FEW = 512;
    /** After this many recalls a JVM has compiled what they run. */
    private static final int ENOUGH = 2_000;
    /** The JVM compiles beside the recalls. The times have settled when this many recalls in a row were no faster. */
    private static final int SETTLED = 300;

    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(5);

    private final OpenStore open;
    private final List<Votes> cues;
    /** Counts for nobody. */
    private final Watch nobody;

    private final long until = System.nanoTime() + MOST_NS;

    private WarmUp(OpenStore open, List<Votes> cues) {
        this.open = open;
        this.cues = cues;
        this.nobody = new Watch(open.directory);
    }

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
        // A cue of a stored pattern is searched for by the sketches, a damaged one by some blocks too, and a cue of
        // nothing stored in all bits.
        Geometry geometry = open.header().geometry();
        Pattern stored = open.memorized(first);
        Pattern damaged = stored.withNoise(0.05, Mask.all(geometry), 1);
        List<Votes> cues = Stream.of(stored, damaged, checked(geometry))
                .map(pattern -> open.votes(Cue.bipolar(pattern)))
                .toList();
        NeuronTable.View few = all.first(Math.min(all.count(), first + FEW));
        WarmUp warmUp = new WarmUp(open, cues);
        // Then all are searched, as what is compiled for few may not do for many.
        return warmUp.settle(few) + warmUp.recall(all) + warmUp.settle(few) + warmUp.recall(all);
    }

    private int settle(NeuronTable.View few) {
        int recalls = 0;
        int settled = 0;
        long fastest = Long.MAX_VALUE;
        while ((recalls < ENOUGH || settled < SETTLED) && System.nanoTime() < until) {
            long began = System.nanoTime();
            recalls += recall(few);
            long took = System.nanoTime() - began;
            settled = took < fastest ? 0 : settled + 1;
            fastest = Math.min(fastest, took);
        }
        return recalls;
    }

    private int recall(NeuronTable.View neurons) {
        for (Votes cue : cues) {
            open.recall(cue, neurons, Request.DEFAULT, nobody, new Watch.Call(System.nanoTime(), null));
        }
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
