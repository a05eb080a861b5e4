package org.engram.bench;

import org.openjdk.jmh.annotations.Param;

/** The index of FAISS that is a graph. It takes some milliseconds a code to make, so larger sizes are left out. */
public class FaissGraph extends FaissSearch {

    static final int MOST_NEURONS = 20_000;

    /** Which; the table names it. */
    @Param("HNSW")
    public FaissIndex index;

    /** JMH makes it. */
    public FaissGraph() {}

    @Override
    FaissIndex index() {
        return index;
    }
}
