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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Memory;
import org.engram.store.fixture.OpenFiles;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.LockTest;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a store stays behind in a process: no mapping, no descriptor, no thread, no object, no memory. */
@EnabledOnOs(OS.LINUX)
class LeakTest {

    private static final int CYCLES = Campaign.CYCLES;
    private static final int WARM_UP = 80;
    private static final Geometry SMALL = new Geometry(20, 20);

    @TempDir
    Path directory;

    private Path store;
    private Map<String, byte[]> empty;
    private final ChangeScript patterns = new ChangeScript(SMALL, 7, false);

    @BeforeEach
    void createStore() throws IOException {
        store = directory.toRealPath().resolve("store");
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(SMALL)).close();
        empty = StoreBytes.of(store);
    }

    @Test
    void openingsOfEveryKindLeaveNothingBehind() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            cycle(i);
        }
        Set<String> threads = threads();
        Map<String, Long> memory = Memory.inUse();
        for (int i = WARM_UP; i < WARM_UP + CYCLES; i++) {
            cycle(i);
            if (i % 100 == 0) {
                assertNothingLeft(threads, "after cycle " + i);
            }
        }
        assertNothingLeft(threads, "at the end");
        assertEquals(Map.of(), Memory.grownSince(memory), "in memory");
        System.out.printf("cycles %d: no mapping, descriptor, thread, object or direct memory left%n", CYCLES);
    }

    /** One opening, by turns of each kind; the store begins anew now and then, so that the last is as quick as the first. */
    private void cycle(int i) throws IOException {
        int kinds = 8;
        if (i / kinds % 25 == 0 && i % kinds == 0) {
            StoreBytes.restore(store, empty);
        }
        switch (i % kinds) {
            case 0 -> append(i);
            case 1 -> readBesideAWriter(i);
            case 2 -> assertTrue(StoreCare.verify(store, (done, total) -> {}).isSound());
            case 3 -> rebuildOrRead(i / kinds % 4 == 0);
            case 4 -> refuseDamaged(StoreDirectory.JOURNAL, bytes -> bytes[20] ^= 1);
            case 5 -> refuseDamaged(StoreDirectory.HEADER, bytes -> bytes[60] ^= 1);
            case 6 -> refuseLocked();
            default -> refuseIncomplete(i);
        }
    }

    private void append(int i) {
        try (PatternStore writer = PatternStore.open(store)) {
            int neuron = writer.memorize("key " + i, patterns.pattern(i));
            assertEquals(neuron, writer.recall(Cue.bipolar(patterns.pattern(i))).neuron());
            assertEquals(patterns.pattern(i), writer.pattern(neuron));
        }
    }

    private void readBesideAWriter(int i) throws IOException {
        try (PatternStore writer = PatternStore.open(store);
                PatternStore reader = PatternStore.openReadOnly(store)) {
            int neuron = writer.memorize("key " + i, patterns.pattern(i));
            assertEquals(1, reader.refresh());
            assertEquals(patterns.pattern(i), reader.pattern(neuron));
            RecallOptions floats = RecallOptions.DEFAULT.withPath(RecallPath.STRIPES);
            assertEquals(
                    neuron,
                    reader.recall(Cue.bipolar(patterns.pattern(i)), floats).neuron());
            if (i < WARM_UP) {
                assertFalse(mappings().isEmpty(), "an open store is mapped, or this test sees nothing");
                assertFalse(descriptors().isEmpty(), "an open store has descriptors, or this test sees nothing");
            }
        }
    }

    /** Rebuilds now and then only: it waits for the disk more often than all the others together. */
    private void rebuildOrRead(boolean rebuild) {
        if (rebuild) {
            assertTrue(StoreCare.rebuild(store, (done, total) -> {}) > 0);
        } else {
            try (PatternStore reader = PatternStore.openReadOnly(store)) {
                assertEquals(reader.size(), reader.neurons().size());
            }
        }
    }

    private void refuseDamaged(String name, Consumer<byte[]> damage) throws IOException {
        Path file = store.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damage.accept(damaged);
        Files.write(file, damaged);
        assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(store));
        assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(store));
        Files.write(file, whole);
    }

    private void refuseLocked() {
        try (PatternStore writer = PatternStore.open(store)) {
            assertThrows(EngramException.Locked.class, () -> PatternStore.open(store));
            assertThrows(EngramException.Locked.class, () -> StoreCare.rebuild(store, (done, total) -> {}));
            assertTrue(writer.size() > 0);
        }
    }

    private void refuseIncomplete(int i) throws IOException {
        List<Part> parts = Part.of(Layout.FULL);
        Path file = store.resolve(parts.get(i / 8 % parts.size()).fileName);
        Path away = Files.move(file, directory.resolve("away"));
        assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(store));
        assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(store));
        Files.move(away, file);
    }

    @Test
    void anOpeningThatFailsLeavesNothingBehind() throws IOException {
        try (PatternStore writer = PatternStore.open(store)) {
            for (int i = 0; i < 5; i++) {
                writer.memorize("key " + i, patterns.pattern(i));
            }
        }
        Set<String> threads = threads();
        for (String name : List.of(
                StoreDirectory.HEADER,
                StoreDirectory.JOURNAL,
                "w.stripes",
                "v.stripes",
                "sketch.bits",
                "plane.bits",
                StoreDirectory.LOCK)) {
            Path file = store.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            Files.createDirectory(file);
            refuse(threads, EngramException.Corrupt.class, name + " is a directory");
            Files.delete(file);
            if (name.endsWith("stripes") || name.equals("sketch.bits")) {
                Files.write(file, List.of());
                refuse(threads, EngramException.Corrupt.class, name + " is cut");
            }
            Files.write(file, whole);
        }
        PatternStore.open(store).close();
        assertNothingLeft(threads, "at the end");
    }

    @Test
    void aRebuildLeavesNothingBehindWhetherItSucceedsOrFails() throws IOException {
        try (PatternStore writer = PatternStore.open(store)) {
            for (int i = 0; i < 5; i++) {
                writer.memorize("key " + i, patterns.pattern(i));
            }
        }
        Set<String> threads = threads();
        for (int i = 0; i < 20; i++) {
            assertEquals(5, StoreCare.rebuild(store, (done, total) -> {}));
        }
        assertNothingLeft(threads, "after rebuilding");
        StoreBytes.flip(store.resolve("w.stripes"), 3);
        for (int i = 0; i < 20; i++) {
            assertThrows(EngramException.Corrupt.class, () -> StoreCare.rebuild(store, (done, total) -> {}));
        }
        assertNothingLeft(threads, "after failing to rebuild");
    }

    @Test
    void anOpeningThatIsLockedOutLeavesNothingBehind() throws IOException {
        Set<String> threads = threads();
        Path other = directory.toRealPath().resolve("held");
        try (ChildJvm holder = ChildJvm.start(LockTest.Holder.class, List.of("-Xmx128m"), store.toString(), "hold")) {
            holder.expect("open");
            threads.addAll(threads());
            refuse(threads, EngramException.Locked.class, "locked by another process");
        }
        try (PatternStore writer = PatternStore.create(other, StoreOptions.DEFAULT.withGeometry(SMALL))) {
            Set<String> before = descriptors();
            for (int i = 0; i < 100; i++) {
                assertThrows(EngramException.Locked.class, () -> PatternStore.open(other));
            }
            assertEquals(before, descriptors());
            assertEquals(0, writer.size());
        }
    }

    private void refuse(Set<String> threads, Class<? extends EngramException> expected, String why) throws IOException {
        for (int i = 0; i < 20; i++) {
            EngramException refused = assertThrows(EngramException.class, () -> PatternStore.open(store), why);
            assertTrue(expected.isInstance(refused), why + ": " + refused);
        }
        assertNothingLeft(threads, why);
    }

    private void assertNothingLeft(Set<String> threads, String when) throws IOException {
        assertEquals(List.of(), mappings(), "mappings " + when);
        assertEquals(Set.of(), descriptors(), "descriptors " + when);
        Set<String> now = threads();
        now.removeAll(threads);
        assertEquals(Set.of(), now, "threads " + when);
    }

    private List<String> mappings() throws IOException {
        return OpenFiles.mappings(directory.toRealPath());
    }

    private Set<String> descriptors() throws IOException {
        Path ours = directory.toRealPath();
        List<Path> open;
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            open = new ArrayList<>(links.toList());
        }
        Set<String> found = new TreeSet<>();
        for (Path link : open) {
            // The descriptor that listed the descriptors is gone by now.
            if (Files.isSymbolicLink(link)) {
                Path target = Files.readSymbolicLink(link);
                if (target.startsWith(ours)) {
                    found.add(link.getFileName() + " -> " + target);
                }
            }
        }
        return found;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.threadId() + " " + thread.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
