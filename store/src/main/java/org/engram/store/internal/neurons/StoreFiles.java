package org.engram.store.internal.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Progress;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * The open files of a store, and what their committed records tell of its neurons. Reads at positions, takes no lock. Not
 * safe for threads, except for the views of its table.
 */
public final class StoreFiles implements AutoCloseable {

    /** The files that a creation makes before the header has its name, except the lock. They are empty until then. */
    public static final List<String> BEFORE_HEADER = Stream.concat(
                    Stream.of(
                            StoreDirectory.JOURNAL,
                            StoreDirectory.HEADER + StoreDirectory.UNFINISHED,
                            IndexChain.name(0),
                            IndexChain.name(0) + StoreDirectory.UNFINISHED),
                    Stream.of(Part.values()).map(part -> part.fileName))
            .toList();

    /** Whether the files of a creation are empty still, or gone. */
    public static boolean areEmpty(StoreDirectory directory) {
        return BEFORE_HEADER.stream()
                .filter(name -> !name.endsWith(StoreDirectory.UNFINISHED))
                .allMatch(name -> directory.resolve(name).toFile().length() == 0);
    }

    private final StoreDirectory directory;
    private final Header header;
    private final Resources resources = new Resources();
    private final StoreFile journal;
    private final List<StripeFile> stripes;
    private final NeuronTable table;
    private final Replay replay;

