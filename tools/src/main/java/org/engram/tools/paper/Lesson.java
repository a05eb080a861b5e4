package org.engram.tools.paper;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;

/** Teaches the 298 symbols to a new store. */
public final class Lesson {

    private Lesson() {}

    /**
     * Teaches a new store, closes it, and opens it read-only, so that every later answer comes from its files. The
     * caller closes the subject.
     */
    public static Subject learn(Path directory) {
        List<PaperSymbols.Symbol> symbols = PaperSymbols.all();
        List<Pattern> patterns =
                symbols.stream().map(PaperSymbols.Symbol::pattern).toList();
        try (PatternStore store = PatternStore.create(directory)) {
            for (PaperSymbols.Symbol symbol : symbols) {
                int neuron = store.memorize(symbol.key(), patterns.get(symbol.neuron()));
                if (neuron != symbol.neuron()) {
                    throw new IllegalStateException("symbol list is out of order: expected neuron %d, found %d"
                            .formatted(neuron, symbol.neuron()));
                }
            }
        }
        return new Subject(PatternStore.openReadOnly(directory), directory, symbols, patterns);
    }
}
