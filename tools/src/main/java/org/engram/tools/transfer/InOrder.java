package org.engram.tools.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Works on items on all processors, not too far ahead, and hands the results on in the order of the items. Who works on
 * items takes them, too, one thread at a time, so that what was read is still near. Results are handed on by the calling
 * thread alone, which works while there is nothing to hand on. For one run.
 */
final class InOrder<T, R> {

    private static final int MOST_IN_BATCH = 64;
    private static final int MOST_BATCHES = 4;

    /** Pixels that may be in flight in a batch, and in all. */
    private static final int PIXELS_OF_BATCH = 1 << 20;

    private static final int PIXELS_IN_ALL = 1 << 23;

    private final Supplier<T> items;
    private final Function<T, R> work;
    private final int batch;
    private final int helpers;
    /** For batches to be taken; there is more of it than helpers, so some is left when the queue is empty. */
    private final Semaphore room;
    /** Held by who takes items and puts them into the queue. */
    private final ReentrantLock taking = new ReentrantLock();

    private final Queue<FutureTask<List<R>>> batches = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private Throwable sourceFailed;

    /**
     * For items of so many pixels.
     *
     * @param items hands out null after the last; asked by any thread, but by one at a time
     * @param work done by any thread
     */
    InOrder(int pixels, Supplier<T> items, Function<T, R> work) {
        this.items = items;
        this.work = work;
        this.batch = Math.clamp(PIXELS_OF_BATCH / pixels, 1, MOST_IN_BATCH);
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        int most = Math.clamp(PIXELS_IN_ALL / ((long) pixels * batch), 2, MOST_BATCHES * processors);
        this.helpers = Math.min(processors, most) - 1;
        this.room = new Semaphore(most);
    }

    /**
     * Works on all items. When taking one fails, those before it are still worked on and handed on.
     *
     * @param results told of each result; what it throws ends everything
     */
    void run(Consumer<R> results) {
        ExecutorService workers = Executors.newFixedThreadPool(
                helpers, Thread.ofPlatform().daemon().name("engram-work-", 0).factory());
        try {
            for (int i = 0; i < helpers; i++) {
                workers.execute(this::help);
            }
            for (FutureTask<List<R>> first = first(); first != null; first = first()) {
                result(first).forEach(results);
                room.release();
            }
        } finally {
            ended = true;
            workers.shutdownNow();
        }
        if (sourceFailed != null) {
            throw unchecked(sourceFailed);
        }
    }

    private void help() {
        try {
            FutureTask<List<R>> taken;
            do {
                room.acquire();
                taking.lock();
                taken = take();
                if (taken != null) {
                    taken.run();
                }
            } while (taken != null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        }
    }

    /** The next batch in order, out of the queue; works on others while it is not done. Null after the last. */
    private FutureTask<List<R>> first() {
        FutureTask<List<R>> first = batches.peek();
        while (first == null || !first.isDone()) {
            FutureTask<List<R>> taken = takeUnlessBusy(first == null);
            if (taken == null) {
                return batches.poll();
            }
            taken.run();
            first = batches.peek();
        }
        return batches.poll();
    }

    /** As {@link #take}; null also when there is no room, or another thread is taking items and this one need not. */
    private FutureTask<List<R>> takeUnlessBusy(boolean needed) {
        if (!room.tryAcquire()) {
            return null;
        }
        if (needed) {
            taking.lock();
        } else if (!taking.tryLock()) {
            room.release();
            return null;
        }
        return take();
    }

    /** Takes a batch, queues it, and unlocks. Null if there is none left. */
    private FutureTask<List<R>> take() {
        try {
            List<T> taken = takeItems();
            if (taken.isEmpty()) {
                return null;
            }
            FutureTask<List<R>> task =
                    new FutureTask<>(() -> taken.stream().map(work).toList());
            batches.add(task);
            return task;
        } finally {
            taking.unlock();
        }
    }

    private List<T> takeItems() {
        List<T> taken = new ArrayList<>(batch);
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
            sourceFailed = e;
            ended = true;
        }
        return taken;
    }

    private List<R> result(FutureTask<List<R>> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a worker", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
