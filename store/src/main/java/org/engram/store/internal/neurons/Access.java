package org.engram.store.internal.neurons;

import java.time.Clock;
import org.engram.store.Durability;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Disk;
import org.engram.store.internal.medium.Medium;

/**
 * How a store is opened.
 *
 * @param chunkBytes how much of a stripe file to map at a time, about; small in tests, to cross chunks cheaply
 */
public record Access(boolean writable, Durability durability, Clock clock, long chunkBytes, Medium medium) {

    public static final Access READ_ONLY = new Access(
            false, Durability.PROCESS_SAFE, Clock.systemUTC(), StripeLayout.CHUNK_TARGET_BYTES, Disk.INSTANCE);

    public static Access writer(Durability durability, Clock clock) {
        return new Access(true, durability, clock, StripeLayout.CHUNK_TARGET_BYTES, Disk.INSTANCE);
    }

    public Access withChunkBytes(long wanted) {
        return new Access(writable, durability, clock, wanted, medium);
    }

    public Access on(Medium other) {
        return new Access(writable, durability, clock, chunkBytes, other);
    }
}
