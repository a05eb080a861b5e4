package org.engram.store.internal.neurons;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.engram.store.Durability;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;

/**
 * How a store is opened. About {@code chunkBytes} of a stripe file are mapped at a time. A writer waits {@code
 * changeNs} for a change of an earlier writer that lost its lock. It indexes its journal when {@code indexAfter}
 * records or more are not indexed. Tests use small numbers, and do not wait.
 */
public record Access(
        boolean writable,
        Durability durability,
        Clock clock,
        long chunkBytes,
        long changeNs,
        int indexAfter,
        Medium medium) {

    /** Much longer than any change takes. */
    static final long CHANGE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Taking in this many records takes a millisecond, and a fifth of a megabyte. */
    public static final int INDEX_AFTER = 4096;

    public static final Access READ_ONLY = of(false, Durability.PROCESS_SAFE, Clock.systemUTC());

    public static Access writer(Durability durability, Clock clock) {
        return of(true, durability, clock);
    }

    private static Access of(boolean writable, Durability durability, Clock clock) {
        return new Access(
                writable,
                durability,
                clock,
                StripeLayout.CHUNK_TARGET_BYTES,
                CHANGE_NS,
                INDEX_AFTER,
                StoreDirectory.DISK);
    }

    /** Waits for the change that a writer without its lock may be in the middle of. */
    static void awaitChange(long changeNs) {
        long until = System.nanoTime() + changeNs;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    public Access withChunkBytes(long wanted) {
        return new Access(writable, durability, clock, wanted, changeNs, indexAfter, medium);
    }

    public Access withoutWaiting() {
        return new Access(writable, durability, clock, chunkBytes, 0, indexAfter, medium);
    }

    public Access indexingAfter(int records) {
        return new Access(writable, durability, clock, chunkBytes, changeNs, records, medium);
    }

    public Access on(Medium other) {
        return new Access(writable, durability, clock, chunkBytes, changeNs, indexAfter, other);
    }
}
