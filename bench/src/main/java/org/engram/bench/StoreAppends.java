package org.engram.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Patterns memorized by a store of the layout that the size of an entry stands for; process safe, and not synced. */
public class StoreAppends extends Appending {

    private final Pattern[] patterns =
            IntStream.range(0, APPENDS).mapToObj(Symbols::pattern).toArray(Pattern[]::new);
    private PatternStore store;

    /** JMH makes it. */
    public StoreAppends() {}

    @Override
    void check(Path empty, Entries few) {
        open(empty);
        memorize(few, few.count() / 2);
        store.memorizeAll(batch(few).subList(few.count() / 2, few.count()));
        closeFiles();
        try (PatternStore found = PatternStore.openReadOnly(empty)) {
            for (int i = 0; i < few.count(); i++) {
                if (!found.pattern(few.keys[i]).equals(Symbols.pattern(i))) {
                    throw new IllegalStateException(
                            "engram is wrong: %s does not hold what was memorized".formatted(few.keys[i]));
                }
            }
        }
    }

    @Override
    void open(Path empty) {
        store = PatternStore.create(empty, StoreOptions.DEFAULT.withLayout(EntrySize.layoutOf(bytes)));
    }

    /** Memorizes distinct patterns under new keys. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    public void engram() {
        memorize(entries, APPENDS);
    }

    /** Memorizes the same in one batch, which is there as a whole or not at all. */
    @Benchmark
    @OperationsPerInvocation(APPENDS)
    public void engramAll() {
        store.memorizeAll(batch(entries));
    }

    private List<Map.Entry<String, Pattern>> batch(Entries keyed) {
        return IntStream.range(0, keyed.count())
                .mapToObj(i -> Map.entry(keyed.keys[i], patterns[i]))
                .toList();
    }

    private void memorize(Entries keyed, int count) {
        for (int i = 0; i < count; i++) {
            store.memorize(keyed.keys[i], patterns[i]);
        }
    }

    @Override
    void closeFiles() {
        store.close();
    }
}
