package org.engram.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes something costly when two actors are both about to use it, so that many states may wait with none made yet. */
final class Meeting<T> {

    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<T> make;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private T made;

    Meeting(Supplier<T> make) {
        this.make = make;
    }

    /** The same for both actors, which leave here side by side. */
    T meet() {
        synchronized (this) {
            if (made == null) {
                made = make.get();
            }
        }
        arrived.incrementAndGet();
        long start = System.nanoTime();
        while (arrived.get() < 2) {
            if (System.nanoTime() - start > PATIENCE_NS) {
                throw new IllegalStateException("the other actor failed before it came here");
            }
            Thread.onSpinWait();
        }
        return made;
    }

    /** Says that one actor is done; true for the second, who may take away what was made. */
    boolean leaveLast() {
        return left.incrementAndGet() == 2;
    }
}
