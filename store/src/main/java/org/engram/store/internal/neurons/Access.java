package org.engram.store.internal.neurons;

import java.time.Clock;
import org.engram.store.Durability;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;

/**
 * How a store is opened. About {@code chunkBytes} of a stripe file are mapped at a time; in tests few, to cross chunks. A writer
 * indexes its journal when {@code indexAfter} records or more are not indexed; in tests few.
 */
public record Access(
        boolean writable, Durability durability, Clock clock, long chunkBytes, int indexAfter, Medium medium) {

    /** To take in as many takes a millisecond, and a fifth of a megabyte. */
    public static final int INDEX_AFTER = 4096;

    public static final Access READ_ONLY = new Access(
            false,
            Durability.PROCESS_SAFE,
            Clock.systemUTC(),
            StripeLayout.CHUNK_TARGET_BYTES,
            INDEX_AFTER,
            StoreDirectory.DISK);

    public static Access writer(Durability durability, Clock clock) {
        return new Access(true, durability, clock, StripeLayout.CHUNK_TARGET_BYTES, INDEX_AFTER, StoreDirectory.DISK);
    }

    public Access withChunkBytes(long wanted) {
        return new Access(writable, durability, clock, wanted, indexAfter, medium);
    }

    public Access on(Medium other) {
        return new Access(writable, durability, clock, chunkBytes, indexAfter, other);
    }

    public Access indexingAfter(int records) {
        return new Access(writable, durability, clock, chunkBytes, records, medium);
    }
}
