package org.engram.store.internal.care;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.SalvageReport;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.StoreWriter;

/** Makes a new store of whatever is whole in a damaged store, and writes nothing to the damaged store. */
public final class Salvager {

    private final Header header;
    private final PartFiles files;
    private final LearningCheck rule;
    private final Map<Part, Derivation> derivations = new EnumMap<>(Part.class);
    private final List<Diagnosis> lost;
    private final List<Diagnosis> notes;
    private int lostNeurons;

    /** How often a part was derived from others, and why that was necessary the first time. */
    private record Derivation(int neurons, Diagnosis first) {}

    private Salvager(
            Header header, Path directory, List<StripeFile> files, List<Diagnosis> lost, List<Diagnosis> notes) {
        this.header = header;
        this.files = new PartFiles(header, files, true);
        this.rule = new LearningCheck(header, directory);
        this.lost = lost;
        this.notes = notes;
    }

    public static SalvageReport salvage(Path store, StoreDirectory target, Progress progress) {
        List<Diagnosis> lost = new ArrayList<>();
        List<Diagnosis> notes = new ArrayList<>();
        Header header = HeaderMender.read(store, notes);
        WriterLock.writer(store).ifPresent(writer -> {
            throw new EngramException.Locked(Diagnosis.of("store is open for writing")
                    .in(store)
                    .expected("no writer", writer)
                    .remedy("close it there"));
        });
        try (Resources resources = new Resources()) {
            StoreDirectory directory = StoreDirectory.onDisk(store);
            StoreFile journal = resources.add(directory.open(StoreDirectory.JOURNAL, false, "restore it from a copy"));
            List<StripeFile> files = open(directory, header, resources, lost);
            JournalFragments fragments = JournalFragments.read(journal, header);
            Header renewed = header.renewed(header.layout(), fragments.criteria());
            try (UnfinishedStore rescued = UnfinishedStore.begin(store, target, renewed)) {
                lost.addAll(fragments.lost());
                notes.addAll(fragments.notes());
                files.forEach(file -> noteSurplus(file, fragments.neurons(), notes));
                Salvager salvager = new Salvager(header, store, files, lost, notes);
                int neurons = salvager.run(fragments.live(), rescued.writer(), progress);
                rescued.finish();
                return new SalvageReport(neurons, fragments.neuronsWithoutRecord() + salvager.lostNeurons, lost, notes);
            }
        }
    }

    private static List<StripeFile> open(
            StoreDirectory directory, Header header, Resources resources, List<Diagnosis> lost) {
        List<StripeFile> files = new ArrayList<>();
        for (Part part : header.parts()) {
            try {
                StripeFile file = StripeFile.open(directory, header, part);
                resources.add(file.file());
                files.add(file);
            } catch (EngramException.Corrupt e) {
                lost.add(e.diagnosis().remedy("what it held is derived where something else tells it"));
            }
        }
        return files;
    }

    private static void noteSurplus(StripeFile file, int neurons, List<Diagnosis> notes) {
        long surplus = file.surplus(neurons);
        if (surplus > 0) {
            notes.add(Diagnosis.of("stripes have no record")
                    .in(file.file().path(), file.layout().offsetInFile(neurons))
                    .expected("the end of the file", "%s bytes more".formatted(surplus))
                    .remedy("they are the remains of an append, or their record and so their key is lost"));
        }
    }

    private int run(Collection<JournalEntry.Memorized> live, StoreWriter writer, Progress progress) {
        int done = 0;
        for (JournalEntry.Memorized neuron : live) {
            NeuronParts parts = NeuronParts.read(files, neuron);
            List<Diagnosis> reasons = whyLost(neuron, parts);
            if (reasons.isEmpty()) {
                writer.adopt(neuron, parts::get);
                header.parts().forEach(part -> noteDerived(part, parts));
            } else {
                lost.addAll(reasons);
                lostNeurons++;
            }
            progress.at(++done, live.size());
        }
        writer.sync();
        derivations.forEach((part, derivation) ->
                notes.add(derivation.first.what("derived anew: %s, neurons: %s, the first because of damage"
                        .formatted(part.fileName, derivation.neurons))));
        return live.size() - lostNeurons;
    }

    /** Why a neuron is not whole: its damaged parts, or where its weights contradict the rule. */
    private List<Diagnosis> whyLost(JournalEntry.Memorized neuron, NeuronParts parts) {
        String key = Keys.quoted(new String(neuron.key(), StandardCharsets.UTF_8));
        try {
            boolean whole = header.parts().stream().allMatch(parts::has);
            if (!whole) {
                String nothingElse =
                        "nothing else tells the weights of neuron %s under %s".formatted(neuron.neuron(), key);
                return header.parts().stream()
                        .flatMap(part -> parts.fault(part).stream())
                        .map(fault -> fault.what("neuron is lost").remedy(nothingElse))
                        .toList();
            }
        } catch (EngramException.DivergingRule e) {
            // the check below says so
        }
        return rule.problems(neuron, parts, parts::get).stream()
                .limit(1)
                .map(problem -> problem.what("neuron is lost, its weights contradict the learning rule")
                        .remedy("it is under " + key))
                .toList();
    }

    private void noteDerived(Part part, NeuronParts parts) {
        parts.fault(part)
                .ifPresent(fault -> derivations.merge(
                        part,
                        new Derivation(1, fault),
                        (before, one) -> new Derivation(before.neurons + 1, before.first)));
    }
}