    private StoreFiles(
            StoreDirectory directory,
            Header header,
            List<Part> parts,
            Opener opener,
            long chunkBytes,
            boolean indexed) {
        this.directory = directory;
        this.header = header;
        try {
            this.journal = resources.add(opener.open(StoreDirectory.JOURNAL, StoreFile.RESTORE));
            this.stripes = stripeFiles(parts, opener, chunkBytes);
            Indexed index = indexed ? index() : Indexed.nothing(header.criteria());
            this.table = new NeuronTable(journal.path(), index);
            this.replay = new Replay(journal, stripes, header, table, index.state());
            replay.takeIn();
        } catch (RuntimeException | Error e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    private List<StripeFile> stripeFiles(List<Part> parts, Opener opener, long chunkBytes) {
        List<StoreFile> opened = new ArrayList<>();
        for (Part part : parts) {
            opened.add(resources.add(opener.open(part.fileName, header.remedy(part))));
        }
        long longest = opened.stream().mapToLong(StoreFile::length).max().orElse(0);
        long target = StripeLayout.chunkTarget(chunkBytes, longest);
        List<StripeFile> files = new ArrayList<>();
        for (StoreFile file : opened) {
            Part part = parts.get(files.size());
            files.add(new StripeFile(part, file, part.stripes(header.geometry(), target)));
        }
        return List.copyOf(files);
    }

    private Indexed index() {
        Indexed index = FileIndex.open(directory, header, journal);
        if (index instanceof FileIndex files) {
            resources.add(files::close);
        }
        return index;
    }

    private interface Opener {
        StoreFile open(String name, String remedy);
    }

    /** Opens all files of a store as is asked for. What is indexed is taken from the index. */
    public static StoreFiles open(StoreDirectory directory, Header header, Access access) {
        return open(directory, header, header.parts(), access.writable(), access.chunkBytes(), true);
    }

    /**
     * Opens the files of some parts for reading, and takes in what is committed, from the journal alone; that depends on no other
     * part.
     */
    public static StoreFiles readOnly(StoreDirectory directory, Header header, List<Part> parts) {
        return open(directory, header, parts, false, 1, false);
    }

    /** An error if another store takes the place of this store meanwhile. */
    private static StoreFiles open(
            StoreDirectory directory,
            Header header,
            List<Part> parts,
            boolean writable,
            long chunkBytes,
            boolean indexed) {
        StoreFiles files = new StoreFiles(
                directory,
                header,
                parts,
                (name, remedy) -> directory.open(name, writable, remedy),
                chunkBytes,
                indexed);
        try {
            // The header is read by its name before the others are opened by theirs: all must be of the same store.
            if (!Header.read(directory).uuid().equals(header.uuid())) {
                throw replaced(directory);
            }
        } catch (RuntimeException | Error e) {
            files.resources.closeAfter(e);
            throw e;
        }
        return files;
    }

    /** What an opening says that finds files of two stores in one place. */
    static EngramException replaced(StoreDirectory directory) {
        return new EngramException.Superseded(Diagnosis.of("store was replaced while it was being opened")
                .in(directory.path())
                .expected("the files of one store", "those of two")
                .remedy("open it again"));
    }

    /** Creates the files of a store that has no header yet; when it fails, it takes away what it made. */
    public static StoreFiles create(StoreDirectory directory, Header header) {
        List<String> created = new ArrayList<>();
        try {
            return new StoreFiles(
                    directory,
                    header,
                    header.parts(),
                    (name, remedy) -> {
                        StoreFile file = directory.create(name);
                        created.add(name);
                        return file;
                    },
                    1,
                    false);
        } catch (RuntimeException | Error e) {
            created.forEach(directory::tryRemove);
            throw e;
        }
    }

    StoreDirectory directory() {
        return directory;
    }

    public Header header() {
        return header;
    }

    public StoreFile journal() {
        return journal;
    }

    /** The files of the parts, in the order in which an append writes them. */
    public List<StripeFile> stripes() {
        return stripes;
    }

    public NeuronTable table() {
        return table;
    }

    Replay replay() {
        return replay;
    }

    /** What was indexed when the files were opened. */
    Indexed indexed() {
        return table.view().early();
    }

    /** The end of the last committed record of the journal, in bytes. */
    public long position() {
        return replay.position();
    }

    /** Why the last intake ended before the end of the journal; empty when it did not. */
    public Optional<Diagnosis> stoppedBy() {
        return replay.stoppedBy();
    }

    /** Takes in what was appended since, and returns how many records that was. */
    public int takeIn() {
        int records = replay.takeIn();
        wholeView();
        return records;
    }

    /** Takes in what a writer that has lost its lock appended until it noticed, or within the time that its last change takes. */
    public void takeInLastOfAnother() {
        Access.awaitChange(Access.CHANGE_NS);
        takeIn();
    }

    /**
     * What is published of the neurons now, once the lengths of the files show that they hold all of them: reading a
     * mapping behind the end of its file ends the JVM. A file that is cut after this check is not noticed.
     */
    public NeuronTable.View wholeView() {
        NeuronTable.View view = table.view();
        for (StripeFile file : stripes) {
            file.requireHolds(view.count(), header);
        }
        return view;
    }

    /** When an answer counts as recognised. */
    public Criteria criteria() {
        return table.view().criteria();
    }

    /** How many neurons are committed, retired ones included. */
    public int neurons() {
        return table.view().count();
    }

    /** Shows the records of the live neurons in their order. */
    public void forEachLiveNeuron(Progress progress, Consumer<JournalEntry.Memorized> visitor) {
        NeuronTable.View view = table.view();
        int[] done = {0};
        forEachNeuron(neuron -> {
            if (view.isLive(neuron.neuron())) {
                visitor.accept(neuron);
                progress.at(++done[0], view.live());
            }
        });
    }

    /** Shows the records of all committed neurons in their order. */
    public void forEachNeuron(Consumer<JournalEntry.Memorized> visitor) {
        forEachNeuron(journal, header, neurons(), visitor);
    }

    /** Shows the records of the first neurons of a journal, which were read before. */
    public static void forEachNeuron(
            StoreFile journal, Header header, int neurons, Consumer<JournalEntry.Memorized> visitor) {
        JournalScan scan = new JournalScan(journal, header, 0, 0);
        for (int done = 0; done < neurons; ) {
            if (scan.requireNext("it was there before") instanceof JournalEntry.Memorized memorized) {
                visitor.accept(memorized);
                done++;
            }
        }
    }

    /** The length of all files as far as they are committed, in bytes. */
    public long committedBytes() {
        return Header.LENGTH + position() + neurons() * header.bytesPerNeuron();
    }

    /** The length of the header, of the journal, and of what the files hold of the neurons, in bytes. */
    public long bytes() {
        return Header.LENGTH + journal.length() + neurons() * header.bytesPerNeuron();
    }

    /** Makes the bytes of all files durable. */
    public void force() {
        stripes.forEach(file -> file.file().force());
        journal.force();
    }

    @Override
    public void close() {
        resources.close();
    }
}
