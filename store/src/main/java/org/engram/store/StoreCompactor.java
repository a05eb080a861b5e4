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

    private final CommittedStore store;
    private final NeuronParts parts;
    private final LearningCheck rule;

    private StoreCompactor(CommittedStore store, Path directory) {
        this.store = store;
        this.parts = new NeuronParts(store.header, store.stripes);
        this.rule = new LearningCheck(store.header, directory);
    }

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
     * @throws EngramException.InvalidPattern if the layout cannot hold a live neuron: PACKED one that is not two-valued,
     *     TIED one whose v is not exactly g w, as format 1.0 learned some
     * @throws EngramException.AlreadyExists if the target holds anything, or lies within the store
     * @throws EngramException.IoFailure if the target cannot be written; nothing is left of it then
     */
    public static Compaction compact(Path store, Path target, Layout layout, StoreInspector.Progress progress) {
        return compact(store, StoreDirectory.onDisk(target), layout, progress);
    }

    static Compaction compact(Path store, StoreDirectory target, Layout layout, StoreInspector.Progress progress) {
        try (CommittedStore committed = CommittedStore.open(store)) {
            Header header =
                    committed.header.renewed(layout == null ? committed.header.layout() : layout, committed.criteria());
            StoreCompactor compactor = new StoreCompactor(committed, store);
            if (header.layout() == Layout.PACKED) {
                compactor.requireTwoValued(store);
            }
            try (UnfinishedStore compact = UnfinishedStore.begin(store, target, header)) {
                compactor.run(compact.writer(), header.layout(), progress);
                compact.finish();
                NeuronTable.View view = committed.table.view();
                return new Compaction(view.live(), view.count() - view.live(), committed.bytes(), compact.bytes());
            }
        }
    }

    private void requireTwoValued(Path directory) {
        NeuronTable.View view = store.table.view();
        for (int i = 0; i < view.others(); i++) {
            int neuron = view.other(i);
            if (view.isLive(neuron)) {
                throw new EngramException.InvalidPattern(
                        "pattern does not fit the layout: %s: a PACKED store holds black and white patterns only, neuron %d under %s is another; choose another layout"
                                .formatted(directory, neuron, Keys.quoted(view.key(neuron))));
            }
        }
    }

    private void run(StoreWriter writer, Layout layout, StoreInspector.Progress progress) {
        int live = store.table.view().live();
        int[] done = {0};
        store.forEachNeuron(neuron -> {
            if (store.isLive(neuron)) {
                parts.read(neuron);
                requireSound(neuron);
                if (!Part.of(layout).contains(Part.V)) {
                    requireDerivable(neuron);
                }
                writer.adopt(neuron, parts);
                progress.at(++done[0], live);
            }
        });
        writer.sync();
    }

    private void requireSound(JournalEntry neuron) {
        for (StripeFile file : store.stripes) {
            String fault = parts.fault(file.part());
            if (!fault.isEmpty()) {
                throw new EngramException.Corrupt(
                        "store cannot be compacted: %s; %s".formatted(fault, StoreSalvager.REMEDY));
            }
        }
        rule.problems(neuron, parts, parts::stored).stream().findFirst().ifPresent(problem -> {
            throw new EngramException.Corrupt(StoreFile.withRemedy(problem, StoreSalvager.REMEDY));
        });
    }

    /** With more than one step, format 1.0 once learned a v that is g w but for its last digits. */
    private void requireDerivable(JournalEntry neuron) {
        if (!parts.hasTiedV()) {
            throw new EngramException.InvalidPattern(
                    "weights do not fit the layout: %s: the v of neuron %d is not g w to the last digit, since format 1.0 learned it step by step; keep the layout FULL"
                            .formatted(store.journal.path().getParent(), neuron.neuron()));
        }
    }
}
