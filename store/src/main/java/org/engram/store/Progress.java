package org.engram.store;

/** Is told how far a long operation on a store has come. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (done, total) -> {};

    /** Called after every neuron, by the thread that does the operation.
     * @param done neurons so far
     * @param total neurons in all */
    void at(int done, int total);
}
