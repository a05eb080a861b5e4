package org.engram.store;

import org.engram.store.internal.recall.RecallPath;

/** Options by which one kernel alone answers. A host has no use for them, so only the package of the options makes them. */
public final class ForcedPath {

    /** Reads the bits, however few neurons there are. */
    public static final RecallOptions PLANES = RecallOptions.DEFAULT.withPath(RecallPath.PLANES);

    /** Reads the floats, even where bits would do. */
    public static final RecallOptions STRIPES = RecallOptions.DEFAULT.withPath(RecallPath.STRIPES);

    private ForcedPath() {}
}
