package org.engram.tools.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Works on items on all processors, not too far ahead, and hands the results on in the order of the items. Workers take
 * the items, never two of them at once, and take one batch ahead of the batch they work on. The calling thread hands
 * results on. While there are none, it works on batches that were taken. It never waits for the source, which may be
 * silent for ever. For one run.
 */
final class InOrder<T, R> {

    private static final int MOST_IN_BATCH = 64;
    private static final int MOST_BATCHES = 4;

    /** How many pixels may be in flight in a batch. The next number is for all batches. */
    private static final int PIXELS_OF_BATCH = 1 << 20;

    private static final int PIXELS_IN_ALL = 1 << 23;
    private static final int PATIENCE_MS = 50;

    private record Batch<R>(FutureTask<List<R>> task, boolean isEnd) {}

    private final Supplier<T> items;
    private final Function<T, R> work;
    private final int batch;
    private final int workers;
    /** Permits for batches that were taken and not yet handed on. */
    private final Semaphore room;
    /**
     * The batches in order, an empty one last. There is room for every batch in flight, and for the end that each
     * worker finds.
     */
    private final BlockingQueue<FutureTask<List<R>>> batches;

    private volatile boolean ended;
    /** The failure of the source; written before the end is queued. */
    private Throwable failure;

    /** Works on items of this many pixels. The work keeps a processor busy. */
    InOrder(int pixels, Supplier<T> items, Function<T, R> work) {
        this(pixels, false, items, work);
    }

    /**
     * Works on items of this many pixels. Any thread asks the supplier, one at a time; it gives null after the last
     * item. Work that waits for files gets one more worker, since a waiting worker leaves its processor idle.
     */
    InOrder(int pixels, boolean waits, Supplier<T> items, Function<T, R> work) {
        this.items = items;
        this.work = work;
        this.batch = Math.clamp(PIXELS_OF_BATCH / pixels, 1, MOST_IN_BATCH);
        int processors = Runtime.getRuntime().availableProcessors();
        int most = Math.clamp(PIXELS_IN_ALL / ((long) pixels * batch), 2, MOST_BATCHES * processors);
        this.workers = Math.clamp(most / 2, 1, waits ? processors : Math.max(1, processors - 1));
        this.room = new Semaphore(most);
        this.batches = new ArrayBlockingQueue<>(most + workers);
    }

    /**
     * Works on all items. If taking an item fails, those before it are still worked on and handed on. The check is
     * called before every result, and while there is none. An exception of the check or of the results ends everything.
     */
    void run(Runnable check, Consumer<R> results) {
        ExecutorService pool = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("engram-work-", 0).factory());
        try {
            for (int i = 0; i < workers; i++) {
                pool.execute(this::workToTheEnd);
            }
            for (List<R> made = next(check); !made.isEmpty(); made = next(check)) {
                for (R result : made) {
                    check.run();
                    results.accept(result);
                }
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a worker", e);
        } finally {
            ended = true;
            pool.shutdownNow();
        }
        if (failure != null) {
            throw unchecked(failure);
        }
    }

    private List<R> next(Runnable check) throws InterruptedException {
        FutureTask<List<R>> task = null;
        while (task == null) {
            check.run();
            task = batches.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
        }
        task.run(); // does nothing if a worker has begun it
        for (FutureTask<List<R>> later : batches) {
            if (!task.isDone()) {
                later.run();
            }
        }
        while (true) {
            try {
                return task.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                check.run();
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    private void workToTheEnd() {
        try {
            Batch<R> now = takeBatch();
            while (!now.isEnd()) {
                Batch<R> then = takeBatch();
                now.task().run(); // does nothing if the caller has begun it
                now = then;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        }
    }

    /** Takes a batch and queues it. When nothing is left, it queues the end. */
    private Batch<R> takeBatch() throws InterruptedException {
        room.acquire();
        List<T> taken = new ArrayList<>(batch);
        FutureTask<List<R>> task =
                new FutureTask<>(() -> taken.stream().map(work).toList());
        synchronized (this) {
            take(taken);
            batches.add(task);
        }
        return new Batch<>(task, taken.isEmpty());
    }

    private void take(List<T> taken) {
        try {
            while (!ended && taken.size() < batch) {
                T item = items.get();
                if (item == null) {
                    ended = true;
                } else {
                    taken.add(item);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            ended = true;
        }
    }
}
