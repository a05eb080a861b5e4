package org.engram.store.internal.medium;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the last first, all of it even when one fails. */
public final class Resources implements AutoCloseable {

    private final Deque<Runnable> open = new ArrayDeque<>();

    public void add(Runnable close) {
        open.push(close);
    }

    public StoreFile add(StoreFile file) {
        open.push(file::close);
        return file;
    }

    /** Closes everything because of a failure, which stays the first. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
