package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.time.Clock;

/**
 * Appends to a store: check, write w, write v, write the journal record, then publish. A write that fails publishes
 * nothing, and the next append overwrites its remains; a force that fails is final. Not safe for threads.
 */
final class StoreWriter {

    private final StoreFile journal;
    private final StoreFile w;
    private final StoreFile v;
    private final StripeLayout layout;
    private final NeuronTable table;
    private final Learner learner;
    private final JournalRecord record;
    private final Durability durability;
    private final Clock clock;
    private final byte[] stripe;
    private final byte[] recordBytes = new byte[JournalRecord.MAX_LENGTH];
    private long position;
    private long sequence;
    private boolean synced;
    private EngramException failure;

    StoreWriter(
            StoreFile journal,
            StoreFile w,
            StoreFile v,
            Header header,
            StripeLayout layout,
            NeuronTable table,
            Intake intake,
            Durability durability,
            Clock clock) {
        this.journal = journal;
        this.w = w;
        this.v = v;
        this.layout = layout;
        this.table = table;
        this.learner = new Learner(header.rule(), header.geometry());
        this.record = new JournalRecord(header.uuid());
        this.durability = durability;
        this.clock = clock;
        this.stripe = new byte[Math.toIntExact(layout.stripeBytes())];
        this.position = intake.position();
        this.sequence = intake.sequence();
        this.synced = intake.isSynced();
    }

    /**
     * Cuts the remains of one append off the files' ends, so that they are as long as the journal says. Remains of more
     * than one are no work of a dying process but of a power loss or of damage: those of the journal are kept aside, and
     * those of the stripes stay until appends overwrite them.
     */
    void cutTail() {
        long remains = journal.length() - position;
        if (remains > JournalRecord.MAX_LENGTH || (remains > 0 && surplus(w) > layout.stripeBytes())) {
            journal.copyTail(
                    position,
                    journal.path()
                            .resolveSibling("%s.cut-%d-%d".formatted(StoreFiles.JOURNAL, position, clock.millis())));
        }
        if (remains > 0) {
            journal.truncate(position);
            journal.force();
        }
        cutOneStripe(w);
        cutOneStripe(v);
    }

    private long surplus(StoreFile stripes) {
        return stripes.length() - layout.offsetInFile(table.view().count());
    }

    private void cutOneStripe(StoreFile stripes) {
        long surplus = surplus(stripes);
        if (surplus > 0 && surplus <= layout.stripeBytes()) {
            stripes.truncate(stripes.length() - surplus);
        }
    }

    /** Gives back the room that a failed append took; when even that fails, the next append overwrites its remains. */
    private void tryCutTail() {
        if (failure == null) {
            try {
                cutTail();
            } catch (EngramException e) {
                // the caller is told of the failure that came first
            }
        }
    }

    /** Appends a neuron and returns its number. {@code retires} is the neuron it replaces, or -1. */
    int memorize(String key, Pattern pattern, int retires) {
        int neuron = table.view().count();
        if (neuron == NeuronTable.MAX_NEURONS) {
            throw new EngramException.Full("store is full: %s: it holds %d neurons; create another"
                    .formatted(journal.path().getParent(), neuron));
        }
        learner.learn(pattern);
        int wCrc = append(w, neuron, learner.w());
        int vCrc = append(v, neuron, learner.v());
        commit(new JournalEntry(
                position,
                JournalEntry.Type.MEMORIZE,
                sequence + 1,
                neuron,
                retires,
                learner.gain(),
                clock.millis(),
                wCrc,
                vCrc,
                key));
        return neuron;
    }

    void forget(String key, int neuron) {
        commit(JournalEntry.forget(sequence + 1, neuron, clock.millis(), key));
    }

    /** Makes everything so far durable and has a SYNC record vouch for it. */
    void sync() {
        if (synced) {
            return;
        }
        forceAll();
        append(JournalEntry.sync(sequence + 1, table.view().count(), clock.millis()));
        synced = true;
    }

    private int append(StoreFile file, int neuron, float[] weights) {
        MemorySegment.copy(
                weights, 0, MemorySegment.ofArray(stripe), ScalarKernel.LITTLE_ENDIAN_FLOAT, 0, weights.length);
        write(file, layout.offsetInFile(neuron), stripe, stripe.length);
        return Checksums.of(stripe);
    }

    private void commit(JournalEntry entry) {
        append(entry);
        synced = false;
        if (durability == Durability.ALWAYS) {
            forceAll();
        }
        try {
            table.apply(entry);
        } catch (RuntimeException | Error e) {
            failure = new EngramException.IoFailure("record %d is written but not in memory".formatted(sequence), e);
            throw e;
        }
    }

    /** Writes, or takes back what a failed append has written so far. */
    private void write(StoreFile file, long offset, byte[] bytes, int length) {
        try {
            file.write(offset, bytes, length);
        } catch (EngramException e) {
            tryCutTail();
            throw e;
        }
    }

    private void append(JournalEntry entry) {
        int length = record.encode(entry, position, recordBytes);
        write(journal, position, recordBytes, length);
        position += length;
        sequence++;
    }

    private void forceAll() {
        try {
            w.force();
            v.force();
            journal.force();
        } catch (EngramException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Refuses any change after one that failed halfway.
     *
     * @throws EngramException.IoFailure saying what failed
     */
    void requireUsable() {
        if (failure != null) {
            throw new EngramException.IoFailure(
                    "store takes no more changes since an earlier one failed: %s: reopen it to go on; what came after the last sync may not be on the medium"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    /** The last sync before closing; after a failed force there is nothing left to promise. */
    void syncUnlessFailed() {
        if (failure == null) {
            sync();
        }
    }
}
