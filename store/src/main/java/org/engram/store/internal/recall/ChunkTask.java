package org.engram.store.internal.recall;

/** What has to be done with every chunk of the neurons, in any order, perhaps by several threads. */
interface ChunkTask {

    /**
     * Does one.
     *
     * @param chunk 0 to the number of chunks - 1
     * @param worker 0 to the number of threads - 1: which of them this is, for what they cannot share
     */
    void run(int chunk, int worker);
}
