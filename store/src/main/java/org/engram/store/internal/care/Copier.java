package org.engram.store.internal.care;

import java.nio.file.Path;
import org.engram.store.CopyReport;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;

/** Copies a store beside a live writer, without a lock: what was committed when the copy began, byte for byte. */
public final class Copier {

    private final CommittedStore store;
    private final UnfinishedStore copy;
    private final NeuronParts parts;

    private Copier(CommittedStore store, UnfinishedStore copy) {
        this.store = store;
        this.copy = copy;
        this.parts = new NeuronParts(store.header, store.stripes);
    }

    public static CopyReport copy(Path store, StoreDirectory target, Progress progress) {
        try (CommittedStore committed = CommittedStore.open(store);
                UnfinishedStore copy = UnfinishedStore.begin(store, target, committed.header)) {
            new Copier(committed, copy).run(progress);
            copy.finish();
            return new CopyReport(committed.neurons(), committed.bytes());
        }
    }

    private void run(Progress progress) {
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
        return new EngramException.Corrupt("store cannot be copied: %s; %s".formatted(what, Salvager.REMEDY));
    }
}
