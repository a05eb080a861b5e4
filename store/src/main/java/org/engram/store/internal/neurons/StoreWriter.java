package org.engram.store.internal.neurons;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Criteria;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.internal.care.NeuronParts;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.BitPlane;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * Appends to a store: check, write the stripes, write the journal record, then publish. A write that fails publishes
 * nothing, and the next append overwrites its remains; a force that fails is final. Not safe for threads.
 */
public final class StoreWriter {

    private final StoreDirectory directory;
    private final StoreFile journal;
    private final List<StripeFile> stripes;
    private Header header;
    private final NeuronTable table;
    private final Learner learner;
    private final JournalRecord record;
    private final Durability durability;
    private final Clock clock;
    /** One stripe of every part, as bytes; v is not encoded again where it equals w. */
    private final Map<Part, byte[]> bytes = new EnumMap<>(Part.class);

    /** The bits of a neuron whose weights are not two-valued. */
    private final BitPlane none;

    private final Map<Part, Integer> checksums = new EnumMap<>(Part.class);
    private final byte[] recordBytes = new byte[JournalRecord.MAX_LENGTH];
    private long position;
    private long sequence;
    private boolean synced;
    private EngramException failure;

    public StoreWriter(
            StoreDirectory directory,
            StoreFile journal,
            List<StripeFile> stripes,
            Header header,
            NeuronTable table,
            Replay intake,
            Durability durability,
            Clock clock) {
        this.directory = directory;
        this.journal = journal;
        this.stripes = stripes;
        this.header = header;
        this.table = table;
        this.learner = new Learner(header.rule(), header.geometry());
        this.none = BitPlane.ofRows(BitLayout.of(header.geometry()), new long[0]);
        this.record = new JournalRecord(header);
        this.durability = durability;
        this.clock = clock;
        for (StripeFile file : stripes) {
            bytes.put(file.part(), new byte[Math.toIntExact(file.layout().stripeBytes())]);
        }
        this.position = intake.position();
        this.sequence = intake.sequence();
        this.synced = intake.isSynced();
    }

    /**
     * Cuts the remains of one append off the files' ends, so that they are as long as the journal says. Remains of more
     * than one are no work of a dying process but of a power loss or of damage: those of the journal are kept aside, and
     * those of the stripes stay until appends overwrite them.
     */
    public void cutTail() {
        long remains = journal.length() - position;
        StripeFile first = stripes.get(0);
        if (remains > JournalRecord.MAX_LENGTH
                || (remains > 0
                        && first.surplus(table.view().count()) > first.layout().stripeBytes())) {
            keepTail();
        }
        cutRemains();
        if (remains > 0) {
            journal.force();
        }
    }

    private void cutRemains() {
        if (journal.length() > position) {
            journal.truncate(position);
        }
        int neurons = table.view().count();
        for (StripeFile file : stripes) {
            long surplus = file.surplus(neurons);
            if (surplus > 0 && surplus <= file.layout().stripeBytes()) {
                file.file().truncate(file.layout().offsetInFile(neurons));
            }
        }
    }

    private void keepTail() {
        long remains = journal.length() - position;
        if (remains > JournalScan.LOOK_AHEAD_BYTES) {
            throw new EngramException.Corrupt(
                    "journal is damaged: %s: offset %d: expected at most %d bytes behind the last record, found %d; engram salvage makes a store of what is whole"
                            .formatted(journal.path(), position, JournalScan.LOOK_AHEAD_BYTES, remains));
        }
        String name = freeNameForTail();
        StoreFile created = directory.create(name);
        try {
            try (StoreFile kept = created) {
                journal.copy(position, journal.length(), kept);
                kept.force();
            }
            directory.force();
        } catch (EngramException e) {
            directory.tryRemove(name);
            throw e;
        }
    }

    private String freeNameForTail() {
        long time = clock.millis();
        String name;
        do {
            name = "%s.cut-%d-%d".formatted(StoreDirectory.JOURNAL, position, time++);
        } while (Files.exists(directory.resolve(name)));
        return name;
    }

    /**
     * Gives back the room that a failed append took; when even that fails, the next append overwrites its remains. Forces
     * nothing: a force that fails is final, and this one could not say so.
     */
    private void tryCutTail() {
        if (failure == null) {
            try {
                cutRemains();
            } catch (EngramException e) {
                // the caller is told of the failure that came first
            }
        }
    }

    /** Appends a neuron and returns its number. {@code retires} is the neuron it replaces, or -1. */
    public int memorize(String key, Picture picture, int retires) {
        int neuron = nextNeuron();
        requireStorable(picture);
        learner.learn(picture);
        for (StripeFile file : stripes) {
            append(file, neuron, picture);
        }
        boolean twoValued = picture.isTwoValued();
        float gain = header.hasBits() || twoValued ? learner.gain() : 0;
        commitNeuron(neuron, retires, twoValued, gain, clock.millis(), key.getBytes(StandardCharsets.UTF_8));
        return neuron;
    }

