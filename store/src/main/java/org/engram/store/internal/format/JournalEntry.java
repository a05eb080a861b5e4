package org.engram.store.internal.format;

import org.engram.store.Criteria;

/** A committed record of the journal, as values. */
@SuppressWarnings("ArrayRecordComponent") // entries are never compared
public sealed interface JournalEntry {

    /** The neuron that a record retires when it retires none. */
    int NONE = -1;

    /** How many neurons a store can number: as many as the index of the keys can hold, with room to spare. */
    int MAX_NEURONS = 1 << 29;

    /** Where the record begins, in bytes. */
    long offset();

    /** Its place among all records, 1 for the first. */
    long sequence();

    /** When the record was written, in milliseconds since 1970. */
    long timeMs();

    /** The length of its key in bytes; 0 without one. */
    default int keyBytes() {
        return 0;
    }

    /**
     * A neuron was appended; {@code retires} is the neuron that it replaces, or {@link #NONE}. The weights v of a
     * two-valued neuron are 0 or the gain. The gain of any other neuron is the g of {@code v = g w}. The key is in
     * UTF-8.
     */
    record Memorized(
            long offset,
            long sequence,
            long timeMs,
            int neuron,
            int retires,
            boolean twoValued,
            float gain,
            Checksums checksums,
            byte[] key)
            implements JournalEntry {

        @Override
        public int keyBytes() {
            return key.length;
        }

        public int checksum(Part part) {
            return checksums.of(part);
        }
    }

    /** A neuron was retired, with its key in UTF-8. */
    record Forgotten(long offset, long sequence, long timeMs, int neuron, byte[] key) implements JournalEntry {

        @Override
        public int keyBytes() {
            return key.length;
        }
    }

    /** Everything before this record was durable when it was written. It tells how many neurons there were. */
    record Synced(long offset, long sequence, long timeMs, int neurons) implements JournalEntry {}

    /** The store judges by other criteria from here on. It tells how many neurons there were. */
    record CriteriaSet(long offset, long sequence, long timeMs, int neurons, Criteria criteria)
            implements JournalEntry {}

    /**
     * The next records memorize {@code size} neurons, which count together or not at all. It tells how many neurons there were.
     */
    record BatchBegun(long offset, long sequence, long timeMs, int neurons, int size) implements JournalEntry {}

    /** CRC32C of a neuron's stripe in the file of each part; 0 where the layout has no such file. */
    record Checksums(int w, int v, int sketch, int planes, int known) {

        /** Of no part. */
        public static final Checksums NONE = new Checksums(0, 0, 0, 0, 0);

        /** The same with another checksum of one part. */
        public Checksums with(Part part, int checksum) {
            return switch (part) {
                case W -> new Checksums(checksum, v, sketch, planes, known);
                case V -> new Checksums(w, checksum, sketch, planes, known);
                case SKETCH -> new Checksums(w, v, checksum, planes, known);
                case PLANES -> new Checksums(w, v, sketch, checksum, known);
                case KNOWN -> new Checksums(w, v, sketch, planes, checksum);
            };
        }

        int of(Part part) {
            return switch (part) {
                case W -> w;
                case V -> v;
                case SKETCH -> sketch;
                case PLANES -> planes;
                case KNOWN -> known;
            };
        }
    }
}
