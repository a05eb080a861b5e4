package org.engram.store.internal.neurons;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.Durability;
import org.engram.store.EngramException;
import org.engram.store.Layout;
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
import org.engram.store.internal.medium.StoreFile;

/**
 * Appends to a store: check, write the stripes, write the journal record, then publish. A write that fails publishes
 * nothing, and the next append overwrites its remains; a force that fails is final. Not safe for threads.
 */
public final class StoreWriter {

    /** With ALWAYS, so that little has to be written again after a crash. */
    private static final int RECORDS_BEFORE_SYNC = 64;

    /** Who writes is proven by the name of the journal no more often: that costs more than its length. */
    private static final long ASK_AGAIN_NS = 1_000_000;

    private final StoreFiles files;
    private final Header header;
    private final NeuronTable table;
    private final TornTail tail;
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
    /** How long the journal is: longer than the position when the remains of a failed append could not be cut off. */
    private long left;

    /** When the journal was last asked for by its name, 0 before the first time. */
    private long askedAt;

    private boolean synced;
    private int recordsSinceSync;
    /** A force that failed: what it was to make durable may be lost, and nothing can be promised any more. */
    private EngramException failure;
    /**
     * Set before the first byte of a change, cleared when the change is published or taken back. A plain field: whatever
     * ends a change, the end of the stack or of the heap too, leaves it set without doing anything.
     */
    private boolean halfway;

