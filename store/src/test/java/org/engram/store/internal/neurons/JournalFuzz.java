package org.engram.store.internal.neurons;

import org.engram.store.fixture.FuzzedStores;
import org.engram.store.internal.medium.StoreDirectory;

/** Fuzz target: any bytes as the journal of a store, or behind it, after one that says which and whether checksums are put right. */
public final class JournalFuzz {

    private JournalFuzz() {}

    /** Makes the stores before any input is timed. */
    public static void fuzzerInitialize() {
        FuzzedStores.prepare();
    }

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedStores.check(StoreDirectory.JOURNAL, data);
    }
}
