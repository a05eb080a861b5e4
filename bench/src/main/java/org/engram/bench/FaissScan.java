package org.engram.bench;

import org.openjdk.jmh.annotations.Param;

/** The indexes of FAISS that take a million codes in minutes. */
public class FaissScan extends FaissSearch {

    /** Which. */
    @Param({"FLAT", "IVF"})
    public FaissIndex index;

    /** JMH makes it. */
    public FaissScan() {}

    @Override
    FaissIndex index() {
        return index;
    }
}
