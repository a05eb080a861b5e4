package org.engram.store.internal.neurons;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a store: check, write the stripes, write the journal record, then publish. A write that fails publishes
 * nothing, and the next append overwrites its remains; a force that fails is final. Not safe for threads.
 */
public final class StoreWriter {

    /** ALWAYS writes a SYNC after this many records, so that little has to be written again after a crash. */
    private static final int RECORDS_BEFORE_SYNC = 64;

    private final StoreFiles files;
    private final NeuronTable table;
    private final TornTail tail;
    private final Ownership ownership;
    private final StripeEncoder encoder;
    private final JournalRecord record;
    private final Durability durability;
    private final Clock clock;
    private final byte[] recordBytes = new byte[JournalRecord.MAX_LENGTH];
    private long position;
    private long sequence;
    /** How long the journal is: longer than the position when the remains of a failed append could not be cut off. */
    private long left;

    private boolean synced;
    private int recordsSinceSync;
    /** A force that failed: what it was to make durable may be lost, and nothing can be promised any more; null until then. */
    private @Nullable EngramException failure;
    /**
     * Set before the first byte of a change, cleared when the change is published or taken back. A plain field: whatever
     * ends a change, the end of the stack or of the heap too, leaves it set without doing anything.
     */
    private boolean halfway;

    public StoreWriter(StoreFiles files, Durability durability, Clock clock) {
        this.files = files;
        this.table = files.table();
        this.tail = new TornTail(files);
        this.ownership = new Ownership(files);
        this.encoder = new StripeEncoder(files);
        this.record = new JournalRecord(files.header());
        this.durability = durability;
        this.clock = clock;
        goOnFromReplay();
    }

    private void goOnFromReplay() {
        position = files.replay().position();
        sequence = files.replay().sequence();
        synced = files.replay().isSynced();
        left = position;
    }

    /**
     * Cuts off what a process that died, or a power loss, left behind the last committed record. What no SYNC vouches
     * for is written again: after a failed force the system takes it for clean and would not write it.
     *
     * @param afterAnother whether the writer before may be at work all the same, since it lost its lock and does not know it
     * @param changeNs how long one change of that writer may take, in nanoseconds
     */
    public void recover(boolean afterAnother, long changeNs) {
        tail.keep(position, clock);
        if (afterAnother && position > 0) {
            tail.fence(position, changeNs);
            files.replay().takeIn();
            goOnFromReplay();
            writeAgain();
            tail.spoil(position);
            forceAll();
            appendSync();
            tail.cut(position, files.replay().tail().neurons());
            files.journal().force();
        } else {
            tail.recover(position);
            writeAgain();
        }
    }

    private void writeAgain() {
        Replay replay = files.replay();
        files.journal().writeAgain(replay.vouchedUntil(), position);
        for (StripeFile file : files.stripes()) {
            file.file()
                    .writeAgain(
                            file.layout().offsetInFile(replay.neuronsAtSync()),
                            file.layout().offsetInFile(files.neurons()));
        }
    }

    /**
     * Gives back the room that a failed append took. If that fails, too, the next append overwrites its remains. Forces
     * nothing: a failed force is final, and this one could not say so.
     */
    private void tryCutTail(int neurons) {
        try {
            tail.cut(position, neurons);
        } catch (EngramException e) {
            // an earlier failure is told instead
        }
        left = files.journal().length();
    }

    /** Appends a neuron and returns its number. {@code retires} is the neuron it replaces, or -1. */
    public int memorize(String key, Picture picture, int retires) {
        int neuron = nextNeuron(1);
        encoder.learn(picture);
        begin();
        for (StripeFile file : files.stripes()) {
            byte[] stripe = encoder.stripe(file.part());
            write(file.file(), file.layout().offsetInFile(neuron), stripe, stripe.length);
        }
        commit(encoder.entry(position, sequence + 1, clock.millis(), neuron, retires, utf8(key)));
        return neuron;
    }

    /**
     * Appends neurons under new keys, all of them or none, and returns the number of the first. They count from when
     * the last record is there.
     */
    public int memorizeAll(List<Storable> all) {
        int size = all.size();
        int first = nextNeuron(size);
        all.forEach(one -> encoder.requireStorable(one.picture()));
        begin();
        long timeMs = clock.millis();
        Slice slice = new Slice(files, record, size);
        List<JournalEntry> entries = new ArrayList<>(size + 1);
        entries.add(new JournalEntry.BatchBegun(position, sequence + 1, timeMs, first, size));
        slice.add(entries.getFirst());
        // Written alone: a recovery learns from it that all that follows belongs to a batch.
        long end = undoneIfItFails(size, () -> slice.write(first, position));
        for (int i = 0; i < size; i++) {
            Storable one = all.get(i);
            undoneIfItFails(size, () -> {
                slice.learn(encoder, one.picture());
                return position;
            });
            long at = end + slice.recordBytes();
            JournalEntry.Memorized entry =
                    encoder.entry(at, sequence + 2 + i, timeMs, first + i, JournalEntry.NONE, utf8(one.key()));
            entries.add(entry);
            slice.addNeuron(entry);
            if (slice.isFull() || i == size - 1) {
                long from = end;
                int sliceFirst = first + i + 1 - slice.neurons();
                prove(() -> ownership.proveBefore(left));
                end = undoneIfItFails(size, () -> slice.write(sliceFirst, from));
            }
        }
        position = end;
        sequence += entries.size();
        publish(entries);
        return first;
    }

    private long undoneIfItFails(int neurons, LongSupplier step) {
        try {
            long end = step.getAsLong();
            left = Math.max(left, end);
            return end;
        } catch (EngramException e) {
            takeBack(neurons, e);
            throw e;
        }
    }

