package org.engram.store.internal.recall;

import java.util.function.Supplier;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Keeps objects that are costly to make, so that recalls that follow one another make them once. An object that was
 * borrowed belongs to the borrower until it is given back. Safe for any number of threads.
 */
final class Pool<T> {

    private final ManyToManyConcurrentArrayQueue<T> kept;
    private final Supplier<T> make;

    /** Begins empty. It keeps at most {@code most} objects, which must be at least 2. */
    Pool(int most, Supplier<T> make) {
        this.kept = new ManyToManyConcurrentArrayQueue<>(most);
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
