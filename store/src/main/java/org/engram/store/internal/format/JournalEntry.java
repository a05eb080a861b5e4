package org.engram.store.internal.format;

import org.engram.store.Criteria;

/** A committed record of the journal, as values. */
@SuppressWarnings("ArrayRecordComponent") // entries are never compared
public sealed interface JournalEntry {

    /** The neuron that a record retires when it retires none. */
    int NONE = -1;

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
     * A neuron was appended.
     *
     * @param neuron its number
     * @param retires the neuron that it replaces, or {@link #NONE}
     * @param twoValued whether the weights of v take two values only, 0 and the gain
     * @param gain that other value; of other neurons the g of {@code v = g w}
     * @param checksums of its stripes
     * @param key in UTF-8
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

        /** The checksum of the neuron's stripe in the file of a part. */
        public int checksum(Part part) {
            return checksums.of(part);
        }
    }

    /**
     * A neuron was retired.
     *
     * @param neuron its number
     * @param key in UTF-8
     */
    record Forgotten(long offset, long sequence, long timeMs, int neuron, byte[] key) implements JournalEntry {

        @Override
        public int keyBytes() {
            return key.length;
        }
    }

    /**
     * All before it was durable when it was written.
     *
     * @param neurons how many neurons there were
     */
    record Synced(long offset, long sequence, long timeMs, int neurons) implements JournalEntry {}

    /**
     * The store judges by other criteria from here on.
     *
     * @param neurons how many neurons there were
     */
    record CriteriaSet(long offset, long sequence, long timeMs, int neurons, Criteria criteria)
            implements JournalEntry {}

    /** CRC32C of a neuron's stripe in the file of each part; 0 where the layout has no such file. */
    record Checksums(int w, int v, int sketch, int planes) {

        int of(Part part) {
            return switch (part) {
                case W -> w;
                case V -> v;
                case SKETCH -> sketch;
                case PLANES -> planes;
            };
        }
    }
}
