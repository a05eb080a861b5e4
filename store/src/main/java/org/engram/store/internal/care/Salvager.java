package org.engram.store.internal.care;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.SalvageReport;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.JvmFlags;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.StoreWriter;

/** Makes a new store of whatever is whole in a damaged one, and writes nothing to that. */
public final class Salvager {

    /** What to do about a store that is damaged beyond what a rebuild mends. */
    static final String REMEDY = "run engram salvage";

    private final Header header;
    private final NeuronParts parts;
    private final LearningCheck rule;
    private final Map<Part, Derivation> derivations = new EnumMap<>(Part.class);
    private final List<String> lost;
    private final List<String> notes;
    private int lostNeurons;

    /** How often a part was derived from others, and why that was necessary the first time. */
    private record Derivation(int neurons, String first) {}

    private Salvager(Header header, Path directory, List<StripeFile> files, List<String> lost, List<String> notes) {
        this.header = header;
        this.parts = NeuronParts.onWornMedium(header, files);
        this.rule = new LearningCheck(header, directory);
        this.lost = lost;
        this.notes = notes;
    }

    public static SalvageReport salvage(Path store, StoreDirectory target, Progress progress) {
        JvmFlags.require();
        List<String> lost = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Header header = HeaderMender.read(store, notes);
        WriterLock.writerPid(store).ifPresent(pid -> {
            throw new EngramException.Locked(
                    "store is open for writing: %s: expected no writer, found process %d; close it there, or remove the file lock if that process is no writer of this store"
                            .formatted(store, pid));
        });
        try (Resources resources = new Resources()) {
            StoreDirectory directory = StoreDirectory.onDisk(store);
            StoreFile journal = resources.add(directory.open(StoreDirectory.JOURNAL, false));
            List<StripeFile> files = open(directory, header, resources, lost);
            JournalFragments fragments = JournalFragments.read(journal, header);
            Header renewed = header.renewed(header.layout(), fragments.criteria());
            try (UnfinishedStore rescued = UnfinishedStore.begin(store, target, renewed)) {
                lost.addAll(fragments.lost());
                notes.addAll(fragments.notes());
                files.forEach(file -> noteSurplus(file, header, fragments.neurons(), notes));
                Salvager salvager = new Salvager(header, store, files, lost, notes);
                int neurons = salvager.run(fragments.live(), rescued.writer(), progress);
                rescued.finish();
                return new SalvageReport(neurons, fragments.neuronsWithoutRecord() + salvager.lostNeurons, lost, notes);
            }
        }
    }

    /** Opens the files of parts that are there. */
    private static List<StripeFile> open(
            StoreDirectory directory, Header header, Resources resources, List<String> lost) {
        List<StripeFile> files = new ArrayList<>();
        for (Part part : header.parts()) {
            try {
                files.addAll(StripeFile.open(directory, header, List.of(part), false, 1, resources));
            } catch (EngramException.Corrupt e) {
                lost.add(StoreFile.withRemedy(e.getMessage(), "what it held is derived where something else tells it"));
            }
        }
        return files;
    }

    /** What a file tells by itself: stripes that no record speaks of, and damage to bits that have no checksum of their own. */
    private static void noteSurplus(StripeFile file, Header header, int neurons, List<String> notes) {
        long surplus = file.surplus(neurons);
        if (surplus > 0) {
            notes.add(
                    "stripes have no record: %s: offset %d: expected the end of the file, found %d bytes more; they are the remains of an append, or their record and so their key is lost"
                            .formatted(file.file().path(), file.layout().offsetInFile(neurons), surplus));
        }
        String mismatch = file.derivedMismatch(header);
        if (!mismatch.isEmpty()) {
            notes.add("derived anew: %s: %s".formatted(file.part().fileName, mismatch));
        }
    }

    private int run(Collection<JournalEntry> live, StoreWriter writer, Progress progress) {
        int done = 0;
        for (JournalEntry neuron : live) {
            parts.read(neuron);
            String reason = whyLost(neuron);
            if (reason.isEmpty()) {
                writer.adopt(neuron, parts);
                header.parts().forEach(this::noteDerived);
            } else {
                lost.add("neuron is lost: " + reason);
                lostNeurons++;
            }
            progress.at(++done, live.size());
        }
        writer.sync();
        derivations.forEach((part, derivation) -> notes.add("derived anew: %s, neurons: %d, the first because of %s"
                .formatted(part.fileName, derivation.neurons, derivation.first)));
        return live.size() - lostNeurons;
    }

    /** Why a neuron cannot be had whole, or "". */
    private String whyLost(JournalEntry neuron) {
        String key = Keys.quoted(new String(neuron.key(), StandardCharsets.UTF_8));
        try {
            boolean whole = Part.of(header.layout()).stream().allMatch(part -> parts.get(part) != null);
            if (!whole) {
                return "%s; nothing else tells the weights of neuron %d under %s"
                        .formatted(faults(), neuron.neuron(), key);
            }
        } catch (EngramException.DivergingRule e) {
            // the check below says so
        }
        List<String> problems = rule.problems(neuron, parts, parts::get);
        return problems.isEmpty() ? "" : StoreFile.withRemedy(problems.get(0), "it is under " + key);
    }

    private String faults() {
        return header.parts().stream()
                .map(parts::fault)
                .filter(fault -> !fault.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private void noteDerived(Part part) {
        String fault = parts.fault(part);
        if (!fault.isEmpty()) {
            derivations.merge(
                    part, new Derivation(1, fault), (before, one) -> new Derivation(before.neurons + 1, before.first));
        }
    }
}
