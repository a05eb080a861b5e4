package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls that run out of stack, at every depth: so a StackOverflowError comes out of every call that they make. What was
 * acknowledged is there, the writer says that it is unusable if it is, close returns, and the lock is free.
 */
@ExtendWith(Quiet.class)
class StackEndTest {

    private static final Geometry G = new Geometry(8, 8);
    /** That many small frames are more than any call of the store takes when it is compiled. */
    private static final int FRAMES = 100;

    @TempDir
    Path temp;

    private final List<String> stored = new ArrayList<>();
    private int errors;

    private interface Call {
        void run();
    }

    @Test
    void anAppendThatRunsOutOfStackLosesNothing() throws Exception {
        PatternStore store = createWarm();
        for (int n = 0; errors < Campaign.STACK_ENDS / 2; n++) {
            PatternStore now = store;
            String key = "key " + n;
            if (!fails(n, () -> now.memorize(key, pattern(key)))) {
                stored.add(key);
                continue;
            }
            try {
                store.memorize("more " + n, pattern("more " + n));
                stored.add("more " + n);
            } catch (EngramException.IoFailure e) {
                assertEquals(
                        "store takes no more changes since an earlier one failed: it ended halfway in an error of the JVM;"
                                + " reopen it to go on, what came after the last sync may not be on the medium",
                        e.getMessage());
            }
            close(store);
            store = PatternStore.open(temp.resolve("store"));
            if (store.contains(key)) {
                stored.add(key);
            }
            assertEquals(stored.size(), store.size(), "after " + n);
        }
        close(store);
        assertHoldsAll();
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
            fails(n, () -> PatternStore.open(temp.resolve("store")).close());
            PatternStore store = PatternStore.open(temp.resolve("store"));
            store.memorize("key " + n, pattern("key " + n));
            stored.add("key " + n);
            close(store);
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
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        PatternStore.create(dir, options).close();
        for (int i = 0; i < 300; i++) {
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

    /** Whether a call fails that has only as much of the stack as some small frames took. */
    private boolean fails(int n, Call call) throws InterruptedException {
        Throwable[] end = new Throwable[1];
        Thread thread = new Thread(null, () -> descend(n % FRAMES, call, end, true), "deep", 256 << 10);
        thread.start();
        thread.join();
        assertTrue(
                end[0] == null || end[0] instanceof StackOverflowError, () -> "frames " + n % FRAMES + ": " + end[0]);
        errors += end[0] == null ? 0 : 1;
        return end[0] != null;
    }

    /** Goes down until the stack ends, and then this many frames up again. */
    private static int descend(int frames, Call call, Throwable[] end, boolean deeper) {
        int up = frames;
        try {
            if (deeper) {
                up = descend(frames, call, end, deeper);
            }
        } catch (StackOverflowError e) {
            up = frames;
        }
        if (up == 0) {
            try {
                call.run();
            } catch (Throwable e) {
                end[0] = e;
            }
        }
        return up - 1;
    }
}
