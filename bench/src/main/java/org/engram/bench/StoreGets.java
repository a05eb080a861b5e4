package org.engram.bench;

import java.nio.file.Path;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.openjdk.jmh.annotations.Benchmark;

/** Patterns displayed by a store of the layout that the size of an entry stands for, open for reading. */
public class StoreGets extends Getting {

    private PatternStore store;

    /** JMH makes it. */
    public StoreGets() {}

    @Override
    void open(Path empty, Entries entries) {
        StoreOptions options = StoreOptions.DEFAULT.withLayout(EntrySize.layoutOf(bytes));
        try (PatternStore filled = PatternStore.create(empty, options)) {
            for (int i = 0; i < entries.count(); i++) {
                filled.memorize(entries.keys[i], Symbols.pattern(i));
            }
        }
        store = PatternStore.openReadOnly(empty);
        for (int i = 0; i < entries.count(); i++) {
            if (!store.pattern(entries.keys[i]).equals(Symbols.pattern(i))) {
                throw new IllegalStateException(
                        "engram is wrong: %s does not hold what was memorized".formatted(entries.keys[i]));
            }
        }
    }

    /**
     * Looks a key up and displays its pattern, which is held at one bit a pixel.
     *
     * @return the pattern
     */
    @Benchmark
    public Pattern engram() {
        return store.pattern(nextKey());
    }

    /**
     * The same, and copies the pattern into an array of floats.
     *
     * @return the floats
     */
    @Benchmark
    public float[] engramValues() {
        return store.pattern(nextKey()).values();
    }

    @Override
    void closeFiles() {
        store.close();
    }
}
