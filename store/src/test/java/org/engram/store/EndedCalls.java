package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.StoreDirectory;

/**
 * Calls that an Error ends. Their number draws the call, the layout, the durability and how far it gets. What was
 * acknowledged is there, nothing is half there, the writer says that it is unusable if it is, close returns, and the lock
 * is free.
 */
final class EndedCalls {

    private static final Geometry G = new Geometry(8, 8);
    private static final long SEED = 20_260_601;
    private static final int WARM = 200;
    /** A store that has more is replaced by a new one, which opens faster. */
    private static final int FULL = 40;

    private static final long PATIENCE_S = 30;
    private static final Progress SILENT = (done, total) -> {};

    /** How a call comes to its end. */
    interface Ending {
        /** What ended it; null if it returned. */
        Throwable of(SplittableRandom random, Runnable call) throws Exception;
    }

    private enum Kind {
        MEMORIZE,
        PUT,
        MEMORIZE_ALL,
        FORGET,
        SET_CRITERIA,
        SYNC,
        RECALL,
        READ,
        CLOSE,
        OPEN,
        REBUILD,
        COPY;

        boolean isOfAnOpenStore() {
            return compareTo(OPEN) < 0;
        }
    }

    /** A store, and what it holds. */
    private static final class Shelf {
        final Path path;
        final Layout layout;
        final OpenOptions options;
        Map<String, Pattern> held = new TreeMap<>();

        Shelf(Path path, Layout layout, Durability durability) {
            this.path = path;
            this.layout = layout;
            this.options = OpenOptions.DEFAULT.withDurability(durability);
            fill();
        }

        private void fill() {
            held.clear();
            for (int i = 0; i < 8; i++) {
                held.put("first " + i, Patterns.random(G, i));
            }
            StoreOptions empty = StoreOptions.DEFAULT.withGeometry(G).withLayout(layout);
            try (PatternStore store = PatternStore.create(path, empty)) {
                store.memorizeAll(held.entrySet());
            }
        }

        void renew() throws IOException {
            assertTrue(StoreCare.verify(path, SILENT).isSound());
            StoreBytes.delete(path);
            fill();
        }

        PatternStore open() {
            return PatternStore.open(path, options);
        }

        @Override
        public String toString() {
            return layout + " " + options.durability();
        }
    }

    private final List<Shelf> shelves = new ArrayList<>();
    private final Path copy;
    private final Class<? extends Error> expected;
    private final Map<String, Integer> tally = new TreeMap<>();
    private int errors;

    EndedCalls(Path directory, Class<? extends Error> expected) throws Exception {
        this.copy = directory.resolve("copy");
        this.expected = expected;
        for (Layout layout : Layout.values()) {
            for (Durability durability : Durability.values()) {
                shelves.add(new Shelf(directory.resolve(layout + " " + durability), layout, durability));
            }
        }
        // no class is loaded first when there is no room for it
        for (int n = 0; n < WARM; n++) {
            tryOnce(n, (random, call) -> {
                call.run();
                return null;
            });
        }
        tally.clear();
    }

    /** Goes on until this number of calls ended, and prints how. */
    void run(int wanted, Ending ending) throws Exception {
        int n = WARM;
        for (; errors < wanted; n++) {
            tryOnce(n, ending);
        }
        for (Shelf shelf : shelves) {
            shelf.renew();
        }
        System.out.printf("%d of %d calls ended in an %s: %s%n", errors, n - WARM, expected.getSimpleName(), tally);
    }

