package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a store holds after so many changes, and what it held before the last of them: a history is a chain of these. No two
 * states of a history have the same numbers of neurons and of retired
 * ones, and the same criteria.
 *
 * @param before null for an empty store
 * @param changes how many made it
 * @param neurons by number
 * @param criteria when an answer counts as recognised
 */
record StoreState(StoreState before, int changes, List<Known> neurons, Criteria criteria) {

    /** A neuron that was stored. */
    record Known(String key, Pattern pattern, boolean retired) {}

    static final StoreState EMPTY = new StoreState(null, 0, List.of(), Criteria.DEFAULT);

    /** With one more neuron, which replaces the live one of its key, if there is one. */
    StoreState with(String key, Pattern pattern) {
        List<Known> after = withoutKey(key);
        after.add(new Known(key, pattern, false));
        return new StoreState(this, changes + 1, List.copyOf(after), criteria);
    }

    StoreState without(String key) {
        return new StoreState(this, changes + 1, List.copyOf(withoutKey(key)), criteria);
    }

    /** Judging by criteria that no other state of the history has. */
    StoreState judging() {
        return new StoreState(
                this, changes + 1, neurons, new Criteria(-changes, 1f / (changes + 1), 0.25f, 1f / (changes + 2)));
    }

    private List<Known> withoutKey(String key) {
        List<Known> after = new ArrayList<>();
        for (Known known : neurons) {
            after.add(known.key.equals(key) ? new Known(key, known.pattern, true) : known);
        }
        return after;
    }

    /** The keys of live neurons by their numbers. */
    Map<Integer, String> live() {
        Map<Integer, String> live = new TreeMap<>();
        for (int i = 0; i < neurons.size(); i++) {
            if (!neurons.get(i).retired) {
                live.put(i, neurons.get(i).key);
            }
        }
        return live;
    }

    int retired() {
        return neurons.size() - live().size();
    }

    /** The state of this history, not later than this, that a store is in. */
    StoreState foundIn(Opening open) {
        NeuronTable.View view = open.table.view();
        for (StoreState state = this; state != null; state = state.before) {
            if (state.neurons.size() == view.count()
                    && state.retired() == view.count() - view.live()
                    && state.criteria.equals(view.criteria())) {
                return state;
            }
        }
        throw new AssertionError(
                "no state of the history has %d neurons, %d of them live, and %s; the last has %d, %d of them live, and %s"
                        .formatted(
                                view.count(), view.live(), view.criteria(), neurons.size(), live().size(), criteria));
    }

    /** The same for a store that may number its neurons in another way. */
    void assertKeysAndPatternsIn(PatternStore store) {
        assertEquals(live().size(), store.size());
        assertEquals(criteria, store.criteria());
        live().forEach((neuron, key) -> assertEquals(neurons.get(neuron).pattern, store.pattern(key), key));
    }

    /** Checks every key, every pixel, and that every black and white pattern is recalled from the whole of it. */
    void assertIn(PatternStore store, Path directory, Header header) throws IOException {
        assertEquals(live(), ChangeScript.liveIn(store));
        assertTrue(
                criteria.equals(Criteria.DEFAULT) || header.hasCriteriaRecords(),
                "the journal has a record that its format does not know");
        for (Part part : header.parts()) {
            long expected = part.stripeBytes(header.geometry()) * neurons.size();
            // looked at first, for a mapping of what is not there faults
            assertTrue(Files.size(directory.resolve(part.fileName)) >= expected, part.fileName + " is too short");
        }
        for (Map.Entry<Integer, String> live : live().entrySet()) {
            Known known = neurons.get(live.getKey());
            assertEquals(known.pattern, store.pattern(live.getKey()), () -> "pattern of " + live);
            if (known.pattern.isBlackAndWhite()) {
                for (RecallPath path : new RecallPath[] {RecallPath.AUTO, RecallPath.STRIPES}) {
                    Recall recall = store.recall(Cue.bipolar(known.pattern), RecallOptions.DEFAULT.withPath(path));
                    assertEquals(live.getKey(), recall.neuron(), () -> "recall of " + live + " by " + path);
                }
            }
        }
    }
}
