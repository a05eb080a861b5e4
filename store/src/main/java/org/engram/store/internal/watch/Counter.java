package org.engram.store.internal.watch;

import java.util.concurrent.atomic.LongAdder;

/** Counts how often something was done and how long it took. Threads that count at once have cells of their own. */
public final class Counter {

    private final LongAdder number = new LongAdder();
    private final LongAdder nanoseconds = new LongAdder();

    public void add(long more, long took) {
        number.add(more);
        nanoseconds.add(took);
    }

    public long number() {
        return number.sum();
    }

    public long nanoseconds() {
        return nanoseconds.sum();
    }
}