    public StoreWriter(StoreFiles files, Durability durability, Clock clock) {
        this.files = files;
        this.header = files.header();
        this.table = files.table();
        this.tail = new TornTail(files);
        this.learner = new Learner(header.rule(), header.geometry());
        this.none = BitPlane.ofRows(BitLayout.of(header.geometry()), new long[0]);
        this.record = new JournalRecord(header);
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
     * Cuts off what a process that died, or a power loss, left behind the last committed record. What no SYNC vouches for is
     * written again: after a force that failed the system holds for clean what is not on the medium, and no later force
     * would write it.
     *
     * @param afterAnother whether the writer before may be at work all the same, since it lost its lock and does not know it
     */
    public void recover(boolean afterAnother) {
        tail.keep(position, clock);
        if (afterAnother && position > 0) {
            tail.fence(position);
            files.replay().takeIn();
            goOnFromReplay();
            writeAgain();
            forceAll();
            vouch();
            tail.cut(position);
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
     * Gives back the room that a failed append took; when even that fails, the next append overwrites its remains. Forces
     * nothing: a force that fails is final, and this one could not say so.
     */
    private void tryCutTail() {
        try {
            tail.cut(position);
        } catch (EngramException e) {
            // an earlier failure is told instead
        }
        left = files.journal().length();
    }

    /** Appends a neuron and returns its number. {@code retires} is the neuron it replaces, or -1. */
    public int memorize(String key, Picture picture, int retires) {
        int neuron = nextNeuron();
        requireStorable(picture);
        learner.learn(picture);
        makeRoom();
        begin();
        for (StripeFile file : files.stripes()) {
            append(file, neuron, picture);
        }
        boolean twoValued = picture.isTwoValued();
        commitNeuron(neuron, retires, twoValued, learner.gain(), clock.millis(), key.getBytes(StandardCharsets.UTF_8));
        return neuron;
    }

    /** A header may claim any size, and a store may be opened for much else than a pattern. */
    private void makeRoom() {
        for (StripeFile file : files.stripes()) {
            bytes.computeIfAbsent(
                    file.part(), _ -> new byte[Math.toIntExact(file.layout().stripeBytes())]);
        }
    }

    /** Appends a neuron of another store, of which {@code stripes} gives the bytes of each part, under the next number. */
    public void adopt(JournalEntry.Memorized memorized, Function<Part, byte[]> stripes) {
        int neuron = nextNeuron();
        begin();
        for (StripeFile file : files.stripes()) {
            byte[] stripe = stripes.apply(file.part());
            checksums.put(file.part(), Checksum.of(stripe));
            write(file.file(), file.layout().offsetInFile(neuron), stripe, stripe.length);
        }
        commitNeuron(
                neuron,
                JournalEntry.NONE,
                memorized.twoValued(),
                memorized.gain(),
                memorized.timeMs(),
                memorized.key());
    }

    private int nextNeuron() {
        int neuron = files.neurons();
        if (neuron == JournalEntry.MAX_NEURONS) {
            throw new EngramException.Full(Diagnosis.of("store is full")
                    .in(files.directory().path())
                    .found("it holds %s neurons".formatted(neuron))
                    .remedy("create another"));
        }
        return neuron;
    }

    private void commitNeuron(int neuron, int retires, boolean twoValued, float gain, long timeMs, byte[] key) {
        JournalEntry.Checksums all = new JournalEntry.Checksums(
                checksums.getOrDefault(Part.W, 0),
                checksums.getOrDefault(Part.V, 0),
                checksums.getOrDefault(Part.SKETCH, 0),
                checksums.getOrDefault(Part.PLANES, 0),
                checksums.getOrDefault(Part.KNOWN, 0));
        commit(new JournalEntry.Memorized(position, sequence + 1, timeMs, neuron, retires, twoValued, gain, all, key));
    }

    private void requireStorable(Picture picture) {
        KnownPixels.requireFit(picture, header, files.directory().path());
        if (header.layout() == Layout.PACKED && picture instanceof Picture.RealValued(float[] values)) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern does not fit a PACKED store")
                    .in(files.directory().path())
                    .expected("black and white patterns only", whereGrey(values))
                    .remedy("make it black and white, or store it with another layout"));
        }
    }

    private String whereGrey(float[] values) {
        int pixel = 0;
        while (values[pixel] == 0 || values[pixel] == 1) {
            pixel++;
        }
        int width = header.geometry().width();
        return "%s at pixel (%s, %s)".formatted(values[pixel], pixel % width, pixel / width);
    }

    public void forget(String key, int neuron) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
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
                BitPlane plane = picture instanceof Picture.TwoValued two ? two.white() : none;
                plane.write(MemorySegment.ofArray(stripe), MemorySegment.ofArray(bytes.get(Part.PLANES)));
            }
            case PLANES -> {
                // encoded with the sketch
            }
            case KNOWN -> KnownPixels.of(picture, header).write(MemorySegment.ofArray(stripe));
        }
    }

    private void commit(JournalEntry entry) {
        append(entry);
        synced = false;
        if (durability == Durability.ALWAYS) {
            forceAll();
        }
        table.apply(entry);
        if (durability == Durability.ALWAYS && ++recordsSinceSync >= RECORDS_BEFORE_SYNC) {
            tryVouch();
        }
        end();
    }

    /** Has a SYNC record vouch for what was forced; when it cannot be written, the next change tries again. */
    private void tryVouch() {
        try {
            vouch();
        } catch (EngramException e) {
            // what was forced is durable without it
        }
    }

    private void vouch() {
        append(new JournalEntry.Synced(position, sequence + 1, clock.millis(), files.neurons()));
        synced = true;
        recordsSinceSync = 0;
    }

    /**
     * Begins a change: proves that no other writer is at work, unless that was proven within the last millisecond. Who opens the
     * store waits far longer for changes that have begun. From here on an end without a word makes this writer unusable.
     */
    private void begin() {
        long now = System.nanoTime();
        if (askedAt == 0 || now - askedAt >= ASK_AGAIN_NS) {
            prove(true);
            askedAt = now;
        }
        halfway = true;
    }

    /** Ends a change: proves that no other writer was let in meanwhile, unless the system cannot tell. */
    private void end() {
        try {
            prove(false);
        } catch (EngramException.IoFailure e) {
            // the change is made; a later one asks again
        }
        halfway = false;
    }

    private void prove(boolean byName) {
        try {
            if (byName) {
                files.journal().requireUntouched(left);
            } else {
                files.journal().requireEndsAt(left);
            }
        } catch (EngramException.IoFailure e) {
            throw e; // the system cannot tell now, and may be asked again
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
            tryCutTail();
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

    /** Refuses any change after one that failed halfway, and says what failed. */
    public void requireUsable() {
        if (failure != null || halfway) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("store takes no more changes since an earlier one failed")
                            .found(failure == null ? "it ended halfway in an error of the JVM" : failure.getMessage())
                            .remedy("reopen it to go on, what came after the last sync may not be on the medium"),
                    failure);
        }
    }

    /** The last sync before closing; after a change that failed halfway there is nothing left to promise. */
    public void syncIfUsable() {
        if (failure == null && !halfway) {
            sync();
        }
    }
}
