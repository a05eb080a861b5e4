package org.engram.store.internal.neurons;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the neurons of subsets in one store. What was found is kept until the store changes, and what a test said of a
 * neuron until nobody uses the subset any more. Safe for any number of threads.
 */
public final class Subsets {

    private final NeuronTable table;
    private final Map<Subset, Known> known = new WeakHashMap<>();

    /** The neurons of a view that pass, retired ones included, and what is left of the view with them. */
    private record Known(NeuronTable.View whole, BitSet passed, NeuronTable.View left) {}

    public Subsets(NeuronTable table) {
        this.table = table;
    }

    /**
     * The neurons of a subset only, as {@code now} shows them or, if the subset is of keys, as they are published by
     * now.
     */
    @SuppressWarnings("ReferenceEquality") // each view is a moment of its own
    public NeuronTable.View view(Subset subset, NeuronTable.View now) {
        Known last;
        synchronized (known) {
            last = known.get(subset);
        }
        if (last != null && last.whole == now) {
            return last.left;
        }
        // The tests of a host run without a lock. Two threads may do this at once, but find the same.
        Known found = switch (subset) {
            case Subset.Tested tested -> tested(tested, now, last);
            case Subset.Named named -> named(named);
        };
        synchronized (known) {
            known.put(subset, found);
        }
        return found.left;
    }

    private static Known tested(Subset.Tested subset, NeuronTable.View now, @Nullable Known last) {
        BitSet passed = last == null ? new BitSet(now.count()) : (BitSet) last.passed.clone();
        int first = last == null ? 0 : last.whole.count();
        IntPredicate test = first < now.count() ? subset.test.of(now) : _ -> false;
        for (int i = first; i < now.count(); i++) {
            passed.set(i, test.test(i));
        }
        // If the subset is few, each change of the store costs about a bit for every neuron.
        int[] live = new int[Math.min(now.live(), passed.cardinality())];
        int size = 0;
        for (int i = passed.nextSetBit(0); i >= 0 && i < now.count(); i = passed.nextSetBit(i + 1)) {
            if (now.isLive(i)) {
                live[size++] = i;
            }
        }
        return new Known(now, passed, now.among(Arrays.copyOf(live, size)));
    }

    private Known named(Subset.Named subset) {
        NeuronTable.Found found = table.find(subset.keys);
        return new Known(found.view(), new BitSet(), found.view().among(found.neurons()));
    }
}
