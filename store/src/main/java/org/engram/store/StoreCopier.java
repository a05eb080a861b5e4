package org.engram.store;

import java.nio.file.Path;

/** Copies a store beside a live writer, without a lock: what was committed when the copy began, byte for byte. */
public final class StoreCopier {

    /**
     * What was copied.
     *
     * @param neurons how many neurons, retired ones included
     * @param bytes the length of all files of the copy
     */
    public record Copy(int neurons, long bytes) {}

    private StoreCopier() {}

    /**
     * Copies header, journal and neurons, each neuron compared with its checksums on the way. The copy is the same store:
     * same identity, same numbers of neurons.
     *
     * @param store a store; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; there completely, or not at all
     * @param progress told after every neuron
     * @return how much was copied
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.AlreadyExists if the target holds anything, or cannot be told from the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then
     */
    public static Copy copy(Path store, Path target, StoreInspector.Progress progress) {
        throw new UnsupportedOperationException();
    }
}
