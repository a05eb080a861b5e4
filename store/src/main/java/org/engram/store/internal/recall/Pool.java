package org.engram.store.internal.recall;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects that are costly to make, so that recalls that follow one another make them once. An object that was
 * borrowed belongs to the borrower until it is given back. Safe for any number of threads, also at the end of their stacks:
 * a lock of the JDK can stay locked there for ever.
 */
final class Pool<T> {

    private final @Nullable T[] kept;
    private final Supplier<T> make;
    /** How many are kept. Guarded by the array. */
    private int size;

    /** Begins empty. It keeps at most {@code most} objects. */
    @SuppressWarnings("unchecked") // nobody else sees the array
    Pool(int most, Supplier<T> make) {
        this.kept = (T[]) new Object[most];
        this.make = make;
    }

    T borrow() {
        T one = null;
        synchronized (kept) {
            if (size > 0) {
                one = kept[--size];
                kept[size] = null;
            }
        }
        return one == null ? make.get() : one;
    }

    void giveBack(T one) {
        synchronized (kept) {
            if (size < kept.length) {
                kept[size++] = one;
            }
        }
    }
}
