package org.engram.store;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Counts the calls inside a store, so that close can wait for them and turn away those that come later. A call that ends
 * in whatever Throwable, at the end of the stack or of the heap too, is counted out again: leaving makes no call of its
 * own and allocates nothing.
 */
final class InFlight {

    /** Threads that count in different stripes do not wait for each other. A power of two. */
    private static final int STRIPES = 8;

    private static final class Stripe {
        private int calls;
    }

    private final Path store;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile boolean closed;

    InFlight(Path store) {
        this.store = store;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Runs a call while the store cannot close.
     * @throws EngramException.Closed once the store is closing */
    <T> T within(Supplier<T> call) {
        Stripe stripe = stripes[(int) Thread.currentThread().threadId() & (STRIPES - 1)];
        synchronized (stripe) {
            if (!closed) {
                stripe.calls++;
            } else {
                stripe = null;
            }
        }
        if (stripe == null) {
            throw new EngramException.Closed(
                    Diagnosis.of("store is closed").in(store).remedy("open it again to use it"));
        }
        try {
            return call.get();
        } finally {
            synchronized (stripe) {
                stripe.calls--;
            }
        }
    }

    /** Turns new calls away and waits for those inside. */
    void close() {
        closed = true;
        IdleStrategy idle = new BackoffIdleStrategy();
        for (Stripe stripe : stripes) {
            while (calls(stripe) > 0) {
                idle.idle();
            }
        }
    }

    private static int calls(Stripe stripe) {
        synchronized (stripe) {
            return stripe.calls;
        }
    }
}
