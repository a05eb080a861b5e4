package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A seeded, endless run of changes to one store, which the process that makes them and the one that checks them both
 * know: what step n does, which neurons live after it, and every pixel of them.
 */
final class ChangeScript {

    private final Geometry geometry;
    private final long seed;
    private final boolean realValuesToo;
    private final TreeMap<Integer, String> live = new TreeMap<>();
    private final Deque<String> forgotten = new ArrayDeque<>();
    private Criteria criteria = Criteria.DEFAULT;
    private int step;
    private int neurons;

    ChangeScript(Geometry geometry, long seed, boolean realValuesToo) {
        this.geometry = geometry;
        this.seed = seed;
        this.realValuesToo = realValuesToo;
    }

    /** What a step does. */
    enum Verb {
        MEMORIZE,
        REPLACE,
        FORGET,
        SYNC,
        JUDGE
    }

    private record Change(Verb verb, int neuron, String key) {}

    /** Steps taken so far. */
    int step() {
        return step;
    }

    /** Neurons so far, retired ones included. */
    int neurons() {
        return neurons;
    }

    /** The live neurons and their keys. */
    Map<Integer, String> live() {
        return live;
    }

    /** When an answer counts as recognised. */
    Criteria criteria() {
        return criteria;
    }

    private static Criteria criteriaOf(int step) {
        return new Criteria(step, 0.5f, 0.35f, 1f / (step + 1));
    }

    Verb nextVerb() {
        return next().verb;
    }

    /** Takes steps without a store, up to a number of them. */
    ChangeScript advanceTo(int steps) {
        while (step < steps) {
            take(next());
        }
        return this;
    }

    /** Makes the next change in a store and checks the neuron that it names. */
    void perform(PatternStore store) {
        Change change = next();
        switch (change.verb) {
            case MEMORIZE -> assertEquals(neurons, store.memorize(change.key, pattern(neurons)));
            case REPLACE -> assertEquals(neurons, store.replace(change.key, pattern(neurons)));
            case FORGET -> assertEquals(change.neuron, store.forget(change.key));
            case SYNC -> store.sync();
            case JUDGE -> store.setCriteria(criteriaOf(step));
        }
        take(change);
    }

    private Change next() {
        SplittableRandom random = random(step, 1);
        int dice = random.nextInt(100);
        if (live.size() < 3 || dice < 80) {
            boolean again = !forgotten.isEmpty() && random.nextInt(4) == 0;
            return new Change(Verb.MEMORIZE, neurons, again ? forgotten.peek() : "key 鍵 " + step);
        }
        if (dice >= 95) {
            return new Change(Verb.SYNC, -1, "");
        }
        if (dice >= 93) {
            return new Change(Verb.JUDGE, -1, "");
        }
        Integer chosen = live.floorKey(random.nextInt(neurons));
        Map.Entry<Integer, String> target = chosen == null ? live.firstEntry() : live.floorEntry(chosen);
        return new Change(dice < 88 ? Verb.REPLACE : Verb.FORGET, target.getKey(), target.getValue());
    }

    private void take(Change change) {
        switch (change.verb) {
            case MEMORIZE -> {
                forgotten.remove(change.key);
                live.put(neurons++, change.key);
            }
            case REPLACE -> {
                live.remove(change.neuron);
                live.put(neurons++, change.key);
            }
            case FORGET -> {
                live.remove(change.neuron);
                forgotten.add(change.key);
            }
            case SYNC -> {}
            case JUDGE -> criteria = criteriaOf(step);
        }
        step++;
    }

    /** The pattern of a neuron; every fifth is real-valued where the script has such. */
    Pattern pattern(int neuron) {
        SplittableRandom random = random(neuron, 2);
        if (realValuesToo && neuron % 5 == 4) {
            float[] values = new float[geometry.pixels()];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(-1000, 1000) / 256f;
            }
            return Pattern.of(geometry, values);
        }
        long[] words = new long[(geometry.pixels() + 63) / 64];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextLong();
        }
        BitSet white = BitSet.valueOf(words);
        white.clear(geometry.pixels(), words.length * 64);
        return Pattern.blackAndWhite(geometry, white);
    }

    /** The live neurons that a store lists. */
    static Map<Integer, String> liveIn(PatternStore store) {
        Map<Integer, String> found = new TreeMap<>();
        store.neurons().forEach(neuron -> found.put(neuron.neuron(), neuron.key()));
        return found;
    }

    private SplittableRandom random(int number, int purpose) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 4L + purpose);
    }
}
