package org.engram.store;

/** Told how far a long work on a store is. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (done, total) -> {};

    /**
     * Called after every neuron, from the thread that works.
     *
     * @param done neurons so far
     * @param total neurons in all
     */
    void at(int done, int total);
}
