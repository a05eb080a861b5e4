package org.engram.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a store that nobody vouches for: with positioned reads only, no mapping, no lock, and not one byte written.
 * Works beside a live writer. A damaged header is an error; damage elsewhere is part of the report.
 */
public final class StoreInspector {

    /** Told how far a verification is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after every neuron, from the inspecting thread.
         *
         * @param done neurons checked so far
         * @param total neurons to check
         */
        void at(int done, int total);
    }

    private static final List<String> DATA_FILES =
            List.of(StoreFiles.HEADER, StoreFiles.JOURNAL, StoreFiles.W_STRIPES, StoreFiles.V_STRIPES);

    private final Path directory;
    private final Header header;
    private final StripeLayout layout;
    private final List<JournalEntry> memorized = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final NeuronTable table;
    private long vouched;
    private int checked;

    private StoreInspector(Path directory) {
        this.directory = directory;
        this.header = Header.read(directory);
        this.layout = StripeLayout.of(header.geometry(), StripeLayout.CHUNK_TARGET_BYTES);
        this.table = new NeuronTable(directory.resolve(StoreFiles.JOURNAL));
    }

    /**
     * Reads header and journal and compares the sizes of the files with them.
     *
     * @param directory a store
     * @return what was found
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if the header is damaged
     */
    public static StoreReport inspect(Path directory) {
        return report(directory, false, (done, total) -> {});
    }

    /**
     * As {@link #inspect}, and compares every stripe, of retired neurons too, with its checksum.
     *
     * @param directory a store
     * @param progress told after every neuron
     * @return what was found
     * @throws EngramException.NotAStore if there is no store
     * @throws EngramException.NewerFormat if a newer version wrote it
     * @throws EngramException.Corrupt if the header is damaged
     */
    public static StoreReport verify(Path directory, Progress progress) {
        return report(directory, true, progress);
    }

    private static StoreReport report(Path directory, boolean checksums, Progress progress) {
        JvmFlags.require();
        StoreInspector inspector = new StoreInspector(directory);
        try (Resources resources = new Resources()) {
            StoreFile w = resources.add(StoreFile.open(directory.resolve(StoreFiles.W_STRIPES), false));
            StoreFile v = resources.add(StoreFile.open(directory.resolve(StoreFiles.V_STRIPES), false));
            // A live writer appends stripes before records: lengths that are taken first are never too long.
            long wLength = w.length();
            long vLength = v.length();
            inspector.readJournal(resources.add(StoreFile.open(directory.resolve(StoreFiles.JOURNAL), false)));
            inspector.compareLength(w, Math.max(wLength, Math.min(w.length(), inspector.stripesEnd())));
            inspector.compareLength(v, Math.max(vLength, Math.min(v.length(), inspector.stripesEnd())));
            if (checksums) {
                inspector.compareStripes(w, v, progress);
            }
        } catch (EngramException.Corrupt e) {
            inspector.problems.add(e.getMessage());
        }
        return inspector.report();
    }

    private void readJournal(StoreFile journal) {
        JournalScan scan = new JournalScan(journal, header.uuid(), 0, 0);
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

    private long stripesEnd() {
        return layout.offsetInFile(memorized.size());
    }

    private void compareLength(StoreFile stripes, long found) {
        long expected = stripesEnd();
        long surplus = found - expected;
        if (surplus < 0) {
            boolean lost = memorized.stream()
                    .anyMatch(entry -> entry.sequence() < vouched
                            && layout.offsetInFile(entry.neuron()) + layout.stripeBytes() > found);
            (lost ? problems : notes)
                    .add("stripe file is cut: %s: expected %d bytes for %d neurons, found %d; %s"
                            .formatted(stripes.path(), expected, memorized.size(), found, remedy(lost)));
        } else if (surplus > layout.stripeBytes()) {
            problems.add(
                    "journal lacks records: %s: expected %d bytes for %d neurons, found %d; restore the journal from a copy before an append overwrites the surplus"
                            .formatted(stripes.path(), expected, memorized.size(), found));
        } else if (surplus > 0) {
            notes.add("incomplete append: %s: offset %d: expected the end of the file, found %d bytes more"
                    .formatted(stripes.path(), expected, surplus));
        }
    }

    private void compareStripes(StoreFile w, StoreFile v, Progress progress) {
        Checksums checksums = new Checksums(w, v, layout);
        for (JournalEntry entry : memorized) {
            String mismatch = checksums.mismatch(entry);
            if (!mismatch.isEmpty()) {
                boolean lost = entry.sequence() < vouched;
                (lost ? problems : notes).add("stripe is damaged: %s; %s".formatted(mismatch, remedy(lost)));
            }
            checked++;
            progress.at(checked, memorized.size());
        }
    }

    /** A SYNC vouches for what came before it; what came after may be what a power loss took, and opening leaves it out. */
    private static String remedy(boolean lost) {
        return lost ? "restore it from a copy" : "no SYNC vouches for it, and opening leaves it out";
    }

    private StoreReport report() {
        NeuronTable.View view = table.view();
        return new StoreReport(
                directory,
                Header.MAJOR + "." + Header.MINOR,
                header.uuid(),
                header.created(),
                header.geometry(),
                header.rule(),
                header.criteria(),
                view.live(),
                view.count() - view.live(),
                view.list(true),
                sizes(),
                layout.stripeBytes(),
                WriterLock.writerPid(directory),
                checked,
                notes,
                problems);
    }

    private List<StoreReport.FileSize> sizes() {
        List<StoreReport.FileSize> sizes = new ArrayList<>();
        for (String name : DATA_FILES) {
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
