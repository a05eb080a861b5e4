package org.engram.store.internal.care;

import java.nio.file.Path;
import org.engram.store.CopyReport;
import org.engram.store.Progress;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.StoreFiles;

/** Copies a store beside a live writer, without a lock: what was committed when the copy began, byte for byte. */
public final class Copier {

    private final StoreFiles store;
    private final UnfinishedStore copy;
    private final PartFiles files;

    private Copier(StoreFiles store, UnfinishedStore copy) {
        this.store = store;
        this.copy = copy;
        this.files = new PartFiles(store.header(), store.stripes(), false);
    }

    public static CopyReport copy(Path store, StoreDirectory target, Progress progress) {
        try (StoreFiles committed = Committed.open(store);
                UnfinishedStore copy = UnfinishedStore.begin(store, target, committed.header())) {
            new Copier(committed, copy).run(progress);
            copy.finish();
            return new CopyReport(committed.neurons(), committed.committedBytes());
        }
    }

    private void run(Progress progress) {
        store.forEachNeuron(neuron -> {
            NeuronParts parts = NeuronParts.readWhole(files, neuron, "store cannot be copied", Committed.REMEDY);
            copy.files().stripes().forEach(file -> copy(file, parts, neuron.neuron()));
            progress.at(neuron.neuron() + 1, store.neurons());
        });
        store.journal().copy(0, store.position(), copy.files().journal());
    }

    private static void copy(StripeFile file, NeuronParts parts, int neuron) {
        byte[] stripe = parts.stored(file.part());
        file.file().write(file.layout().offsetInFile(neuron), stripe, stripe.length);
    }
}
