package org.engram.cluster;

import java.util.BitSet;

/** An answer that says for which segments it speaks. It covers these in full, and no others. */
interface Covering {

    byte[] segments();

    default BitSet covered() {
        return BitSet.valueOf(segments());
    }
}
