package org.engram.store.internal.neurons;

import java.time.Clock;
import org.engram.store.Durability;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;

/** How a store is opened. About {@code chunkBytes} of a stripe file are mapped at a time; in tests few, to cross chunks. */
public record Access(boolean writable, Durability durability, Clock clock, long chunkBytes, Medium medium) {

    public static final Access READ_ONLY = new Access(
            false, Durability.PROCESS_SAFE, Clock.systemUTC(), StripeLayout.CHUNK_TARGET_BYTES, StoreDirectory.DISK);

    public static Access writer(Durability durability, Clock clock) {
        return new Access(true, durability, clock, StripeLayout.CHUNK_TARGET_BYTES, StoreDirectory.DISK);
    }

    public Access withChunkBytes(long wanted) {
        return new Access(writable, durability, clock, wanted, medium);
    }

    public Access on(Medium other) {
        return new Access(writable, durability, clock, chunkBytes, other);
    }
}
