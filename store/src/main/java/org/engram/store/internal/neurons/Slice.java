package org.engram.store.internal.neurons;

import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.StripeFile;

/**
 * What a batch writes at once: the stripes of some neurons, and records. Its size is bounded, whatever the size of the
 * batch. Not safe for threads.
 */
final class Slice {

    /** The most that is written to a file at once, unless a single stripe is longer. */
    private static final int STRIPE_BYTES = 256 << 10;

    /** Less than {@link TornTail} leaves free in front of its fence. */
    private static final int RECORD_BYTES = 256 << 10;

    private final StoreFiles files;
    private final PartBytes stripes = new PartBytes();
    private final byte[] records = new byte[RECORD_BYTES];
    private final byte[] encoded = new byte[JournalRecord.MAX_LENGTH];
    private final JournalRecord record;
    private final int capacity;
    private int neurons;
    private int recordBytes;

    /** Makes room for this number of neurons at most. */
    Slice(StoreFiles files, JournalRecord record, int wanted) {
        this.files = files;
        this.record = record;
        long longest = 1;
        for (StripeFile file : files.stripes()) {
            longest = Math.max(longest, file.layout().stripeBytes());
        }
        this.capacity = Math.clamp(STRIPE_BYTES / longest, 1, wanted);
        for (StripeFile file : files.stripes()) {
            stripes.makeRoom(file.part(), capacity * file.layout().stripeBytes());
        }
    }

    boolean isFull() {
        return neurons == capacity || recordBytes > RECORD_BYTES - JournalRecord.MAX_LENGTH;
    }

    void add(JournalEntry entry) {
        int length = record.encode(entry, encoded);
        System.arraycopy(encoded, 0, records, recordBytes, length);
        recordBytes += length;
    }

    /** Has the next neuron learned. It is added with its record. */
    void learn(StripeEncoder encoder, Picture picture) {
        encoder.learn(picture, stripes, neurons);
    }

    /** Adds the neuron that was learned last, and its record. */
    void addNeuron(JournalEntry.Memorized entry) {
        neurons++;
        add(entry);
    }

    int neurons() {
        return neurons;
    }

    int recordBytes() {
        return recordBytes;
    }

    /**
     * Writes the stripes of the neurons from {@code firstNeuron} on, then the records from {@code position} on. Returns
     * where the records end, and leaves the slice empty.
     */
    long write(int firstNeuron, long position) {
        for (StripeFile file : files.stripes()) {
            int length = Math.toIntExact(neurons * file.layout().stripeBytes());
            file.file().write(file.layout().offsetInFile(firstNeuron), stripes.of(file.part()), length);
        }
        files.journal().write(position, records, recordBytes);
        long end = position + recordBytes;
        neurons = 0;
        recordBytes = 0;
        return end;
    }
}
