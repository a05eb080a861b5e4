package org.engram.store.internal.neurons;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreFile;

/**
 * Takes committed records out of the journal into the table of neurons: all of them when a store is opened, the new ones
 * when a reader refreshes. A neuron is taken in when a later SYNC vouches for it or its own checksums match; the first
 * that does neither ends the intake, as a torn tail does. Not safe for threads.
 */
public final class Replay {

    /** Records that are taken in together: a lock and a publication for each would cost more than the rest. */
    private static final int BATCH = 64;

    private final StoreFile journal;
    private final Header header;
    private final List<StripeFile> stripes;
    private final NeuronTable table;
    private long position;
    private long sequence;
    private long syncEnd;
    private String stoppedBy = "";
    private byte[] stripe = {};
    /** Set when records were taken in up to one that contradicts them: there is no going on from there. */
    private EngramException.Corrupt damage;

    public Replay(StoreFile journal, List<StripeFile> stripes, Header header, NeuronTable table) {
        this.journal = journal;
        this.stripes = stripes;
        this.header = header;
        this.table = table;
    }

    /** The end of the last record that was taken in, in bytes. */
    public long position() {
        return position;
    }

    /** The sequence of that record, 0 before the first. */
    long sequence() {
        return sequence;
    }

    /** Whether nothing was taken in after the last SYNC. */
    boolean isSynced() {
        return syncEnd == position;
    }

    /** Why the last intake ended before the end of the journal; "" when it did not. */
    public String stoppedBy() {
        return stoppedBy;
    }

    /**
     * Takes in what there is and returns how many records that was.
     *
     * @throws EngramException.Corrupt if the journal contradicts itself, or a stripe file is shorter than a SYNC says
     */
    public int takeIn() {
        if (damage != null) {
            throw damage;
        }
        long length = journal.length();
        if (length < position) {
            throw new EngramException.Corrupt(
                    "journal is cut: %s: expected at least %d bytes, as were read before, found %d; restore it from a copy"
                            .formatted(journal.path(), position, length));
        }
        if (length == position && position > 0) {
            stoppedBy = "";
            return 0;
        }
        if (position > 0) {
            stripes.forEach(file -> file.file().requireCurrent());
            requireCurrentHeader();
        }
        StripeFile first = stripes.get(0);
        long firstLength = first.file().length();
        JournalScan scan = new JournalScan(journal, header, position, sequence);
        long before = sequence;
        JournalEntry lastSync = scan.lookForLastSync();
        long vouched = -1;
        if (lastSync != null) {
            int neurons = lastSync.neuron();
            stripes.forEach(file -> requireStripes(file, neurons));
            vouched = lastSync.offset();
            // never more than there can be records, whatever a forged one claims
            long memorized = (vouched - position) / JournalRecord.length(1);
            table.reserve((int) Math.min(neurons, table.view().count() + memorized));
        }
        String mismatch = "";
        List<JournalEntry> batch = new ArrayList<>();
        for (JournalEntry entry = scan.next(); entry != null; entry = scan.next()) {
            // What no SYNC vouches for is read to its end even after a mismatch: a damaged journal must not go
            // unnoticed.
            if (entry.offset() > vouched && entry.type() == JournalEntry.Type.MEMORIZE && mismatch.isEmpty()) {
                mismatch = mismatch(entry);
            }
            if (mismatch.isEmpty()) {
                batch.add(entry);
            }
            if (batch.size() == BATCH) {
                takeIn(batch);
            }
        }
        takeIn(batch);
        requireDerived();
        stoppedBy = stoppedBy(mismatch, scan.position(), length);
        long surplus = firstLength / first.layout().stripeBytes() - table.view().count();
        if (stoppedBy.isEmpty() && surplus > 1) {
            stoppedBy =
                    "journal lacks records: %s: expected %d stripes, as the journal has, found %d; appends overwrite the others"
                            .formatted(
                                    first.file().path(),
                                    table.view().count(),
                                    surplus + table.view().count());
        }
        return (int) Math.min(Integer.MAX_VALUE, sequence - before);
    }

    /** A store of format 1.0 that was rebuilt since has records that this header does not speak of. */
    private void requireCurrentHeader() {
        Path directory = journal.path().toAbsolutePath().getParent();
        Header now = Header.read(directory);
        if (now.hasBits() != header.hasBits()) {
            throw new EngramException.IoFailure(
                    "store was rebuilt since it was opened: %s: expected format 1.%d, found 1.%d; reopen the store"
                            .formatted(directory, header.minor(), now.minor()),
                    null);
        }
    }

    private void takeIn(List<JournalEntry> batch) {
        try {
            table.apply(batch);
        } catch (EngramException.Corrupt e) {
            damage = e;
            throw e;
        }
        for (JournalEntry entry : batch) {
            position = entry.offset() + JournalRecord.length(entry.key().length);
            sequence = entry.sequence();
            syncEnd = entry.type() == JournalEntry.Type.SYNC ? position : syncEnd;
        }
        batch.clear();
    }

    private String stoppedBy(String mismatch, long end, long length) {
        if (!mismatch.isEmpty()) {
            return "incomplete append: " + mismatch;
        }
        return end < length
                ? "incomplete append: %s: offset %d: expected a record, found the remains of one"
                        .formatted(journal.path(), end)
                : "";
    }

    private String mismatch(JournalEntry memorized) {
        for (StripeFile file : stripes) {
            String mismatch = header.isChecked(file.part(), memorized.neuron())
                    ? file.mismatch(memorized, stripe())
                    : file.shortage(memorized.neuron(), stripe());
            if (!mismatch.isEmpty()) {
                return mismatch;
            }
        }
        return "";
    }

    private byte[] stripe() {
        if (stripe.length == 0) {
            stripe = new byte[Math.toIntExact(StripeFile.longest(stripes))];
        }
        return stripe;
    }

    /** A header counts the neurons whose bits were derived only once their records are durable. */
    private void requireDerived() {
        int expected = header.derived().neurons();
        int found = table.view().count();
        if (found < expected) {
            throw new EngramException.Corrupt(
                    "journal lacks records: %s: expected those of at least %d neurons, as the header counts, found %d; restore it from a copy"
                            .formatted(journal.path(), expected, found));
        }
    }

    private void requireStripes(StripeFile stripes, int neurons) {
        if (neurons >= 0 && stripes.surplus(neurons) < 0) {
            throw new EngramException.Corrupt(
                    "stripe file is cut: %s: expected at least %d bytes for %d neurons, found %d; %s"
                            .formatted(
                                    stripes.file().path(),
                                    stripes.layout().offsetInFile(neurons),
                                    neurons,
                                    stripes.file().length(),
                                    header.remedy(stripes.part())));
        }
    }
}
