package org.engram.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls inside a store, so that close can wait for them and turn away those that come later. A call that
 * ends in any Throwable, also at the end of the stack or of the heap, is counted out again: leaving makes no call of
 * its own and allocates nothing.
 */
final class InFlight {

    /** Threads that count in different stripes do not wait for each other. A power of two. */
    private static final int STRIPES = 8;

    /** The threads that are inside, one entry for each call. */
    private static final class Stripe {
        private Thread[] inside = {null, null};
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
    <T extends @Nullable Object> T within(Supplier<T> call) {
        Thread me = Thread.currentThread();
        Stripe stripe = stripes[(int) me.threadId() & (STRIPES - 1)];
        synchronized (stripe) {
            if (!closed) {
                if (stripe.calls == stripe.inside.length) {
                    stripe.inside = Arrays.copyOf(stripe.inside, 2 * stripe.calls);
                }
                stripe.inside[stripe.calls] = me;
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
                int own = stripe.calls - 1;
                while (stripe.inside[own] != me) {
                    own--;
                }
                stripe.calls--;
                stripe.inside[own] = stripe.inside[stripe.calls];
                stripe.inside[stripe.calls] = null;
            }
        }
    }

    /**
     * Turns new calls away and waits for those inside.
     *
     * @throws IllegalStateException if the caller is inside itself, and would wait for ever
     */
    void close() {
        Thread me = Thread.currentThread();
        if (Stream.of(stripes).anyMatch(stripe -> isInside(stripe, me))) {
            throw new IllegalStateException(
                    "%s is closed by a call of the same store, which the closing waits for; close it when the call has returned"
                            .formatted(store));
        }
        closed = true;
        IdleStrategy idle = new BackoffIdleStrategy();
        for (Stripe stripe : stripes) {
            while (isInside(stripe)) {
                idle.idle();
            }
        }
    }

    private static boolean isInside(Stripe stripe) {
        synchronized (stripe) {
            return Arrays.stream(stripe.inside, 0, stripe.calls).anyMatch(InFlight::isInside);
        }
    }

    private static boolean isInside(Stripe stripe, Thread one) {
        synchronized (stripe) {
            return Arrays.stream(stripe.inside, 0, stripe.calls).anyMatch(thread -> thread == one && isInside(thread));
        }
    }

    /**
     * Whether a thread that was counted in is inside. The end of the stack may come while a call is counted out, so the count
     * alone does not tell: what a thread is in stands on its stack. A stack of which not all is known counts as inside.
     */
    private static boolean isInside(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0) {
            return false;
        }
        String begun = stack[stack.length - 1].getMethodName();
        boolean whole = begun.equals("run") || begun.equals("main");
        return !whole
                || Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(InFlight.class.getName())
                                && frame.getMethodName().equals("within"));
    }
}
