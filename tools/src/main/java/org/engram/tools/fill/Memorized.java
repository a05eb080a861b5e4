package org.engram.tools.fill;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Put;
import org.engram.tools.console.Text;

/** Stores patterns under keys, and keeps account of them. */
final class Memorized {

    private final PatternStore store;
    private final boolean replace;
    private final boolean skipExisting;
    private final List<KeyedNeuron> stored = new ArrayList<>();
    private final List<KeyedNeuron> replaced = new ArrayList<>();
    private int passedOver;

    /** Replaces, passes over, or refuses keys in use. */
    Memorized(PatternStore store, boolean replace, boolean skipExisting) {
        this.store = store;
        this.replace = replace;
        this.skipExisting = skipExisting;
    }

    PatternStore store() {
        return store;
    }

    /** Whether nothing is to be done for a key. */
    boolean passesOver(String key) {
        return passesOver(skipExisting && store.contains(key));
    }

    /** Whether nothing is to be done for a key: also when just this pattern is stored already. */
    boolean passesOver(String key, Pattern pattern) {
        return passesOver(store.holds(key, pattern) || (skipExisting && store.contains(key)));
    }

    private boolean passesOver(boolean isThere) {
        passedOver += isThere ? 1 : 0;
        return isThere;
    }

    KeyedNeuron store(String key, Pattern pattern) {
        Put put = replace ? store.put(key, pattern) : new Put(store.memorize(key, pattern), false);
        KeyedNeuron made = new KeyedNeuron(key, put.neuron());
        stored.add(made);
        if (put.replaced()) {
            replaced.add(made);
        }
        return made;
    }

    int stored() {
        return stored.size();
    }

    /** How many keys are dealt with. */
    int done() {
        return stored.size() + passedOver;
    }

    Answer answer() {
        return new Answer(stored, replaced, passedOver, store.size());
    }

    record Answer(List<KeyedNeuron> stored, List<KeyedNeuron> replaced, int passedOver, int neurons) {}

    String sentence() {
        String what;
        if (stored.isEmpty()) {
            what = "no pattern";
        } else if (stored.size() == 1) {
            what = "%s as neuron %d"
                    .formatted(
                            Text.quoted(stored.getFirst().key()),
                            stored.getFirst().neuron());
        } else {
            what = "%s as neurons %d to %d"
                    .formatted(
                            Text.count(stored.size(), "pattern"),
                            stored.getFirst().neuron(),
                            stored.getLast().neuron());
        }
        String there = passedOver == 0
                ? ""
                : ", %s %s there already".formatted(Text.count(passedOver), passedOver == 1 ? "was" : "were");
        return "memorized %s%s; the store holds %s".formatted(what, there, Text.count(store.size(), "pattern"));
    }
}
