package org.engram.store;

import java.nio.file.Path;
import java.util.function.Function;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.WriterLock;
import org.jspecify.annotations.Nullable;

/** What an opening has taken so far. The lock has its place here before it is asked for, so that no Error loses it. */
final class Opening {

    final Resources resources = new Resources();
    private @Nullable WriterLock lock;
    private boolean failed;

    Opening() {
        resources.add(this::unlock);
    }

    /** {@return what an opening leads to} If whatever Throwable ends it, what it has taken is released. */
    static <T> T of(Function<Opening, T> opening) {
        Opening taken = new Opening();
        try {
            return opening.apply(taken);
        } catch (RuntimeException | Error e) {
            // Not by a call of its own: little stack may be left.
            taken.failed = true;
            taken.resources.closeAfter(e);
            throw e;
        }
    }

    /** Releases what was taken because of a failure, which stays the first, and undoes what is to be undone then. */
    void fail(Throwable failure) {
        failed = true;
        resources.closeAfter(failure);
    }

    /** Has something undone if the opening fails: after what was opened later is closed, and only while the lock is held. */
    void undoIfItFails(Runnable undo) {
        resources.add(() -> {
            if (failed && lock != null && lock.isInPlace()) {
                undo.run();
            }
        });
    }

    /** Acquires the lock of a store unless it is held. */
    WriterLock lock(Path store) {
        WriterLock held = lock;
        if (held == null) {
            held = WriterLock.acquire(store);
            lock = held;
        }
        return held;
    }

    void unlock() {
        WriterLock held = lock;
        if (held != null) {
            held.close();
            lock = null;
        }
    }
}
