package org.engram.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Counts the calls inside a store, so that close can wait for them and turn away those that come later. */
final class InFlight {

    private static final int CLOSED = Integer.MIN_VALUE;

    private final Path store;
    private final AtomicInteger state = new AtomicInteger();

    InFlight(Path store) {
        this.store = store;
    }

    /** Runs a call while the store cannot close.
     * @throws EngramException.Closed once the store is closing */
    <T> T within(Supplier<T> call) {
        enter();
        try {
            return call.get();
        } finally {
            leave();
        }
    }

    /** Begins a call, to be ended by {@link #leave}.
     * @throws EngramException.Closed once the store is closing */
    void enter() {
        if (!tryEnter()) {
            throw new EngramException.Closed(
                    Diagnosis.of("store is closed").in(store).remedy("open it again to use it"));
        }
    }

    void leave() {
        state.decrementAndGet();
    }

    private boolean tryEnter() {
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
