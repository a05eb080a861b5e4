package org.engram.store.internal.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Closes what was opened, the last first, all of it even when one fails. Not safe for threads. */
public final class Resources implements AutoCloseable {

    private final List<Runnable> open = new ArrayList<>();

    public void add(Runnable close) {
        open.add(close);
    }

    public StoreFile add(StoreFile file) {
        open.add(file::close);
        return file;
    }

    /**
     * Opens and keeps what is to be closed. The room for it is made before it is opened: no Error comes between the opening
     * and the keeping.
     */
    public <T> T take(Supplier<T> opening, Consumer<T> closing) {
        Taken<T> taken = new Taken<>(closing);
        open.add(taken);
        T opened = opening.get();
        taken.opened = opened;
        return opened;
    }

    private static final class Taken<T> implements Runnable {

        private final Consumer<T> closing;
        private @Nullable T opened;

        Taken(Consumer<T> closing) {
            this.closing = closing;
        }

        @Override
        public void run() {
            if (opened != null) {
                closing.accept(opened);
            }
        }
    }

    /** Closes everything because of a failure, which stays the first. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Throwable alsoFailed) {
            note(failure, alsoFailed);
        }
    }

    /** Closes everything. What an Error kept from closing is tried once more when this is called again. */
    @Override
    public void close() {
        Throwable first = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).run();
                open.remove(i);
            } catch (RuntimeException e) {
                first = first(first, e);
                open.remove(i);
            } catch (Error e) {
                first = first(first, e);
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }

    private static Throwable first(@Nullable Throwable first, Throwable now) {
        if (first == null) {
            return now;
        }
        note(first, now);
        return first;
    }

    private static void note(Throwable first, Throwable also) {
        try {
            first.addSuppressed(also);
        } catch (IllegalArgumentException e) {
            // the same once more: where the heap stays full, a JVM has one OutOfMemoryError for all
        } catch (Error e) {
            // neither stack nor heap is left to note it with
        }
    }
}
