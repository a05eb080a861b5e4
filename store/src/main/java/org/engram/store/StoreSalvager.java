package org.engram.store;

import java.nio.file.Path;

/** Makes a new store of whatever is whole in a damaged one, and writes nothing to that. */
public final class StoreSalvager {

    /** What to do about a store that is damaged beyond what a rebuild mends. */
    static final String REMEDY = "run engram salvage";

    private StoreSalvager() {}

    /**
     * Takes every live neuron whose record is whole and whose weights are, or can be derived from a part that is and
     * proven by the record's checksums. Where records of a key survive, the last one counts.
     *
     * @param store a store that nobody has open for writing; nothing is written to it
     * @param target an empty directory outside it, or one that is not there yet; there completely, or not at all
     * @param progress told after every live neuron
     * @return what is in the new store, and what is not
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if there is no journal, or the header has more than one bit flipped
     * @throws EngramException.Locked if a writer has it open; the message names its pid
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then
     */
    public static SalvageReport salvage(Path store, Path target, StoreInspector.Progress progress) {
        throw new UnsupportedOperationException();
    }
}
