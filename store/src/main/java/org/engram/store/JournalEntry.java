package org.engram.store;

/**
 * A committed record of the journal, as values.
 *
 * @param offset where the record begins, in bytes
 * @param neuron the neuron that is memorized or forgotten; for SYNC the number of neurons so far
 * @param retires the neuron that a MEMORIZE replaces, or {@link #NONE}
 * @param gain g, when the weights of v take the two values 0 and g; NaN when they do not
 * @param wCrc CRC32C of the neuron's w stripe
 * @param vCrc CRC32C of the neuron's v stripe
 */
record JournalEntry(
        long offset,
        Type type,
        long sequence,
        int neuron,
        int retires,
        float gain,
        long timeMs,
        int wCrc,
        int vCrc,
        String key) {

    static final int NONE = -1;

    /** What a record says. */
    enum Type {
        MEMORIZE(1),
        FORGET(2),
        SYNC(3);

        final int code;

        Type(int code) {
            this.code = code;
        }

        static Type of(int code) {
            return switch (code) {
                case 1 -> MEMORIZE;
                case 2 -> FORGET;
                case 3 -> SYNC;
                default -> null;
            };
        }
    }

    static JournalEntry forget(long sequence, int neuron, long timeMs, String key) {
        return new JournalEntry(0, Type.FORGET, sequence, neuron, NONE, Float.NaN, timeMs, 0, 0, key);
    }

    static JournalEntry sync(long sequence, int neurons, long timeMs) {
        return new JournalEntry(0, Type.SYNC, sequence, neurons, NONE, Float.NaN, timeMs, 0, 0, "");
    }

    boolean isBlackAndWhite() {
        return !Float.isNaN(gain);
    }
}
