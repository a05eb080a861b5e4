package org.engram.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes committed records out of the journal into the table of neurons: all of them when a store is opened, the new ones
 * when a reader refreshes. A neuron is taken in when a later SYNC vouches for it or its own checksums match; the first
 * that does neither ends the intake, as a torn tail does. Not safe for threads.
 */
final class Intake {

    private final StoreFile journal;
    private final Header header;
    private final StripeLayout layout;
    private final StoreFile w;
    private final StoreFile v;
    private final NeuronTable table;
    private long position;
    private long sequence;
    private long syncEnd;
    private String stoppedBy = "";

    Intake(StoreFile journal, StoreFile w, StoreFile v, Header header, StripeLayout layout, NeuronTable table) {
        this.journal = journal;
        this.header = header;
        this.layout = layout;
        this.w = w;
        this.v = v;
        this.table = table;
    }

    /** The end of the last record that was taken in, in bytes. */
    long position() {
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
    String stoppedBy() {
        return stoppedBy;
    }

    /**
     * Takes in what there is and returns how many records that was.
     *
     * @throws EngramException.Corrupt if the journal contradicts itself, or a stripe file is shorter than a SYNC says
     */
    int takeIn() {
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
        long wLength = w.length();
        JournalScan scan = new JournalScan(journal, header.uuid(), position, sequence);
        List<JournalEntry> unvouched = new ArrayList<>();
        long before = sequence;
        for (JournalEntry entry = scan.next(); entry != null; entry = scan.next()) {
            unvouched.add(entry);
            if (entry.type() == JournalEntry.Type.SYNC) {
                requireStripes(w, entry);
                requireStripes(v, entry);
                unvouched.forEach(table::apply);
                unvouched.clear();
                syncEnd = scan.position();
                position = scan.position();
                sequence = entry.sequence();
            }
        }
        stoppedBy = scan.position() < length
                ? "incomplete append: %s: offset %d: expected a record, found the remains of one"
                        .formatted(journal.path(), scan.position())
                : "";
        takeInVerified(unvouched, scan.position());
        long surplus = wLength / layout.stripeBytes() - table.view().count();
        if (stoppedBy.isEmpty() && surplus > 1) {
            stoppedBy =
                    "journal lacks records: %s: expected %d stripes, as the journal has, found %d; appends overwrite the others"
                            .formatted(
                                    w.path(),
                                    table.view().count(),
                                    surplus + table.view().count());
        }
        return (int) Math.min(Integer.MAX_VALUE, sequence - before);
    }

    private void takeInVerified(List<JournalEntry> unvouched, long end) {
        Checksums checksums = unvouched.isEmpty() ? null : new Checksums(w, v, layout);
        for (int i = 0; i < unvouched.size(); i++) {
            JournalEntry entry = unvouched.get(i);
            String mismatch = entry.type() == JournalEntry.Type.MEMORIZE ? checksums.mismatch(entry) : "";
            if (!mismatch.isEmpty()) {
                stoppedBy = "incomplete append: " + mismatch;
                return;
            }
            table.apply(entry);
            position = i + 1 < unvouched.size() ? unvouched.get(i + 1).offset() : end;
            sequence = entry.sequence();
        }
    }

    private void requireStripes(StoreFile stripes, JournalEntry sync) {
        long expected = sync.neuron() < 0 ? 0 : layout.offsetInFile(sync.neuron());
        long found = stripes.length();
        if (found < expected) {
            throw new EngramException.Corrupt(
                    "stripe file is cut: %s: expected at least %d bytes for %d neurons, found %d; restore it from a copy"
                            .formatted(stripes.path(), expected, sync.neuron(), found));
        }
    }
}
