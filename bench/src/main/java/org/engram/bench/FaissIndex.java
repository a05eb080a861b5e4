package org.engram.bench;

/** An index of FAISS for codes of bits; the table and the JSON name it. */
public enum FaissIndex {
    /** Compares every code. */
    FLAT,
    /** Compares the codes of the 8 nearest of 256 lists. It may miss. */
    IVF,
    /** Walks a graph of 32 links a code, 64 wide. It may miss. */
    HNSW
}
