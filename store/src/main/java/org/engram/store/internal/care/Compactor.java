package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.Optional;
import org.engram.store.CompactionReport;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Progress;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.StoreWriter;

/** Makes a new store of the live neurons of another, beside a live writer and without a lock. */
public final class Compactor {

    private final CommittedStore store;
    private final NeuronParts parts;
    private final LearningCheck rule;

    private Compactor(CommittedStore store, Path directory) {
        this.store = store;
        this.parts = new NeuronParts(store.header, store.stripes);
        this.rule = new LearningCheck(store.header, directory);
    }

    /** Into the layout of the store itself unless another is given. */
    public static CompactionReport compact(
            Path store, StoreDirectory target, Optional<Layout> layout, Progress progress) {
        try (CommittedStore committed = CommittedStore.open(store)) {
            Header header = committed.header.renewed(layout.orElse(committed.header.layout()), committed.criteria());
            Compactor compactor = new Compactor(committed, store);
            if (header.layout() == Layout.PACKED) {
                compactor.requireTwoValued(store);
            }
            try (UnfinishedStore compact = UnfinishedStore.begin(store, target, header)) {
                compactor.run(compact.writer(), header.layout(), progress);
                compact.finish();
                NeuronTable.View view = committed.table.view();
                return new CompactionReport(
                        view.live(), view.count() - view.live(), committed.bytes(), compact.bytes());
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

    private void run(StoreWriter writer, Layout layout, Progress progress) {
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
                        "store cannot be compacted: %s; %s".formatted(fault, Salvager.REMEDY));
            }
        }
        rule.problems(neuron, parts, parts::stored).stream().findFirst().ifPresent(problem -> {
            throw new EngramException.Corrupt(StoreFile.withRemedy(problem, Salvager.REMEDY));
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
