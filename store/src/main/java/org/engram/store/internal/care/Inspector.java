package org.engram.store.internal.care;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeCheck;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.IndexCheck;
import org.engram.store.internal.neurons.JournalScan;
import org.engram.store.internal.neurons.NeuronList;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.StoreFiles;

/**
 * Inspects a store that may be damaged. It reads at positions, maps nothing, takes no lock and writes nothing.
 * Works beside a live writer. A damaged header is an error; damage elsewhere is part of the report.
 */
public final class Inspector {

    private final Path directory;
    private final Header header;
    private final List<Diagnosis> notes = new ArrayList<>();
    private final List<Diagnosis> problems = new ArrayList<>();
    private final NeuronTable table;
    private long vouched;
    /** How many neurons have a record, including those that opening leaves out. */
    private int recorded;

    private int checked;
    private StoreReport.Index index = StoreReport.Index.ABSENT;

    private Inspector(StoreDirectory files) {
        this.directory = files.path();
        this.header = Header.read(files);
        this.table = new NeuronTable(files.resolve(StoreDirectory.JOURNAL), header.criteria());
    }

    public static StoreReport verify(StoreDirectory files, VerifyLevel level, Progress progress) {
        Inspector inspector = new Inspector(files);
        try (Resources resources = new Resources()) {
            List<StripeFile> stripes = new ArrayList<>();
            for (Part part : inspector.header.parts()) {
                StripeFile file = StripeFile.open(files, inspector.header, part);
                resources.add(file.file());
                stripes.add(file);
            }
            // A live writer appends stripes before records, so lengths that are read first are never too long.
            long[] lengths =
                    stripes.stream().mapToLong(file -> file.file().length()).toArray();
            StoreFile journal = resources.add(files.open(StoreDirectory.JOURNAL, false));
            inspector.readJournal(journal, stripes);
            inspector.checkIndex(files, journal, level);
            for (int i = 0; i < lengths.length; i++) {
                inspector.compareLength(stripes.get(i), lengths[i]);
            }
            if (level != VerifyLevel.STRUCTURE) {
                inspector.compareStripes(journal, stripes, level, progress);
            }
        } catch (EngramException.Corrupt e) {
            inspector.problems.add(e.diagnosis());
        }
        return inspector.report();
    }

    /** Reads it twice, as what a change means depends on the last SYNC, and a journal may be larger than the heap. */
    private void readJournal(StoreFile journal, List<StripeFile> stripes) {
        JournalScan scan = new JournalScan(journal, header, 0, 0);
        long length = journal.length();
        long changes = 0;
        try {
            for (List<JournalEntry> whole = scan.nextWhole(); !whole.isEmpty(); whole = scan.nextWhole()) {
                changes++;
                for (JournalEntry entry : whole) {
                    vouched = entry instanceof JournalEntry.Synced ? entry.sequence() : vouched;
                    recorded += entry instanceof JournalEntry.Memorized ? 1 : 0;
                }
            }
            table.reserve(recorded);
            recorded += scan.unfinishedNeurons();
            scan.remains(length).ifPresent(notes::add);
        } catch (EngramException.Corrupt e) {
            problems.add(e.diagnosis());
        }
        try {
            takeIn(new JournalScan(journal, header, 0, 0), changes, stripes);
        } catch (EngramException.Corrupt e) {
            problems.add(e.diagnosis());
        }
    }

    /** Takes in what opening takes in: up to the first neuron whose checksums do not match and that no SYNC vouches for. */
    private void takeIn(JournalScan scan, long changes, List<StripeFile> stripes) {
        StripeCheck check = new StripeCheck(stripes);
        boolean leftOut = false;
        for (long i = 0; i < changes; i++) {
            List<JournalEntry> whole = scan.nextWhole();
            for (JournalEntry entry : whole) {
                leftOut |= entry.sequence() > vouched && isLeftOut(entry, check);
            }
            if (!leftOut) {
                table.apply(whole);
            }
        }
    }

