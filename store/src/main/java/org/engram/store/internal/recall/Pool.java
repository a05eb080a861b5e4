package org.engram.store.internal.recall;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Keeps objects that are costly to make, so that recalls that follow one another make them once. An object that was
 * borrowed belongs to the borrower until it is given back. Safe for any number of threads.
 */
final class Pool<T> {

    private final ArrayBlockingQueue<T> kept;
    private final Supplier<T> make;

    /** Begins empty. It keeps at most {@code most} objects. */
    Pool(int most, Supplier<T> make) {
        this.kept = new ArrayBlockingQueue<>(most);
        this.make = make;
    }

    T borrow() {
        T one = kept.poll();
        return one == null ? make.get() : one;
    }

    void giveBack(T one) {
        kept.offer(one);
    }
}
