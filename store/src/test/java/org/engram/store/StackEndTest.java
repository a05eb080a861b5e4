package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that run out of stack: at every depth, so that in the end the Error comes out of every call that they make. */
class StackEndTest {

    /** How many injections; -Pnightly makes more. */
    private static final int INJECTIONS = Integer.getInteger("engram.stack.ends", 2_000);

    /** So many frames of the recursion are more than any call of the store takes. */
    private static final int ROUNDS = 400;

    private static final Geometry G = new Geometry(8, 8);

    @TempDir
    Path temp;

    private interface Call {
        void run();
    }

    @Test
    void anAppendThatRunsOutOfStackLosesNothingAndTheStoreOpensAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            System.out.println("warm");
        }
        int errors = 0;
        int shallow = 0;
        Path dir = temp.resolve("appends");
        List<String> stored = new ArrayList<>();
        PatternStore store = PatternStore.create(dir, options());
        for (int i = 0; i < 300; i++) {
            store.memorize("warm " + i, pattern(i));
            store.recall(Cue.bipolar(pattern(i)));
            stored.add("warm " + i);
        }
        long start = System.nanoTime();
        int usable = 0;
        for (int n = 0; n < INJECTIONS; n++) {
            String key = "key " + n;
            PatternStore now = store;
            Throwable end = atTheEndOfTheStack(n % ROUNDS, () -> now.memorize(key, pattern(key.hashCode())));
            if (end == null) {
                stored.add(key);
                shallow++;
                continue;
            }
            assertTrue(end instanceof StackOverflowError, end.toString());
            errors++;
            try {
                String more = "more " + n;
                store.memorize(more, pattern(more.hashCode()));
                stored.add(more);
                usable++;
            } catch (EngramException.IoFailure e) {
                assertTrue(e.getMessage().contains("it ended halfway in an error of the JVM"), e.getMessage());
            }
            close(store);
            store = PatternStore.open(dir);
            for (String s : stored.subList(Math.max(0, stored.size() - 20), stored.size())) {
                assertTrue(store.contains(s), s + " of " + n);
            }
            if (store.contains(key) && !stored.contains(key)) {
                stored.add(key);
            }
        }
        System.out.println(errors + " errors, " + shallow + " done, usable " + usable + " "
                + (System.nanoTime() - start) / 1000000);
        assertEquals(stored.size(), store.size());
        store.close();
        assertTrue(StoreCare.verify(dir, (done, total) -> {}).isSound());
        assertFalse(stored.isEmpty());
    }

    private static void close(PatternStore store) throws InterruptedException {
        Thread closer = new Thread(store::close);
        closer.start();
        assertTrue(closer.join(Duration.ofSeconds(20)), "close waits for ever");
    }

    private static StoreOptions options() {
        return StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
    }

    private static Pattern pattern(int seed) {
        return Patterns.random(G, seed);
    }

    /** Runs a call with only as much of the stack left as this number of small frames took. */
    private static Throwable atTheEndOfTheStack(int frames, Call call) throws InterruptedException {
        Throwable[] end = new Throwable[1];
        Thread thread = new Thread(null, () -> descend(frames, call, end, true), "deep", 256 << 10);
        thread.start();
        thread.join();
        return end[0];
    }

    /** Goes down until the stack ends, and then so many frames up again. */
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
