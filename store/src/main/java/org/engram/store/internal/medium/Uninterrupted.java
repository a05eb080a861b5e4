package org.engram.store.internal.medium;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Carries an operation on a channel through an interrupt of its thread, which would close the channel under it. */
final class Uninterrupted {

    /** An operation that opens its own channel, so that it can be run again. */
    interface Operation<T> {
        T run() throws IOException;
    }

    private Uninterrupted() {}

    /** Repeats the operation until no interrupt ends it early; afterwards restores the interrupt of the thread. */
    static <T> T run(Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return operation.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
