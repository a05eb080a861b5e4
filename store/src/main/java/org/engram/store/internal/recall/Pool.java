package org.engram.store.internal.recall;

import java.util.function.Supplier;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Keeps what is costly to make from one recall to the next, so that recalls one after the other make it once. Safe for any
 * number of threads; what was borrowed belongs to the borrower until it is given back.
 */
final class Pool<T> {

    private final ManyToManyConcurrentArrayQueue<T> kept;
    private final Supplier<T> make;

    /** Keeps so many, at least 2: as many recalls can run side by side without making one. */
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