    /** Appends a neuron of another store with its key, time, gain and weights, under the next number. */
    public void adopt(JournalEntry memorized, NeuronParts parts) {
        int neuron = nextNeuron();
        for (StripeFile file : stripes) {
            byte[] stripe = parts.get(file.part());
            checksums.put(file.part(), Checksum.of(stripe));
            write(file.file(), file.layout().offsetInFile(neuron), stripe, stripe.length);
        }
        commitNeuron(
                neuron, JournalEntry.NONE, memorized.twoValued(), parts.gain(), memorized.timeMs(), memorized.key());
    }

    private int nextNeuron() {
        int neuron = table.view().count();
        if (neuron == Capacity.MAX_NEURONS) {
            throw new EngramException.Full(
                    "store is full: %s: it holds %d neurons; create another".formatted(directory, neuron));
        }
        return neuron;
    }

    private void commitNeuron(int neuron, int retires, boolean twoValued, float gain, long timeMs, byte[] key) {
        commit(new JournalEntry(
                position,
                JournalEntry.Type.MEMORIZE,
                sequence + 1,
                neuron,
                retires,
                twoValued,
                gain,
                timeMs,
                checksums.getOrDefault(Part.W, 0),
                checksums.getOrDefault(Part.V, 0),
                checksums.getOrDefault(Part.SKETCH, 0),
                checksums.getOrDefault(Part.PLANES, 0),
                key));
    }

    private void requireStorable(Picture picture) {
        if (header.layout() == Layout.PACKED && picture instanceof Picture.RealValued(float[] values)) {
            throw new EngramException.InvalidPattern(
                    "pattern does not fit the layout: %s: a PACKED store holds black and white patterns only, %s; make it black and white, or store it with another layout"
                            .formatted(directory, whereGrey(values)));
        }
    }

    private String whereGrey(float[] values) {
        int pixel = 0;
        while (values[pixel] == 0 || values[pixel] == 1) {
            pixel++;
        }
        int width = header.geometry().width();
        return "pixel (%d, %d) is %s".formatted(pixel % width, pixel / width, values[pixel]);
    }

    public void forget(String key, int neuron) {
        commit(JournalEntry.forget(sequence + 1, neuron, clock.millis(), key));
    }

    /**
     * Has the store judge by other criteria from now on.
     *
     * @throws EngramException.OlderFormat if the store is of format 1.0
     */
    public void judge(Criteria criteria) {
        raise();
        commit(JournalEntry.criteria(sequence + 1, table.view().count(), clock.millis(), criteria));
    }

    /** An older program must not come upon a record that it does not know: the header, which it refuses, is durable first. */
    private void raise() {
        if (!header.hasBits()) {
            throw new EngramException.OlderFormat(
                    "criteria cannot be recorded: %s: expected format 1.1 or newer, found 1.0; engram rebuild raises it"
                            .formatted(directory));
        }
        if (!header.hasCriteriaRecords()) {
            directory.remove(StoreDirectory.HEADER + StoreDirectory.UNFINISHED);
            Header raised = header.withCriteriaRecords();
            raised.write(directory);
            header = raised;
        }
    }

    /** Makes everything so far durable and has a SYNC record vouch for it. */
    public void sync() {
        if (synced) {
            return;
        }
        forceAll();
        append(JournalEntry.sync(sequence + 1, table.view().count(), clock.millis()));
        synced = true;
    }

    private void append(StripeFile file, int neuron, Picture picture) {
        Part part = file.part();
        boolean likeW = part == Part.V && learner.isVLikeW();
        byte[] stripe = bytes.get(likeW ? Part.W : part);
        if (!likeW) {
            encode(part, picture, stripe);
        }
        checksums.put(part, likeW ? checksums.get(Part.W) : Integer.valueOf(Checksum.of(stripe)));
        write(file.file(), file.layout().offsetInFile(neuron), stripe, stripe.length);
    }

    private void encode(Part part, Picture picture, byte[] stripe) {
        switch (part) {
            case W -> LittleEndian.encode(learner.w(), stripe);
            case V -> LittleEndian.encode(learner.v(), stripe);
            case SKETCH -> {
                BitPlane plane = picture instanceof Picture.TwoValued(BitPlane white) ? white : none;
                plane.write(MemorySegment.ofArray(stripe), MemorySegment.ofArray(bytes.get(Part.PLANES)));
            }
            case PLANES -> {
                // encoded with the sketch
            }
        }
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
            stripes.forEach(file -> file.file().force());
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
    public void requireUsable() {
        if (failure != null) {
            throw new EngramException.IoFailure(
                    "store takes no more changes since an earlier one failed: %s: reopen it to go on; what came after the last sync may not be on the medium"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    /** The last sync before closing; after a failed force there is nothing left to promise. */
    public void syncUnlessFailed() {
        if (failure == null) {
            sync();
        }
    }
}
