package org.engram.cluster;

import java.util.BitSet;

/** An answer that says which segments it speaks for: all of them in full, and no other. */
interface Covering {

    byte[] segments();

    default BitSet covered() {
        return BitSet.valueOf(segments());
    }
}
