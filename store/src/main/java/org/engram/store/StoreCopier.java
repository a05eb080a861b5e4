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

    private final CommittedStore store;
    private final UnfinishedStore copy;
    private final NeuronParts parts;

    private StoreCopier(CommittedStore store, UnfinishedStore copy) {
        this.store = store;
        this.copy = copy;
        this.parts = new NeuronParts(store.header, store.stripes);
    }

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
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then
     */
    public static Copy copy(Path store, Path target, StoreInspector.Progress progress) {
        return copy(store, StoreDirectory.onDisk(target), progress);
    }

    static Copy copy(Path store, StoreDirectory target, StoreInspector.Progress progress) {
        try (CommittedStore committed = CommittedStore.open(store);
                UnfinishedStore copy = UnfinishedStore.begin(store, target, committed.header)) {
            new StoreCopier(committed, copy).run(progress);
            copy.finish();
            return new Copy(committed.neurons(), committed.bytes());
        }
    }

    private void run(StoreInspector.Progress progress) {
        store.stripes.forEach(this::requireDerived);
        store.forEachNeuron(neuron -> {
            parts.read(neuron);
            copy.stripes().forEach(file -> copy(file, neuron.neuron()));
            progress.at(neuron.neuron() + 1, store.neurons());
        });
        store.journal.copy(0, store.journalBytes, copy.journal());
    }

    private void copy(StripeFile file, int neuron) {
        String fault = parts.fault(file.part());
        if (!fault.isEmpty()) {
            throw damaged(fault);
        }
        byte[] stripe = parts.stored(file.part());
        file.file().write(file.layout().offsetInFile(neuron), stripe, stripe.length);
    }

    /** The bits of neurons that came from format 1.0 have one checksum for all of them, which is in the header. */
    private void requireDerived(StripeFile file) {
        String mismatch = file.derivedMismatch(store.header);
        if (!mismatch.isEmpty()) {
            throw damaged(mismatch);
        }
    }

    private static EngramException damaged(String what) {
        return new EngramException.Corrupt("store cannot be copied: %s; %s".formatted(what, StoreSalvager.REMEDY));
    }
}
