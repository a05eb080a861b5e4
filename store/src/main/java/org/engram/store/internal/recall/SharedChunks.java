package org.engram.store.internal.recall;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The chunks of one recall, and the threads that take them one by one. A helper that starts late finds no chunk left,
 * so that nobody waits for a busy executor.
 */
final class SharedChunks implements Runnable {

    /**
     * Work that is done for every chunk, in any order, by one thread or several. Chunks and workers are numbered from
     * 0. Two threads never have the same worker number, so each number can have its own memory.
     */
    interface Task {
        void run(int chunk, int worker);
    }

    private final int chunks;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();
    /** The last chunk that is done releases the one permit that the caller waits for. */
    private final Semaphore done;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    SharedChunks(int chunks, Task task) {
        this.chunks = chunks;
        this.task = task;
        this.done = new Semaphore(1 - chunks);
    }

    /**
     * Works with up to {@code threads - 1} helpers. Returns, or throws the first failure, when every chunk is done, whatever
     * the executor throws meanwhile: helpers that it started may still read.
     */
    void run(Executor executor, int threads) {
        try {
            for (int i = 1; i < threads; i++) {
                executor.execute(this);
            }
        } catch (RejectedExecutionException e) {
            // The calling thread and the helpers that started do all the work.
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
        run();
        // An interrupt must not end a recall, because its helpers still read what closing would unmap.
        done.acquireUninterruptibly();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown != null) {
            throw new UndeclaredThrowableException(thrown);
        }
    }

    @Override
    public void run() {
        int worker = workers.getAndIncrement();
        for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    task.run(chunk, worker);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                done.release();
            }
        }
    }
}
