package org.engram.store.internal.format;

import org.engram.store.fixture.FuzzedStores;
import org.engram.store.internal.medium.StoreDirectory;

/** Fuzz target: any bytes as the header of a store, after one that says which store and whether the checksum is put right. */
public final class HeaderFuzz {

    private HeaderFuzz() {}

    /** Makes the stores before any input is timed. */
    public static void fuzzerInitialize() {
        FuzzedStores.prepare();
    }

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedStores.check(StoreDirectory.HEADER, data);
    }
}
