package org.engram.store.internal.recall;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What executors that misbehave do to a recall. */
class SharedChunksTest {

    private static final int CHUNKS = 40;
    private static final int THREADS = 4;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch helping = new CountDownLatch(1);

    @Test
    void noHelperReadsWhenAnExecutorThrewAnErrorAfterItStartedOne() {
        Error thrown = new StackOverflowError("of the executor");
        assertSame(thrown, assertThrows(Error.class, () -> run(startsOneThenThrows(thrown))));
        assertEquals(0, inside.get());
    }

    @Test
    void noHelperReadsWhenAnExecutorThrewAnExceptionAfterItStartedOne() {
        RuntimeException thrown = new IllegalStateException("of the executor");
        assertSame(thrown, assertThrows(RuntimeException.class, () -> run(startsOneThenThrows(thrown))));
        assertEquals(0, inside.get());
    }

    @Test
    void anExecutorThatDropsItsTasksLeavesAllWorkToTheCaller() {
        assertDoesNotThrow(() -> run(task -> {}));
        assertEquals(CHUNKS, done.get());
    }

    @Test
    void aHelperThatRunsLateReadsNothing() {
        List<Runnable> late = new ArrayList<>();
        run(late::add);
        assertEquals(CHUNKS, done.get());
        late.forEach(Runnable::run);
        assertEquals(CHUNKS, done.get());
    }

    private void run(Executor executor) {
        new SharedChunks(CHUNKS, (chunk, worker) -> {
                    inside.incrementAndGet();
                    helping.countDown();
                    pause();
                    done.incrementAndGet();
                    inside.decrementAndGet();
                })
                .run(executor, THREADS);
    }

    private Executor startsOneThenThrows(Throwable thrown) {
        return task -> {
            if (helping.getCount() == 0) {
                SharedChunksTest.<RuntimeException>sneak(thrown);
            }
            Thread.ofPlatform().daemon().start(task);
            try {
                helping.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
