package org.engram.store.internal.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.StripeCheck;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes committed records out of the journal into the table of neurons: all of them when a store is opened, the new
 * ones when a reader refreshes. A neuron is taken in when a later SYNC vouches for it or its own checksums match; the
 * first neuron of which neither is true ends the intake, as a torn tail does. Not safe for threads.
 */
final class Replay {

    /** Records that are taken in together: a lock and a publication for each would cost more than the rest. */
    private static final int BATCH = 64;

    private final StoreFile journal;
    private final Header header;
    private final List<StripeFile> stripes;
    private final StripeCheck check;
    private final NeuronTable table;
    private long position;
    private long sequence;
    /** The last SYNC that was taken in, or indexed; before the first, one that vouches for nothing. */
    private JournalEntry.Synced lastSync;

    private Optional<Diagnosis> stoppedBy = Optional.empty();
    private Tail tail = new Tail(1, 0);
    /** Whether the journal was read before, so that its files may have been replaced since. */
    private boolean opened;

    /** Set when records were taken in up to one that contradicts them: there is no going on from there. */
    private EngramException.@Nullable Corrupt damage;
    /** Set when records were taken in halfway: nobody knows then which of them the table has. */
    private @Nullable Throwable unfinishedBy;

    /** Goes on behind what is indexed, which the table has. */
    Replay(StoreFile journal, List<StripeFile> stripes, Header header, NeuronTable table, Indexed.State indexed) {
        this.lastSync = indexed.sync();
        this.position = indexed.position();
        this.sequence = lastSync.sequence();
        this.journal = journal;
        this.stripes = stripes;
        this.check = new StripeCheck(stripes);
        this.header = header;
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
        return lastSync.sequence() == sequence;
    }

    /** Where the last SYNC begins, in bytes: it vouches for all before it, and not for itself. */
    long vouchedUntil() {
        return lastSync.offset();
    }

    /** How many neurons the last SYNC vouches for. */
    int neuronsAtSync() {
        return lastSync.neurons();
    }

    /** Why the last intake ended before the end of the journal; empty when it did not. */
    Optional<Diagnosis> stoppedBy() {
        return stoppedBy;
    }

    /** What stands behind the position, as far as one append can leave it. */
    Tail tail() {
        return tail;
    }

    /**
     * Takes in what there is and returns how many records that was. An error if a file was replaced, moved or deleted since,
     * if the journal contradicts itself, or if a stripe file is shorter than a SYNC says.
     */
    int takeIn() {
        if (damage != null) {
            throw damage;
        }
        if (unfinishedBy != null) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("store takes in no more changes")
                            .in(journal.path())
                            .found("an earlier call ended halfway in an error of the JVM")
                            .remedy("reopen the store to go on"),
                    unfinishedBy);
        }
        if (opened) {
            journal.requireCurrent();
        }
        long length = journal.length();
        if (length < position) {
            throw new EngramException.Corrupt(Diagnosis.of("journal is cut")
                    .in(journal.path())
                    .expected("at least %s bytes, as were read before".formatted(position), length)
                    .remedy(StoreFile.RESTORE));
        }
        if (opened && length == position) {
            stoppedBy = Optional.empty();
            return 0;
        }
        if (opened) {
            stripes.forEach(file -> file.file().requireCurrent());
        }
        if (!opened) {
            stripes.forEach(file -> file.requireHolds(lastSync.neurons(), header));
        }
        opened = true;
        long firstLength = stripes.get(0).file().length();
        JournalScan scan = new JournalScan(journal, header, position, sequence);
        long before = sequence;
        Optional<JournalEntry.Synced> ahead = scan.lookForLastSync();
        long vouched = -1;
        if (ahead.isPresent()) {
            int neurons = ahead.get().neurons();
            stripes.forEach(file -> file.requireHolds(neurons, header));
            vouched = ahead.get().offset();
            // never more than there can be records, whatever a forged one claims
            long memorized = (vouched - position) / JournalRecord.length(1);
            table.reserve((int) Math.min(neurons, table.view().count() + memorized));
        }
        Optional<Diagnosis> mismatch = Optional.empty();
        List<JournalEntry> batch = new ArrayList<>();
        Tail behind = null;
        for (List<JournalEntry> whole = scan.nextWhole(); !whole.isEmpty(); whole = scan.nextWhole()) {
            // The journal after the last SYNC is read to its end even after a mismatch: damage in it must not go
            // unnoticed.
            if (mismatch.isEmpty()) {
                mismatch = whole.getFirst().offset() > vouched ? mismatch(whole) : mismatch;
                if (mismatch.isEmpty()) {
                    batch.addAll(whole);
                } else {
                    behind = tailOf(whole);
                }
            }
            if (batch.size() >= BATCH) {
                takeIn(batch);
            }
        }
        takeIn(batch);
        tail = behind == null ? scan.tail() : behind;
        stoppedBy = mismatch.map(diagnosis -> diagnosis.what("incomplete append"))
                .or(() -> scan.remains(length))
                .or(() -> surplusOf(firstLength));
        return (int) Math.min(Integer.MAX_VALUE, sequence - before);
    }

    /** What is wrong with the first stripe that does not match its record. */
    private Optional<Diagnosis> mismatch(List<JournalEntry> whole) {
        return whole.stream()
                .flatMap(entry -> entry instanceof JournalEntry.Memorized memorized
                        ? check.mismatch(memorized).stream()
                        : Stream.empty())
                .findFirst();
    }

    private static Tail tailOf(List<JournalEntry> leftOut) {
        return leftOut.getFirst() instanceof JournalEntry.BatchBegun begun
                ? new Tail(begun.size(), JournalRecord.end(leftOut.getLast()))
                : new Tail(1, leftOut.getFirst().offset());
    }

    private void takeIn(List<JournalEntry> batch) {
        try {
            table.apply(batch);
            for (JournalEntry entry : batch) {
                position = JournalRecord.end(entry);
                sequence = entry.sequence();
                if (entry instanceof JournalEntry.Synced synced) {
                    lastSync = synced;
                }
            }
            batch.clear();
        } catch (EngramException.Corrupt e) {
            damage = e;
            throw e;
        } catch (RuntimeException | Error e) {
            unfinishedBy = e;
            throw e;
        }
    }

    /** Stripes that no record names, more than one append can leave. */
    private Optional<Diagnosis> surplusOf(long firstLength) {
        StripeFile first = stripes.get(0);
        long found = firstLength / first.layout().stripeBytes();
        int expected = table.view().count();
        return found - expected > 1
                ? Optional.of(Diagnosis.of("journal lacks records")
                        .in(first.file().path())
                        .expected("%s stripes, as the journal has".formatted(expected), found)
                        .remedy("appends overwrite the others"))
                : Optional.empty();
    }
}
