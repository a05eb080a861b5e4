package org.engram.store.internal.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed records of a journal in order, from copies on the heap. Where no committed record follows, the
 * journal ends or has a torn tail, unless a SYNC stands farther on. A SYNC vouches for all before it, so then the
 * journal is damaged. Not safe for threads.
 */
public final class JournalScan {

    /** How many bytes behind a gap are searched for a record; a limit, as a file may claim any length. */
    public static final long LOOK_AHEAD_BYTES = 1L << 30;

    /** The remedy for a damaged journal. */
    static final String REMEDY = "run engram verify, restore it from a copy, or run engram salvage";

    private static final long NONE = -1;

    private final StoreFile journal;
    private final JournalWindow window;
    private long position;
    private long sequence;
    private long lastSync = NONE;
    /** The size of the batch that the journal ends in, and where its last record ends; 0 when there is none. */
    private int unfinishedNeurons;

    private long unfinishedUntil;

    /** Reads on from the end of the last record that was read, in bytes, and from its sequence, 0 before the first. */
    public JournalScan(StoreFile journal, Header header, long position, long sequence) {
        this.journal = journal;
        this.window = JournalWindow.from(journal, header, position);
        this.position = position;
        this.sequence = sequence;
    }

    /** What stands behind the last whole change of a journal of that length; empty when nothing does. */
    public Optional<Diagnosis> remains(long length) {
        return position < length
                ? Optional.of(Diagnosis.of("incomplete append")
                        .in(journal.path(), position)
                        .expected(
                                unfinishedNeurons == 0
                                        ? "a record"
                                        : "the records of %s neurons".formatted(unfinishedNeurons),
                                unfinishedNeurons == 0 ? "the remains of one" : "those of fewer"))
                : Optional.empty();
    }

    /** What the journal ends in, after the scan has come to its end. */
    Tail tail() {
        return unfinishedNeurons == 0 ? new Tail(1, position) : new Tail(unfinishedNeurons, unfinishedUntil);
    }

    /** The size of the batch that the journal ends in; 0 without one. */
    public int unfinishedNeurons() {
        return unfinishedNeurons;
    }

    /**
     * The next records that count together: a single one, or those of a whole batch with its BATCH record first. There
     * are none at the end. The errors are those of {@link #next}.
     */
    public List<JournalEntry> nextWhole() {
        JournalEntry first = next();
        if (!(first instanceof JournalEntry.BatchBegun batch)) {
            return first == null ? List.of() : List.of(first);
        }
        List<JournalEntry> all = new ArrayList<>();
        all.add(batch);
        while (all.size() <= batch.size()) {
            JournalEntry entry = next();
            if (entry == null) {
                unfinishedNeurons = batch.size();
                unfinishedUntil = position;
                position = batch.offset();
                sequence = batch.sequence() - 1;
                return List.of();
            }
            requireOfBatch(entry, batch.neurons() + all.size() - 1);
            all.add(entry);
        }
        return all;
    }

    private void requireOfBatch(JournalEntry entry, int neuron) {
        boolean fits = entry instanceof JournalEntry.Memorized memorized
                && memorized.neuron() == neuron
                && memorized.retires() == JournalEntry.NONE;
        if (!fits) {
            throw corrupt(
                    entry.offset(), "a record of its batch, which memorizes neuron %s".formatted(neuron), "another");
        }
    }

    /**
     * The last SYNC that the lengths of the records lead to. The records on the way are not checked: either
     * they turn out to be committed, and the SYNC vouches for them, or {@link #next} finds the journal damaged.
     */
    Optional<JournalEntry.Synced> lookForLastSync() {
        long at = position;
        for (int length = window.claimedLength(at); length != 0; length = window.claimedLength(at)) {
            if (window.claimsSync(at) && window.isSync(at)) {
                lastSync = at;
            }
            at += length;
        }
        try {
            return lastSync >= position
                            && window.isSync(lastSync)
                            && window.decode(lastSync, JournalRecord.HEAD) instanceof JournalEntry.Synced synced
                    ? Optional.of(synced)
                    : Optional.empty();
        } catch (JournalRecord.Malformed e) {
            return Optional.empty(); // the scan will come to it
        }
    }

    /** The next committed record, as {@link #next}; also an error if there is none, though something tells that there is. */
    JournalEntry requireNext(String told) {
        JournalEntry entry = next();
        if (entry == null) {
            throw corrupt("a record, as " + told, "none");
        }
        return entry;
    }

    /** The next committed record, or null. An error if the journal is damaged before a SYNC, or contradicts the format. */
    public @Nullable JournalEntry next() {
        int length = window.committedLength(position);
        if (length == 0) {
            long sync = syncBeyond();
            if (sync == NONE) {
                return null;
            }
            // A live writer may have completed this record between the two looks; only then is it there now.
            window.refresh();
            length = window.committedLength(position);
            if (length == 0) {
                throw corrupt(
                        "a committed record, as one at offset " + sync + " vouches for it",
                        "a checksum that does not match");
            }
        }
        JournalEntry entry;
        try {
            entry = window.decode(position, length);
        } catch (JournalRecord.Malformed e) {
            throw corrupt(e.expected(), e.found());
        }
        if (entry.sequence() != sequence + 1) {
            throw corrupt("sequence " + (sequence + 1), "sequence " + entry.sequence());
        }
        position += length;
        sequence++;
        return entry;
    }

    /**
     * Where a SYNC stands behind a gap, or NONE. Looks first at the last record, where a clean close leaves a SYNC,
     * then forward up to a limit.
     */
    private long syncBeyond() {
        long end = journal.length();
        long last = end - JournalRecord.HEAD;
        if (last > position && last % JournalRecord.ALIGNMENT == 0 && window.isSync(last)) {
            return last;
        }
        long limit = Math.min(end, position + LOOK_AHEAD_BYTES);
        long next = window.nextSync(position + JournalRecord.ALIGNMENT, limit);
        if (next != NONE) {
            return next;
        }
        return lastSync > position ? lastSync : NONE;
    }

    private EngramException corrupt(String expected, String found) {
        return corrupt(position, expected, found);
    }

    private EngramException corrupt(long at, String expected, String found) {
        return new EngramException.Corrupt(Diagnosis.of("journal is damaged")
                .in(journal.path(), at)
                .expected(expected, found)
                .remedy(REMEDY));
    }
}
