package org.engram.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;

/** The stores that the benchmarks read: made once, kept for every later fork and run. */
final class BenchStore {

    /** The system property that names the directory to keep the stores in; the default is below java.io.tmpdir. */
    static final String DIRECTORY_PROPERTY = "engram.bench.dir";

    private BenchStore() {}

    static Path defaultDirectory() {
        String chosen = System.getProperty(DIRECTORY_PROPERTY, "");
        return chosen.isEmpty() ? Path.of(System.getProperty("java.io.tmpdir"), "engram-bench") : Path.of(chosen);
    }

    static Path path(Path directory, int neurons, Layout layout) {
        return directory.resolve(
                "symbols-v%d-%s-%d".formatted(Symbols.VERSION, layout.name().toLowerCase(Locale.ROOT), neurons));
    }

    /** The store of the first {@code neurons} symbols, made when it is missing. */
    static Path make(Path directory, int neurons, Layout layout) {
        return make(
                path(directory, neurons, layout),
                StoreOptions.DEFAULT.withLayout(layout),
                neurons,
                Symbols::key,
                Symbols::pattern);
    }

    private static Path make(
            Path path, StoreOptions options, int neurons, IntFunction<String> key, IntFunction<Pattern> pattern) {
        if (!Files.exists(path)) {
            makeAside(path, options, neurons, key, pattern);
        }
        return path;
    }

    /** Opens a store of other patterns for reading, and makes it first when it is missing. */
    static PatternStore open(
            Path directory, String name, StoreOptions options, int neurons, IntFunction<Pattern> pattern) {
        Path path = directory.resolve("%s-%d".formatted(name, neurons));
        return openReadOnly(make(path, options, neurons, number -> "k" + number, pattern), neurons);
    }

    /**
     * Opens the store of the first {@code neurons} symbols for reading, and makes it first when it is missing.
     *
     * @throws IllegalStateException if what stands in its place holds another number of neurons
     */
    static PatternStore open(Path directory, int neurons, Layout layout) {
        return openReadOnly(make(directory, neurons, layout), neurons);
    }

    private static PatternStore openReadOnly(Path path, int neurons) {
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

    /** Makes a store under another name, and renames it when it is whole, so that no run meets half of it. */
    private static void makeAside(
            Path path, StoreOptions options, int neurons, IntFunction<String> key, IntFunction<Pattern> pattern) {
        try {
            Files.createDirectories(path.getParent());
            Path unfinished = Files.createTempDirectory(
                    path.getParent(), path.getFileName().toString() + "-");
            try {
                fill(unfinished, options, neurons, key, pattern);
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                delete(unfinished);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make what the benchmarks read: %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static void fill(
            Path path, StoreOptions options, int neurons, IntFunction<String> key, IntFunction<Pattern> pattern) {
        try (PatternStore store = PatternStore.create(path, options)) {
            for (int i = 0; i < neurons; i++) {
                store.memorize(key.apply(i), pattern.apply(i));
            }
        }
    }

    /** Deletes a directory and what it holds. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
