package org.engram.store.internal.recall;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The chunks of one recall, taken one by one by the threads that share it. A helper that starts late finds none left, so
 * nobody waits for an executor that is busy.
 */
final class SharedChunks implements Runnable {

    private final int chunks;
    private final ChunkTask task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    SharedChunks(int chunks, ChunkTask task) {
        this.chunks = chunks;
        this.task = task;
        this.left = new CountDownLatch(chunks);
    }

    /** Takes part with up to {@code threads - 1} helpers, and returns when every chunk is done. */
    void run(Executor executor, int threads) {
        try {
            for (int i = 1; i < threads; i++) {
                executor.execute(this);
            }
        } catch (RejectedExecutionException e) {
            // whoever did start, and the calling thread, do it all
        }
        run();
        awaitAll();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
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
                left.countDown();
            }
        }
    }

    /** An interrupt does not end a recall: its helpers still read what closing would unmap. */
    private void awaitAll() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
