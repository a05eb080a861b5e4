package org.engram.store.internal.neurons;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.engram.store.EngramException;
import org.engram.store.internal.format.StripeFile;

/**
 * Proves that a store's files are still where its writer opened them, as that writer left them, and that no other writer was
 * let in. Not safe for threads.
 *
 * <p>A writer that opens the store writes a fence behind the end of the journal, then waits {@link Access#CHANGE_NS}, and
 * only then takes in what is there. So a change counts if it ends within that time after a proof: if the fence came before
 * the proof, the proof failed; if it came later, the other writer takes the change in.
 */
final class Ownership {

    /** A proof asks for each file by its name, which takes microseconds, so it is not made anew for each change. */
    private static final long RENEW_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A quarter of what the journal may grow by before it reaches the fence of another writer. */
    private static final long RENEW_BYTES = TornTail.FENCE_BYTES / 4;

    /** A quarter of the time for which another writer waits. */
    private static final long TRUSTED_NS = Access.CHANGE_NS / 4;

    private final StoreFiles files;
    private final LongSupplier nanoTime;
    private boolean proven;
    private long provenAt;
    private long provenEnd;

    Ownership(StoreFiles files) {
        this(files, System::nanoTime);
    }

    Ownership(StoreFiles files, LongSupplier nanoTime) {
        this.files = files;
        this.nanoTime = nanoTime;
    }

    /** Proves it before a change, unless that was proven a moment ago. The journal ends at {@code end}, in bytes. */
    void proveBefore(long end) {
        if (!proven || nanoTime.getAsLong() - provenAt >= RENEW_NS || end - provenEnd >= RENEW_BYTES) {
            prove(end);
        }
    }

    /**
     * Proves it now.
     *
     * @throws EngramException.Superseded if a file was replaced, moved or deleted
     * @throws EngramException.Locked if another writer was let in
     * @throws EngramException.Corrupt if a file was cut
     */
    void prove(long end) {
        proven = false;
        long now = nanoTime.getAsLong();
        files.journal().requireUntouched(end);
        for (StripeFile file : files.stripes()) {
            file.requireHoldsInPlace(files.neurons(), files.header());
        }
        provenAt = now;
        provenEnd = end;
        proven = true;
    }

    /** Proves it after a change, if the change took so long that another writer may not have waited for it. */
    void proveAfter(long end) {
        if (!proven || nanoTime.getAsLong() - provenAt >= TRUSTED_NS) {
            files.journal().requireEndsAt(end);
        }
    }
}