    /**
     * Takes back what a batch has written, durably: whole records of it must not come back behind later ones. Where that
     * fails too, it is final.
     */
    private void takeBack(int neurons, EngramException why) {
        failure = why;
        tryCutTail(neurons);
        try {
            if (left == position) {
                files.journal().force();
                failure = null;
                halfway = false;
            }
        } catch (EngramException e) {
            why.addSuppressed(e);
        }
    }

    private static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Appends a neuron of another store under the next number. {@code stripes} gives the bytes of each part. */
    public void adopt(JournalEntry.Memorized memorized, Function<Part, byte[]> stripes) {
        int neuron = nextNeuron(1);
        JournalEntry.Checksums checksums = JournalEntry.Checksums.NONE;
        begin();
        for (StripeFile file : files.stripes()) {
            byte[] stripe = stripes.apply(file.part());
            checksums = checksums.with(file.part(), Checksum.of(stripe));
            write(file.file(), file.layout().offsetInFile(neuron), stripe, stripe.length);
        }
        commit(new JournalEntry.Memorized(
                position,
                sequence + 1,
                memorized.timeMs(),
                neuron,
                JournalEntry.NONE,
                memorized.twoValued(),
                memorized.gain(),
                checksums,
                memorized.key()));
    }

    /** The number of the first of {@code wanted} new neurons. */
    private int nextNeuron(int wanted) {
        int neuron = files.neurons();
        if (wanted > JournalEntry.MAX_NEURONS - neuron) {
            throw new EngramException.Full(Diagnosis.of("store is full")
                    .in(files.directory().path())
                    .found("it holds %s neurons".formatted(neuron))
                    .remedy("create another"));
        }
        return neuron;
    }

    public void forget(String key, int neuron) {
        byte[] bytes = utf8(key);
        begin();
        commit(new JournalEntry.Forgotten(position, sequence + 1, clock.millis(), neuron, bytes));
    }

    /** Records the criteria that apply from now on. */
    public void judge(Criteria criteria) {
        begin();
        commit(new JournalEntry.CriteriaSet(position, sequence + 1, clock.millis(), files.neurons(), criteria));
    }

    /** Makes everything so far durable and has a SYNC record vouch for it. */
    public void sync() {
        if (synced) {
            return;
        }
        begin();
        forceAll();
        vouch();
        end();
    }

    private void commit(JournalEntry entry) {
        append(entry);
        publish(List.of(entry));
    }

    /** Publishes what is written, as durable as is asked for. */
    private void publish(List<JournalEntry> entries) {
        synced = false;
        if (durability == Durability.ALWAYS) {
            forceAll();
            recordsSinceSync += entries.size();
        }
        table.apply(entries);
        if (recordsSinceSync >= RECORDS_BEFORE_SYNC) {
            tryVouch();
        }
        end();
    }

    /** Has a SYNC record vouch for what was forced; when it cannot be written, the next change tries again. */
    private void tryVouch() {
        try {
            vouch();
        } catch (EngramException.IoFailure e) {
            // what was forced is durable without it
        }
    }

    /** Vouches for what was forced, if the files are still as this writer left them. */
    private void vouch() {
        prove(() -> ownership.prove(left));
        appendSync();
    }

    private void appendSync() {
        append(new JournalEntry.Synced(position, sequence + 1, clock.millis(), files.neurons()));
        synced = true;
        recordsSinceSync = 0;
    }

    /** Begins a change. A change that ends halfway makes this writer unusable. */
    private void begin() {
        prove(() -> ownership.proveBefore(left));
        halfway = true;
    }

    /** Ends a change. */
    private void end() {
        try {
            prove(() -> ownership.proveAfter(left));
        } catch (EngramException.IoFailure e) {
            // the change is made; a later one asks again
        }
        halfway = false;
    }

    /** Whoever lost the store, or a file of it, takes no more changes; where the system cannot tell now, it may be asked again. */
    private void prove(Runnable proof) {
        try {
            proof.run();
        } catch (EngramException.IoFailure e) {
            throw e;
        } catch (EngramException e) {
            failure = e;
            throw e;
        }
    }

    /** Writes; when that fails, cuts off what the append has written so far. */
    private void write(StoreFile file, long offset, byte[] bytes, int length) {
        try {
            file.write(offset, bytes, length);
        } catch (EngramException e) {
            tryCutTail(1);
            halfway = false;
            throw e;
        }
    }

    private void append(JournalEntry entry) {
        int length = record.encode(entry, recordBytes);
        write(files.journal(), position, recordBytes, length);
        position += length;
        left = Math.max(left, position);
        sequence++;
    }

    private void forceAll() {
        try {
            files.force();
        } catch (EngramException e) {
            failure = e;
            throw e;
        }
    }

    /** Indexes what is synced, where that is due. */
    public void index(Indexer indexer) {
        if (synced && failure == null && !halfway) {
            indexer.indexIfDue(position, sequence);
        }
    }

    /** Refuses any change after one that failed halfway, and says what failed. */
    public void requireUsable() {
        if (failure != null || halfway) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("store takes no more changes since an earlier one failed")
                            .found(
                                    failure == null
                                            ? "it ended halfway in an error of the JVM"
                                            : failure.diagnosis().toString())
                            .remedy("reopen it to go on, what came after the last sync may not be on the medium"),
                    failure == null ? new IllegalStateException("an error of the JVM") : failure);
        }
    }

    /** The last sync before closing; after a change that failed halfway there is nothing left to promise. */
    public void syncIfUsable() {
        if (failure == null && !halfway) {
            sync();
        }
    }
}
