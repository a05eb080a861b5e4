package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.DeepThread;
import org.engram.store.fixture.InMemory;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recalls, openings and closes that run out of stack at every depth: so a StackOverflowError comes out of every call that they
 * make. What was acknowledged is there, close returns, and the lock is free.
 */
@ExtendWith(Quiet.class)
class StackEndTest {

    private static final Geometry G = new Geometry(8, 8);
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
    private static final int WARM = 300;
    private static final int FRAMES = DeepThread.FRAMES;

    @TempDir(factory = InMemory.class)
    Path temp;

    private final List<String> stored = new ArrayList<>();
    private final DeepThread deep = new DeepThread();
    private int errors;

    @AfterEach
    void endThread() {
        deep.close();
    }

    private interface Call {
        void run();
    }

    @Test
    void aRecallThatRunsOutOfStackKeepsNoCloseWaiting() throws Exception {
        createWarm().close();
        while (errors < Campaign.STACK_ENDS / 6) {
            PatternStore store = PatternStore.openReadOnly(temp.resolve("store"));
            Cue cue = Cue.bipolar(pattern("warm 7"));
            for (int n = 0; n < FRAMES; n++) {
                fails(n, () -> store.recall(cue));
                fails(n, () -> store.contains("warm 7"));
            }
            assertEquals("warm 7", store.recall(cue).candidates().get(0).key());
            close(store);
        }
    }

    @Test
    void anOpeningThatRunsOutOfStackLeavesTheLockFree() throws Exception {
        createWarm().close();
        for (int n = 0; errors < Campaign.STACK_ENDS / 6; n++) {
            opens(n, () -> PatternStore.open(temp.resolve("store")));
            PatternStore store = PatternStore.open(temp.resolve("store"));
            store.memorize("key " + n, pattern("key " + n));
            stored.add("key " + n);
            close(store);
        }
        assertHoldsAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCreationThatRunsOutOfStackLeavesTheLockFree(boolean orOpened) throws Exception {
        createWarm().close();
        for (int n = -WARM; errors < Campaign.STACK_ENDS / 6; n++) {
            Path dir = temp.resolve("new " + n);
            Supplier<PatternStore> creation =
                    () -> orOpened ? PatternStore.openOrCreate(dir, OPTIONS) : PatternStore.create(dir, OPTIONS);
            if (n < 0) {
                creation.get().close();
            } else {
                opens(n, creation);
            }
            PatternStore store = PatternStore.openOrCreate(dir, OPTIONS);
            store.memorize("key", pattern("key"));
            close(store);
            assertTrue(StoreCare.verify(dir, (done, total) -> {}).isSound());
            StoreBytes.delete(dir);
        }
        assertHoldsAll();
    }

    @Test
    void aCloseThatRunsOutOfStackIsFinishedByTheNext() throws Exception {
        createWarm().close();
        for (int n = 0; errors < Campaign.STACK_ENDS / 6; n++) {
            PatternStore store = PatternStore.open(temp.resolve("store"));
            store.memorize("key " + n, pattern("key " + n));
            stored.add("key " + n);
            fails(n, store::close);
            close(store);
        }
        assertHoldsAll();
    }

    /** A store whose calls were all made often, so that no class is first loaded at the end of the stack. */
    private PatternStore createWarm() {
        Path dir = temp.resolve("store");
        PatternStore.create(dir, OPTIONS).close();
        for (int i = 0; i < WARM; i++) {
            String key = "warm " + i;
            try (PatternStore store = PatternStore.open(dir)) {
                store.memorize(key, pattern(key));
                store.recall(Cue.bipolar(pattern(key)));
                assertTrue(store.contains(key));
                stored.add(key);
            }
        }
        return PatternStore.open(dir);
    }

    private void assertHoldsAll() {
        assertTrue(errors > 0);
        assertTrue(StoreCare.verify(temp.resolve("store"), (done, total) -> {}).isSound());
        try (PatternStore store = PatternStore.openReadOnly(temp.resolve("store"))) {
            assertEquals(stored.size(), store.size());
            for (String key : stored) {
                assertEquals(pattern(key), store.pattern(key), key);
            }
        }
    }

    private static Pattern pattern(String key) {
        return Patterns.random(G, key.hashCode());
    }

    private static void close(PatternStore store) throws InterruptedException {
        Thread closer = Thread.ofPlatform().start(store::close);
        if (!closer.join(Duration.ofSeconds(20))) {
            throw new AssertionError("close waits for ever: " + List.of(closer.getStackTrace()));
        }
    }

    /** Opens and closes a store with little stack. A close that it ends is called again, as it says. */
    private void opens(int n, Supplier<PatternStore> opening) throws InterruptedException {
        PatternStore[] opened = new PatternStore[1];
        fails(n, () -> {
            opened[0] = opening.get();
            opened[0].close();
        });
        if (opened[0] != null) {
            close(opened[0]);
        }
    }

    /** Whether a call fails that has only as much of the stack as some small frames took. */
    private boolean fails(int n, Call call) throws InterruptedException {
        Throwable end = deep.end(n % FRAMES, call::run);
        assertTrue(end == null || end instanceof StackOverflowError, () -> "frames " + n % FRAMES + ": " + end);
        errors += end == null ? 0 : 1;
        return end != null;
    }
}
