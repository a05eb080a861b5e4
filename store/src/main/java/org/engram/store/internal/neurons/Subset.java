package org.engram.store.internal.neurons;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.engram.store.internal.format.Keys;

/**
 * Which neurons a recall looks at; all others are as if they were retired. Immutable. What it means in a store is found by
 * {@link Subsets}, which remembers it as long as this object is in use.
 */
public abstract sealed class Subset {

    private Subset() {}

    public static Subset ofKeysStartingWith(String prefix) {
        if (!prefix.isEmpty()) {
            Keys.requireValid(prefix);
        }
        byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
        return new Tested(all -> {
            NeuronTable.View kept = all.onHeap();
            return neuron -> kept.keyStartsWith(neuron, bytes);
        });
    }

    public static Subset ofKeys(Collection<String> keys) {
        return new Named(Set.copyOf(keys));
    }

    public static Subset of(IntPredicate numbers) {
        Objects.requireNonNull(numbers, "numbers");
        return new Tested(_ -> numbers);
    }

    /** What the neurons of a view pass for ever or never. */
    @FunctionalInterface
    interface Test {
        IntPredicate of(NeuronTable.View all);
    }

    /** The neurons that pass a test. */
    static final class Tested extends Subset {
        final Test test;

        Tested(Test test) {
            this.test = test;
        }
    }

    /** The neurons that live under these keys. */
    static final class Named extends Subset {
        final Set<String> keys;

        Named(Set<String> keys) {
            this.keys = keys;
        }
    }
}
