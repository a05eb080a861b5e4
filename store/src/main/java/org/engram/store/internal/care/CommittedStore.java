package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.engram.store.Criteria;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.JvmFlags;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.JournalScan;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.neurons.Replay;

/**
 * What a store had committed when it was opened here, as any reader would have seen it; what comes later is left out. Takes
 * no lock, reads at positions, and writes nothing. Not safe for threads.
 */
final class CommittedStore implements AutoCloseable {

    final Header header;
    final NeuronTable table;
    final StoreFile journal;
    final List<StripeFile> stripes;
    /** The length of the journal as far as it is committed, in bytes. */
    final long journalBytes;

    private final Resources resources = new Resources();

    /** Opens the files of some parts only; what is taken in depends on no others. */
    CommittedStore(StoreDirectory directory, Header header, List<Part> parts) {
        this.header = header;
        try {
            this.journal = resources.add(directory.open(StoreDirectory.JOURNAL, false));
            this.stripes = StripeFile.open(directory, header, parts, false, 1, resources);
            this.table = new NeuronTable(journal.path(), header.criteria());
            Replay intake = new Replay(journal, stripes, header, table);
            intake.takeIn();
            this.journalBytes = intake.position();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a store, perhaps beside a writer.
     *
     * @throws EngramException.Corrupt if it is damaged; the message says to salvage it
     */
    static CommittedStore open(Path directory) {
        JvmFlags.require();
        while (true) {
            Header header = Header.read(directory);
            try {
                CommittedStore store = new CommittedStore(StoreDirectory.onDisk(directory), header, header.parts());
                if (Header.read(directory).equals(header)) {
                    return store;
                }
                // The format was raised meanwhile, and the journal may have records that the old header does not speak
                // of.
                store.close();
            } catch (EngramException.Corrupt e) {
                if (Header.read(directory).equals(header)) {
                    throw new EngramException.Corrupt(StoreFile.withRemedy(e.getMessage(), Salvager.REMEDY));
                }
            }
        }
    }

    /** When an answer counts as recognised. */
    Criteria criteria() {
        return table.view().criteria();
    }

    /** How many neurons are committed, retired ones included. */
    int neurons() {
        return table.view().count();
    }

    boolean isLive(JournalEntry memorized) {
        return table.view().isLive(memorized.neuron());
    }

    /** Shows the records of all neurons in their order. */
    void forEachNeuron(Consumer<JournalEntry> visitor) {
        JournalScan scan = new JournalScan(journal, header, 0, 0);
        for (int done = 0; done < neurons(); ) {
            JournalEntry entry = scan.next();
            if (entry.type() == JournalEntry.Type.MEMORIZE) {
                visitor.accept(entry);
                done++;
            }
        }
    }

    /** The length of all files as far as they are committed, in bytes. */
    long bytes() {
        return Header.LENGTH + journalBytes + neurons() * StripeFile.bytesPerNeuron(stripes);
    }

    @Override
    public void close() {
        resources.close();
    }
}
