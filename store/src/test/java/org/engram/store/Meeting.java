package org.engram.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes something costly when two actors are both about to use it, so that many states may wait with none made yet. */
final class Meeting<T> {

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
        while (arrived.get() < 2) {
            Thread.onSpinWait();
        }
        return made;
    }

    /** Says that one actor is done; true for the second, who may take away what was made. */
    boolean leaveLast() {
        return left.incrementAndGet() == 2;
    }
}
