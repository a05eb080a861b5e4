package org.engram.store;

import java.nio.file.Path;

/** Makes a new store of the live neurons of another, beside a live writer and without a lock. */
public final class StoreCompactor {

    /**
     * What was made.
     *
     * @param neurons how many neurons the new store has
     * @param dropped how many retired ones it has not
     * @param bytesBefore the length of all files of the store, as far as they were committed
     * @param bytesAfter the length of all files of the new store
     */
    public record Compaction(int neurons, int dropped, long bytesBefore, long bytesAfter) {}

    private StoreCompactor() {}

    /**
     * Makes a store of the neurons that lived when the compaction began, numbered anew in their order. Keys, times, gains
     * and weights stay as they are, bit for bit; so do geometry, rule and criteria. The identity is a new one, and the
     * format that of today.
     *
     * @param store a store; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; there completely, or not at all
     * @param layout what the new store keeps of every neuron; null for what the old one does
     * @param progress told after every live neuron
     * @return how much that was
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if it is damaged
     * @throws EngramException.InvalidPattern if the layout is PACKED and a live neuron is not two-valued
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then
     */
    public static Compaction compact(Path store, Path target, Layout layout, StoreInspector.Progress progress) {
        throw new UnsupportedOperationException();
    }
}