    private boolean isLeftOut(JournalEntry entry, StripeCheck check) {
        if (!(entry instanceof JournalEntry.Memorized neuron)) {
            return false;
        }
        List<Diagnosis> mismatches = check.mismatches(neuron).toList();
        mismatches.forEach(fault -> notes.add(fault.remedy("no SYNC vouches for it, and opening leaves it out")));
        return !mismatches.isEmpty();
    }

    /** An index is compared with a sound journal only. A damaged journal does not tell what the index should say. */
    private void checkIndex(StoreDirectory files, StoreFile journal, VerifyLevel level) {
        IndexCheck check = IndexCheck.of(files, header, journal, level != VerifyLevel.STRUCTURE && problems.isEmpty());
        index = check.state();
        check.fault().ifPresent(notes::add);
    }

    /** How many neurons opening takes in. They are the first of those that have a record. */
    private int memorized() {
        return table.view().count();
    }

    private void compareLength(StripeFile stripes, long before) {
        int memorized = memorized();
        Path path = stripes.file().path();
        StripeLayout layout = stripes.layout();
        long expected = layout.offsetInFile(memorized);
        long found = Math.max(before, Math.min(stripes.file().length(), expected));
        long surplus = found - layout.offsetInFile(recorded);
        if (found < expected) {
            problems.add(Diagnosis.of("stripe file is cut")
                    .in(path)
                    .expected("%s bytes for %s neurons".formatted(expected, memorized), found)
                    .remedy(header.remedy(stripes.part())));
        } else if (surplus > layout.stripeBytes()) {
            notes.add(
                    Diagnosis.of("journal lacks records")
                            .in(path)
                            .expected("%s bytes for %s neurons".formatted(expected, memorized), found)
                            .remedy(
                                    "a power loss leaves this, and appends overwrite it; if the journal was cut, restore it from a copy first"));
        } else if (surplus > 0) {
            notes.add(Diagnosis.of("incomplete append")
                    .in(path, expected)
                    .expected("the end of the file", "%s bytes more".formatted(surplus)));
        }
    }

    private void compareStripes(StoreFile journal, List<StripeFile> stripes, VerifyLevel level, Progress progress) {
        PartFiles files = new PartFiles(header, stripes, true);
        LearningCheck rule = new LearningCheck(header, directory);
        int memorized = memorized();
        StoreFiles.forEachNeuron(journal, header, memorized, entry -> {
            NeuronParts parts = NeuronParts.read(files, entry);
            boolean whole = true;
            for (StripeFile file : stripes) {
                Optional<Diagnosis> fault = parts.fault(file.part());
                whole = whole && fault.isEmpty();
                fault.map(damage -> damage.remedy(header.remedy(file.part()))).ifPresent(problems::add);
            }
            if (whole && level == VerifyLevel.WEIGHTS) {
                problems.addAll(rule.problems(entry, parts, parts::stored));
            }
            progress.at(++checked, memorized);
        });
    }

    private StoreReport report() {
        NeuronTable.View view = table.view();
        view.compactionDue(directory).ifPresent(notes::add);
        return new StoreReport(
                directory,
                String.valueOf(Header.VERSION),
                header.layout(),
                header.uuid(),
                header.createdAt(),
                header.geometry(),
                header.masks(),
                header.rule(),
                view.criteria(),
                view.live(),
                view.count() - view.live(),
                new NeuronList(view),
                sizes(),
                header.bytesPerNeuron(),
                WriterLock.writer(directory),
                index,
                checked,
                notes,
                problems);
    }

    private List<StoreReport.FileSize> sizes() {
        List<StoreReport.FileSize> sizes = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(StoreDirectory.HEADER, StoreDirectory.JOURNAL));
        header.parts().forEach(part -> names.add(part.fileName));
        IndexCheck.names(StoreDirectory.onDisk(directory)).forEach(names::add);
        for (String name : names) {
            Path path = directory.resolve(name);
            try {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    sizes.add(new StoreReport.FileSize(name, Files.size(path)));
                }
            } catch (IOException e) {
                throw StoreFile.failure("read the size of", path, e);
            }
        }
        return sizes;
    }
}
