package org.engram.store.internal.watch;

import java.util.concurrent.atomic.LongAdder;

/** How often and how long: threads that count at once do so in cells of their own. */
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
