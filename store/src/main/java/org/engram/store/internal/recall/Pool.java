package org.engram.store.internal.recall;

import java.util.function.Supplier;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Keeps what is costly to make, so that recalls one after the other make it once. Safe for any number of threads. What was
 * borrowed belongs to the borrower until it is given back.
 */
final class Pool<T> {

    private final ManyToManyConcurrentArrayQueue<T> kept;
    private final Supplier<T> make;

    /**
     * Begins empty.
     *
     * @param most how many are kept, at least 2: as many recalls run side by side without making one
     */
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
