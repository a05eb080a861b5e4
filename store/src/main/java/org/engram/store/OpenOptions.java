package org.engram.store;

import java.time.Clock;
import java.util.Objects;
import org.engram.store.internal.neurons.Access;

/**
 * How one opening of a store for writing behaves; nothing of it is recorded in the store. {@link StoreOptions} say what
 * a store is for life.
 *
 * <pre>{@code
 * PatternStore store = PatternStore.open(path, OpenOptions.DEFAULT.withDurability(Durability.ALWAYS));
 * }</pre>
 *
 * @param durability what an append waits for
 */
public record OpenOptions(Durability durability) {

    /** Process safe. */
    public static final OpenOptions DEFAULT = new OpenOptions(Durability.PROCESS_SAFE);

    /** Refuses null. */
    public OpenOptions {
        Objects.requireNonNull(durability, "durability");
    }

    /** {@return a copy with another durability}
     * @param wanted what an append waits for */
    public OpenOptions withDurability(Durability wanted) {
        return new OpenOptions(wanted);
    }

    Access access() {
        return Access.writer(durability, Clock.systemUTC());
    }
}
