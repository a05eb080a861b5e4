package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a store that is there, and creates one that is not. */
class OpenOrCreateTest {

    private static final Geometry G = Patterns.SMALL;
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.TIED);

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void chooseDirectory() {
        dir = temp.resolve("deep/store");
    }

    private void assertRefused(Class<? extends EngramException> type, String message, StoreOptions options) {
        EngramException e = assertThrows(type, () -> PatternStore.openOrCreate(dir, options));
        assertEquals(message, e.getMessage());
    }

    @Test
    void theFirstTimeCreatesAndTheNextOpens() {
        try (PatternStore store = PatternStore.openOrCreate(dir, OPTIONS)) {
            assertEquals(G, store.geometry());
            assertEquals(Layout.TIED, store.layout());
            store.put("a", Patterns.random(G, 0));
        }
        try (PatternStore store = PatternStore.openOrCreate(dir, OPTIONS)) {
            assertEquals(Patterns.random(G, 0), store.pattern("a"));
            assertFalse(store.isReadOnly());
            assertEquals(Optional.empty(), store.recovery());
        }
        OpenOptions always = OpenOptions.DEFAULT.withDurability(Durability.ALWAYS);
        try (PatternStore store = PatternStore.openOrCreate(dir, OPTIONS, always)) {
            store.put("b", Patterns.random(G, 1));
            assertEquals(2, store.size());
        }
    }

    @Test
    void theStoresOwnCriteriaCount() {
        Criteria first = new Criteria(0.1f, 0.2f, 0.3f, 0.4f);
        PatternStore.openOrCreate(dir, OPTIONS.withCriteria(first)).close();
        try (PatternStore store = PatternStore.openOrCreate(dir, OPTIONS)) {
            assertEquals(first, store.criteria());
        }
    }

    @Test
    void anEmptyDirectoryIsTakenAlsoWithALockFileInIt() throws IOException {
        Files.createDirectories(dir);
        Files.createFile(dir.resolve("lock"));
        PatternStore.openOrCreate(dir, OPTIONS).close();
        assertEquals(List.of(), StoreCare.inspect(dir).problems());
    }

    @Test
    void aStoreThatDiffersIsRefusedAndLeftAsItIs() throws IOException {
        PatternStore.create(dir, OPTIONS).close();
        Files.delete(dir.resolve("lock"));
        var before = StoreBytes.of(dir);
        LearningRule rule = new LearningRule(0.5f, 1, 1, 1);
        assertRefused(
                EngramException.DifferentStore.class,
                "store is there and differs from the options: %s: expected geometry 8 x 9, found geometry 20 x 20; change the options, or choose another path"
                        .formatted(dir),
                OPTIONS.withGeometry(new Geometry(8, 9)));
        assertRefused(
                EngramException.DifferentStore.class,
                "store is there and differs from the options: %s: expected layout PACKED, found layout TIED; change the options, or choose another path"
                        .formatted(dir),
                OPTIONS.withLayout(Layout.PACKED));
        assertRefused(
                EngramException.DifferentStore.class,
                "store is there and differs from the options: %s: expected geometry 116 x 116, layout FULL, %s, found geometry 20 x 20, layout TIED, %s; change the options, or choose another path"
                        .formatted(dir, rule, LearningRule.PAPER),
                StoreOptions.DEFAULT.withRule(rule));
        StoreBytes.assertSame(before, StoreBytes.of(dir));
    }

    @Test
    void whatIsNoStoreIsRefusedAndLeftAsItIs() throws IOException {
        Files.createDirectories(dir);
        Files.writeString(dir.resolve("letter"), "dear");
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found letter in it; choose another path"
                        .formatted(dir),
                OPTIONS);
        assertEquals(List.of("letter"), names());
        Files.delete(dir.resolve("letter"));
        Files.writeString(dir.resolve("journal"), "dear");
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found journal in it, 4 bytes long; choose another path"
                        .formatted(dir),
                OPTIONS);
        assertEquals(List.of("journal"), names());
        dir = dir.resolve("journal");
        assertRefused(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found a file; choose another path"
                        .formatted(dir),
                OPTIONS);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aStoreThatIsOpenForWritingIsLocked() {
        try (PatternStore _ = PatternStore.openOrCreate(dir, OPTIONS)) {
            assertRefused(
                    EngramException.Locked.class,
                    "store is open for writing elsewhere: %s: expected no other writer, found this process, pid %d; close it there, or open the store read-only"
                            .formatted(dir, ProcessHandle.current().pid()),
                    OPTIONS);
        }
    }

    /** Tries until nobody else has the store, then leaves a key in it. */
    private static int leave(Path dir, String key) {
        while (true) {
            try (PatternStore store = PatternStore.openOrCreate(dir, OPTIONS)) {
                return store.put(key, Patterns.random(G, key.hashCode())).neuron();
            } catch (EngramException.Locked e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void threadsThatDoItAtOnceAllComeIntoTheSameStore() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 20; round++) {
                Path path = temp.resolve("race " + round);
                List<Callable<Integer>> hosts =
                        List.of(() -> leave(path, "a"), () -> leave(path, "b"), () -> leave(path, "c"));
                int sum = 0;
                for (Future<Integer> host : pool.invokeAll(hosts)) {
                    sum += host.get();
                }
                assertEquals(0 + 1 + 2, sum);
                try (PatternStore store = PatternStore.openReadOnly(path)) {
                    assertEquals(3, store.size());
                }
            }
        }
    }

    @Test
    void processesThatDoItAtOnceAllComeIntoTheSameStore() {
        int rounds = 10;
        List<ChildJvm> hosts = new ArrayList<>();
        try {
            for (String key : List.of("a", "b")) {
                hosts.add(ChildJvm.start(Host.class, List.of(), temp.toString(), key, String.valueOf(rounds)));
            }
            hosts.forEach(host -> host.expect("ready"));
            for (int round = 0; round < rounds; round++) {
                hosts.forEach(host -> host.tell("go"));
                hosts.forEach(host -> host.expect("done"));
                try (PatternStore store = PatternStore.openReadOnly(temp.resolve("race " + round))) {
                    assertTrue(store.contains("a") && store.contains("b"), "round " + round);
                    assertEquals(2, store.sizeWithRetired());
                }
            }
        } finally {
            hosts.forEach(ChildJvm::close);
        }
    }

    /** A process that comes into one store after the other, each when it is told to. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) throws IOException {
            leave(Path.of(args[0]).resolve("warm " + args[1]), args[1]);
            IO.println("ready");
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                IO.readln();
                leave(Path.of(args[0]).resolve("race " + round), args[1]);
                IO.println("done");
            }
        }
    }
}
