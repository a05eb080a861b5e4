package org.engram.store.internal.recall;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one recall, and the threads that take them one by one. A helper that starts late finds no chunk left,
 * so that nobody waits for a busy executor.
 *
 * <p>Neither an interrupt nor an Error ends a recall while a helper reads what closing would unmap. Threads are counted in and
 * out without a call, so that the end of the stack does not miscount them.
 */
final class SharedChunks implements Runnable {

    /**
     * Work that is done for every chunk, in any order, by one thread or several. Chunks and workers are numbered from
     * 0. Two threads never have the same worker number, so each number can have its own memory.
     */
    interface Task {
        void run(int chunk, int worker);
    }

    /** Whoever leaves wakes the caller; if it ends at the end of its stack, the caller looks again after so long. */
    private static final long LOOK_AGAIN_MS = 10;

    private final int chunks;
    private final Task task;
    /** Guarded by this, as all below. */
    private int next;

    private int workers;
    private int inside;
    /** What ended the work early; null if nothing has. */
    private @Nullable Throwable failure;

    SharedChunks(int chunks, Task task) {
        this.chunks = chunks;
        this.task = task;
    }

    /**
     * Works with up to {@code threads - 1} helpers. Returns, or throws the first failure, when none of them works any more,
     * whatever the executor throws meanwhile.
     */
    void run(Executor executor, int threads) {
        try {
            start(executor, threads - 1);
            run();
        } catch (Throwable e) {
            synchronized (this) {
                failure = failure == null ? e : failure;
            }
        }
        boolean interrupted = false;
        Throwable thrown;
        synchronized (this) {
            while (inside > 0) {
                try {
                    wait(LOOK_AGAIN_MS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (Error e) {
                    failure = failure == null ? e : failure;
                }
            }
            thrown = failure;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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

    private void start(Executor executor, int helpers) {
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(this);
            }
        } catch (RejectedExecutionException e) {
            // The calling thread and the helpers that started do all the work.
        }
    }

    @Override
    public void run() {
        int worker;
        synchronized (this) {
            if (failure != null || next == chunks) {
                return;
            }
            worker = workers++;
            inside++;
        }
        try {
            while (true) {
                int chunk;
                synchronized (this) {
                    if (failure != null || next == chunks) {
                        return;
                    }
                    chunk = next++;
                }
                task.run(chunk, worker);
            }
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                failure = failure == null ? e : failure;
            }
        } finally {
            synchronized (this) {
                inside--;
                notifyAll();
            }
        }
    }
}
