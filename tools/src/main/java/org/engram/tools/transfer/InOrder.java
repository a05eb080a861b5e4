package org.engram.tools.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Works on items on all processors, not too far ahead, and hands the results on in the order of the items. Items are
 * taken, and results handed on, by the calling thread alone, which also works while there is nothing to hand on.
 */
final class InOrder<T, R> {

    private static final int MOST_IN_BATCH = 64;
    private static final int MOST_BATCHES = 4;

    /** Pixels that may be in flight in a batch, and in all. */
    private static final int PIXELS_OF_BATCH = 1 << 20;

    private static final int PIXELS_IN_ALL = 1 << 23;

    private final Function<T, R> work;
    private final int batch;
    private final int ahead;
    private final int helpers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private final Deque<FutureTask<List<R>>> tasks = new ArrayDeque<>();
    private RuntimeException sourceFailed;

    /** For items of so many pixels. */
    InOrder(int pixels, Function<T, R> work) {
        this.work = work;
        this.batch = Math.clamp(PIXELS_OF_BATCH / pixels, 1, MOST_IN_BATCH);
        this.ahead = Math.clamp(PIXELS_IN_ALL / ((long) pixels * batch), 2, MOST_BATCHES * (helpers + 1));
    }

    /**
     * Works on all items. When taking one fails, those before it are still worked on and handed on.
     *
     * @param items hands out null after the last
     * @param results told of each result; what it throws ends everything
     */
    void run(Supplier<T> items, Consumer<R> results) {
        ExecutorService workers = Executors.newFixedThreadPool(
                helpers, Thread.ofPlatform().daemon().name("engram-work-", 0).factory());
        try {
            boolean more = true;
            do {
                while (more && tasks.size() < ahead) {
                    more = take(items, workers);
                }
                if (!tasks.isEmpty()) {
                    result(tasks.poll()).forEach(results);
                }
            } while (more || !tasks.isEmpty());
        } finally {
            workers.shutdownNow();
        }
        if (sourceFailed != null) {
            throw sourceFailed;
        }
    }

    /** Starts one batch; returns whether there are more. */
    private boolean take(Supplier<T> items, ExecutorService workers) {
        List<T> taken = new ArrayList<>(batch);
        boolean more = true;
        try {
            while (more && taken.size() < batch) {
                T item = items.get();
                more = item != null;
                if (more) {
                    taken.add(item);
                }
            }
        } catch (RuntimeException e) {
            sourceFailed = e;
            more = false;
        }
        if (!taken.isEmpty()) {
            FutureTask<List<R>> task =
                    new FutureTask<>(() -> taken.stream().map(work).toList());
            tasks.add(task);
            workers.execute(task);
        }
        return more;
    }

    private List<R> result(FutureTask<List<R>> task) {
        task.run(); // nothing, when a worker has begun it
        for (FutureTask<List<R>> later : tasks) {
            if (!task.isDone()) {
                later.run();
            }
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a worker", e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
