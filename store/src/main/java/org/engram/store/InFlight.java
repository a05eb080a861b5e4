package org.engram.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Counts the calls inside a store, so that close can wait for them and turn away the ones that come later. */
final class InFlight {

    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();

    /** Lets a call in; false once the store is closing. Every call let in must {@link #exit}. */
    boolean tryEnter() {
        int before = state.get();
        while (before >= 0) {
            int witness = state.compareAndExchange(before, before + 1);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    void exit() {
        state.decrementAndGet();
    }

    /** Turns new calls away and waits for those inside; false when that was done before. */
    boolean close() {
        int before = state.getAndUpdate(calls -> calls | CLOSED);
        if (before < 0) {
            return false;
        }
        IdleStrategy idle = new BackoffIdleStrategy();
        while (state.get() != CLOSED) {
            idle.idle();
        }
        return true;
    }
}
