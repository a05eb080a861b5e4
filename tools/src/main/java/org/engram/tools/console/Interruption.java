package org.engram.tools.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a task clean up when the process is told to end, by Ctrl-C, a hang-up or TERM. Java still runs the task until
 * this shutdown hook returns, and the hook waits for the task to notice.
 */
public final class Interruption implements AutoCloseable {

    /** The process ends, and the task with it, without a message. */
    @SuppressWarnings("serial")
    public static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("interrupted", null, false, false);
        }
    }

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread onInterrupt = new Thread(this::await, "engram-interruption");
    private volatile boolean asked;

    private Interruption() {}

    /** Begins a task that ends with {@link #close}, on the same thread. */
    public static Interruption begin() {
        Interruption interruption = new Interruption();
        try {
            Runtime.getRuntime().addShutdownHook(interruption.onInterrupt);
        } catch (IllegalStateException ending) {
            throw new Interrupted();
        }
        return interruption;
    }

    /** Whether the process was told to end. */
    public boolean isAsked() {
        return asked;
    }

    /** Throws Interrupted if the process was told to end; a task calls it often. */
    public void check() {
        if (asked) {
            throw new Interrupted();
        }
    }

    /** Waits, and stops waiting when the process is told to end. */
    public void pause(Duration duration) {
        try {
            begun.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        }
        check();
    }

    private void await() {
        asked = true;
        begun.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException ending) {
            return; // the hook runs now, and waits no longer
        }
    }
}
