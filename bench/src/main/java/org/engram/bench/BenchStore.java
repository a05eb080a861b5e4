package org.engram.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.engram.store.PatternStore;

/** The stores that the benchmarks read: made once, kept for every later fork and run. */
final class BenchStore {

    /** The system property that names the directory to keep the stores in; the default is below java.io.tmpdir. */
    static final String DIRECTORY_PROPERTY = "engram.bench.dir";

    private BenchStore() {}

    static Path defaultDirectory() {
        String chosen = System.getProperty(DIRECTORY_PROPERTY, "");
        return chosen.isEmpty() ? Path.of(System.getProperty("java.io.tmpdir"), "engram-bench") : Path.of(chosen);
    }

    static Path path(Path directory, int neurons) {
        return directory.resolve("symbols-v%d-%d".formatted(Symbols.VERSION, neurons));
    }

    /**
     * Opens the store of the first {@code neurons} symbols for reading, and makes it first when it is missing.
     *
     * @throws IllegalStateException if what stands in its place holds another number of neurons
     */
    static PatternStore open(Path directory, int neurons) {
        Path path = path(directory, neurons);
        if (!Files.exists(path)) {
            make(path, neurons);
        }
        PatternStore store = PatternStore.openReadOnly(path);
        int found = store.size();
        if (found != neurons) {
            store.close();
            throw new IllegalStateException(
                    "benchmark store is not what it was made as: %s: expected %d neurons, found %d; delete it and run again"
                            .formatted(path, neurons, found));
        }
        return store;
    }

    /** Made under another name and renamed when it is whole, so that no run meets half a store. */
    private static void make(Path path, int neurons) {
        try {
            Files.createDirectories(path.getParent());
            Path unfinished = Files.createTempDirectory(
                    path.getParent(), path.getFileName().toString() + "-");
            try {
                fill(unfinished, neurons);
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                delete(unfinished);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make the benchmark store: %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static void fill(Path path, int neurons) {
        Set<BitSet> distinct = new HashSet<>();
        try (PatternStore store = PatternStore.create(path)) {
            for (int i = 0; i < neurons; i++) {
                if (!distinct.add(Symbols.white(i))) {
                    throw new IllegalStateException(
                            "symbol %d is not distinct: raise Symbols.VERSION with another seed".formatted(i));
                }
                store.memorize(Symbols.key(i), Symbols.pattern(i));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
