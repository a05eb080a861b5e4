package org.engram.store.internal.care;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.JvmFlags;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.JournalScan;
import org.engram.store.internal.neurons.NeuronTable;

/**
 * Looks at a store that nobody vouches for: with positioned reads only, no mapping, no lock, and not one byte written.
 * Works beside a live writer. A damaged header is an error; damage elsewhere is part of the report.
 */
public final class Inspector {

    private final Path directory;
    private final Header header;
    private final List<JournalEntry> memorized = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final NeuronTable table;
    private long vouched;
    private int checked;

    private Inspector(StoreDirectory files) {
        this.directory = files.path();
        this.header = Header.read(files);
        this.table = new NeuronTable(files.resolve(StoreDirectory.JOURNAL), header.criteria());
    }

    public static StoreReport verify(StoreDirectory files, VerifyLevel level, Progress progress) {
        JvmFlags.require();
        Inspector inspector = new Inspector(files);
        try (Resources resources = new Resources()) {
            List<StripeFile> stripes = StripeFile.open(
                    files,
                    inspector.header,
                    inspector.header.parts(),
                    false,
                    StripeLayout.CHUNK_TARGET_BYTES,
                    resources);
            // A live writer appends stripes before records: lengths that are taken first are never too long.
            long[] lengths =
                    stripes.stream().mapToLong(file -> file.file().length()).toArray();
            inspector.readJournal(resources.add(files.open(StoreDirectory.JOURNAL, false)));
            for (int i = 0; i < lengths.length; i++) {
                inspector.compareLength(stripes.get(i), lengths[i]);
            }
            if (level != VerifyLevel.STRUCTURE) {
                inspector.compareStripes(stripes, level, progress);
            }
        } catch (EngramException.Corrupt e) {
            inspector.problems.add(e.getMessage());
        }
        return inspector.report();
    }

    private void readJournal(StoreFile journal) {
        JournalScan scan = new JournalScan(journal, header, 0, 0);
        long length = journal.length();
        try {
            for (JournalEntry entry = scan.next(); entry != null; entry = scan.next()) {
                table.apply(entry);
                if (entry.type() == JournalEntry.Type.MEMORIZE) {
                    memorized.add(entry);
                } else if (entry.type() == JournalEntry.Type.SYNC) {
                    vouched = entry.sequence();
                }
            }
            if (scan.position() < length) {
                notes.add("incomplete append: %s: offset %d: expected a record, found the remains of one"
                        .formatted(journal.path(), scan.position()));
            }
        } catch (EngramException.Corrupt e) {
            problems.add(e.getMessage());
        }
    }

    private void compareLength(StripeFile stripes, long before) {
        Path path = stripes.file().path();
        StripeLayout layout = stripes.layout();
        long expected = layout.offsetInFile(memorized.size());
        long found = Math.max(before, Math.min(stripes.file().length(), expected));
        long surplus = found - expected;
        if (surplus < 0) {
            boolean lost = memorized.stream()
                    .anyMatch(entry -> entry.sequence() < vouched
                            && layout.offsetInFile(entry.neuron()) + layout.stripeBytes() > found);
            (lost ? problems : notes)
                    .add("stripe file is cut: %s: expected %d bytes for %d neurons, found %d; %s"
                            .formatted(path, expected, memorized.size(), found, remedy(stripes, lost)));
        } else if (surplus > layout.stripeBytes()) {
            problems.add(
                    "journal lacks records: %s: expected %d bytes for %d neurons, found %d; restore the journal from a copy before an append overwrites the surplus"
                            .formatted(path, expected, memorized.size(), found));
        } else if (surplus > 0) {
            notes.add("incomplete append: %s: offset %d: expected the end of the file, found %d bytes more"
                    .formatted(path, expected, surplus));
        }
    }

    private void compareStripes(List<StripeFile> stripes, VerifyLevel level, Progress progress) {
        NeuronParts parts = NeuronParts.onWornMedium(header, stripes);
        LearningCheck rule = new LearningCheck(header, directory);
        for (JournalEntry entry : memorized) {
            parts.read(entry);
            boolean whole = true;
            for (StripeFile file : stripes) {
                String fault = parts.fault(file.part());
                whole = whole && fault.isEmpty();
                if (!fault.isEmpty() && header.isChecked(file.part(), entry.neuron())) {
                    boolean lost = entry.sequence() < vouched;
                    (lost ? problems : notes).add("stripe is damaged: %s; %s".formatted(fault, remedy(file, lost)));
                }
            }
            if (whole && level == VerifyLevel.WEIGHTS) {
                problems.addAll(rule.problems(entry, parts, parts::stored));
            }
            checked++;
            progress.at(checked, memorized.size());
        }
        for (StripeFile file : stripes) {
            String mismatch = file.derivedMismatch(header);
            if (!mismatch.isEmpty()) {
                problems.add("stripe is damaged: %s; %s".formatted(mismatch, header.remedy(file.part())));
            }
        }
    }

    /** A SYNC vouches for what came before it; what came after may be what a power loss took, and opening leaves it out. */
    private String remedy(StripeFile file, boolean lost) {
        return lost ? header.remedy(file.part()) : "no SYNC vouches for it, and opening leaves it out";
    }

    private StoreReport report() {
        NeuronTable.View view = table.view();
        return new StoreReport(
                directory,
                Header.MAJOR + "." + header.minor(),
                header.layout(),
                header.uuid(),
                header.created(),
                header.geometry(),
                header.rule(),
                view.criteria(),
                view.live(),
                view.count() - view.live(),
                IntStream.range(0, view.count()).mapToObj(view::neuron).toList(),
                sizes(),
                Part.bytesPerNeuron(header.layout(), header.geometry()),
                WriterLock.writerPid(directory),
                checked,
                notes,
                problems);
    }

    private List<StoreReport.FileSize> sizes() {
        List<StoreReport.FileSize> sizes = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(StoreDirectory.HEADER, StoreDirectory.JOURNAL));
        header.parts().forEach(part -> names.add(part.fileName));
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
