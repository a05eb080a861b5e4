package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.Optional;
import org.engram.store.CompactionReport;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Progress;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.StoreFiles;
import org.engram.store.internal.neurons.StoreWriter;

/** Makes a new store of the live neurons of another, beside a live writer and without a lock. */
public final class Compactor {

    private final StoreFiles store;
    private final PartFiles files;
    private final LearningCheck rule;

    private Compactor(StoreFiles store, Path directory) {
        this.store = store;
        this.files = new PartFiles(store.header(), store.stripes(), false);
        this.rule = new LearningCheck(store.header(), directory);
    }

    /** Keeps the layout of the store unless another is given. */
    public static CompactionReport compact(
            Path store, StoreDirectory target, Optional<Layout> layout, Progress progress) {
        try (StoreFiles committed = Committed.open(store)) {
            Header header =
                    committed.header().renewed(layout.orElse(committed.header().layout()), committed.criteria());
            Compactor compactor = new Compactor(committed, store);
            if (header.layout() == Layout.PACKED) {
                compactor.requireTwoValued(store);
            }
            try (UnfinishedStore compact = UnfinishedStore.begin(store, target, header)) {
                StoreWriter writer = compact.writer();
                compactor.run(writer, progress);
                compact.sync(writer);
                compact.finish();
                NeuronTable.View view = committed.table().view();
                return new CompactionReport(
                        view.live(), view.count() - view.live(), committed.committedBytes(), compact.bytes());
            }
        }
    }

    private void requireTwoValued(Path directory) {
        NeuronTable.View view = store.table().view();
        for (int i = 0; i < view.notTwoValued(); i++) {
            int neuron = view.notTwoValuedAt(i);
            if (view.isLive(neuron)) {
                throw new EngramException.InvalidPattern(Diagnosis.of("pattern does not fit a PACKED store")
                        .in(directory)
                        .expected(
                                "black and white patterns only",
                                "neuron %s under %s".formatted(neuron, Keys.quoted(view.key(neuron))))
                        .remedy("choose another layout"));
            }
        }
    }

    private void run(StoreWriter writer, Progress progress) {
        store.forEachLiveNeuron(progress, neuron -> {
            NeuronParts parts = NeuronParts.readWhole(files, neuron, "store cannot be compacted", Committed.REMEDY);
            rule.problems(neuron, parts, parts::stored).stream().findFirst().ifPresent(problem -> {
                throw new EngramException.Corrupt(problem.remedy(Committed.REMEDY));
            });
            writer.adopt(neuron, parts::get);
        });
    }
}