    private void tryOnce(int n, Ending ending) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + n);
        Shelf shelf = shelves.get(random.nextInt(shelves.size()));
        Kind drawn = Kind.values()[random.nextInt(Kind.values().length)];
        Kind kind = drawn == Kind.REBUILD && shelf.layout == Layout.PACKED ? Kind.COPY : drawn;
        try {
            tryOnce(n, kind, shelf, random, ending);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("call %d, %s, %s: %s".formatted(n, kind, shelf, e), e);
        }
        if (shelf.held.size() > FULL) {
            shelf.renew();
        }
    }

    private void tryOnce(int n, Kind kind, Shelf shelf, SplittableRandom random, Ending ending) throws Exception {
        Map<String, Pattern> changed = new TreeMap<>(shelf.held);
        PatternStore[] open = new PatternStore[1];
        if (kind.isOfAnOpenStore()) {
            open[0] = shelf.open();
        }
        Throwable end = ending.of(random, call(n, kind, shelf, changed, open));
        if (end != null && !isExpected(end)) {
            throw new AssertionError("ended by " + end, end);
        }
        errors += end == null ? 0 : 1;
        tally.merge(kind.name(), end == null ? 0 : 1, Integer::sum);
        List<Map<String, Pattern>> allowed = end == null ? List.of(changed) : List.of(changed, shelf.held);
        if (open[0] != null) {
            if (kind != Kind.CLOSE) {
                goOnOrSayWhyNot(open[0], "more " + n, allowed);
            }
            close(open[0]);
        }
        Map<String, Pattern> found = new TreeMap<>();
        try (PatternStore store = shelf.open()) {
            store.neurons().forEach(neuron -> found.put(neuron.key(), store.pattern(neuron.neuron())));
        }
        assertTrue(
                allowed.contains(found),
                () -> "expected one of %s, found %s"
                        .formatted(allowed.stream().map(Map::keySet).toList(), found.keySet()));
        shelf.held = found;
        if (kind == Kind.COPY) {
            checkCopy(shelf, end);
        }
    }

    /**
     * Where the heap stays full, a JVM has one OutOfMemoryError for all. Java's try then fails to note it on itself, and
     * throws an IllegalArgumentException caused by it.
     */
    private boolean isExpected(Throwable end) {
        return expected.isInstance(end instanceof IllegalArgumentException ? end.getCause() : end);
    }

    /** The call, and in {@code changed} what it makes of the store; all that is not its own is there before. */
    private Runnable call(int n, Kind kind, Shelf shelf, Map<String, Pattern> changed, PatternStore[] open) {
        String key = "key " + n;
        String some = shelf.held.keySet().stream()
                .skip(n % shelf.held.size())
                .findFirst()
                .orElseThrow();
        Pattern pattern = Patterns.random(G, 31L * n);
        Cue cue = Cue.bipolar(shelf.held.get(some));
        PatternStore store = open[0];
        return switch (kind) {
            case MEMORIZE -> {
                changed.put(key, pattern);
                yield () -> store.memorize(key, pattern);
            }
            case PUT -> {
                changed.put(some, pattern);
                yield () -> store.put(some, pattern);
            }
            case MEMORIZE_ALL -> {
                Map<String, Pattern> batch = Map.of(key, pattern, key + "b", Patterns.random(G, 31L * n + 1));
                changed.putAll(batch);
                yield () -> store.memorizeAll(batch.entrySet());
            }
            case FORGET -> {
                changed.remove(some);
                yield () -> store.forget(some);
            }
            case SET_CRITERIA -> {
                Criteria criteria = new Criteria(n, 0.5f, 0.5f, 0.5f);
                yield () -> store.setCriteria(criteria);
            }
            case SYNC -> store::sync;
            case RECALL -> () -> store.recall(cue);
            case READ -> () -> store.pattern(some);
            case CLOSE -> store::close;
            case OPEN -> () -> open[0] = shelf.open();
            case REBUILD -> () -> StoreCare.rebuild(shelf.path, SILENT);
            case COPY -> () -> StoreCare.copy(shelf.path, copy, SILENT);
        };
    }

    private static void goOnOrSayWhyNot(PatternStore store, String key, List<Map<String, Pattern>> allowed) {
        Pattern pattern = Patterns.random(G, key.hashCode());
        try {
            store.memorize(key, pattern);
            allowed.forEach(held -> held.put(key, pattern));
        } catch (EngramException.IoFailure e) {
            assertEquals(
                    "store takes no more changes since an earlier one failed: it ended halfway in an error of the JVM;"
                            + " reopen it to go on, what came after the last sync may not be on the medium",
                    e.getMessage());
        }
    }

    private void checkCopy(Shelf shelf, Throwable end) throws IOException {
        boolean there = Files.exists(copy.resolve(StoreDirectory.HEADER));
        assertTrue(there || end != null, "the copy is not there");
        if (!there) {
            StoreCare.copy(shelf.path, copy, SILENT);
        }
        assertTrue(StoreCare.verify(copy, SILENT).isSound());
        assertEquals(shelf.held.size(), StoreCare.inspect(copy).live());
        StoreBytes.delete(copy);
    }

    private static void close(PatternStore store) throws InterruptedException {
        FutureTask<?> closing = new FutureTask<>(store::close, null);
        Thread closer = Thread.ofPlatform().start(closing);
        try {
            closing.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("close: " + List.of(closer.getStackTrace()), e);
        }
    }
}
