package org.engram.store.internal.neurons;

import org.engram.store.fixture.FuzzedIndex;

/**
 * Fuzz target: any bytes as the first segment of an index, or from some place in it on, after one that says of which store and
 * whether the checksums are put right.
 */
public final class IndexFuzz {

    private IndexFuzz() {}

    /** Makes the stores before any input is timed. */
    public static void fuzzerInitialize() {
        FuzzedIndex.prepare();
    }

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedIndex.check(data);
    }
}
