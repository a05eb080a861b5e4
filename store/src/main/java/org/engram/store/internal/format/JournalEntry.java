package org.engram.store.internal.format;

import java.nio.charset.StandardCharsets;
import org.engram.store.Criteria;

/**
 * A committed record of the journal, as values.
 *
 * @param offset where the record begins, in bytes
 * @param neuron the neuron that is memorized or forgotten; for SYNC and CRITERIA the number of neurons so far
 * @param retires the neuron that a MEMORIZE replaces, or {@link #NONE}
 * @param twoValued whether the weights of v take two values only, 0 and the gain
 * @param gain that other value; of other neurons the g of {@code v = g w}, 0 in format 1.0
 * @param wCrc CRC32C of the neuron's w stripe; as the others, 0 when the store has none
 * @param vCrc CRC32C of the neuron's v stripe
 * @param sketchCrc CRC32C of the neuron's sketch
 * @param planesCrc CRC32C of the neuron's planes
 * @param key the key in UTF-8; empty for SYNC and CRITERIA
 */
@SuppressWarnings("ArrayRecordComponent") // entries are never compared
public record JournalEntry(
        long offset,
        Type type,
        long sequence,
        int neuron,
        int retires,
        boolean twoValued,
        float gain,
        long timeMs,
        int wCrc,
        int vCrc,
        int sketchCrc,
        int planesCrc,
        byte[] key) {

    public static final int NONE = -1;

    private static final byte[] NO_KEY = {};

    /** What a record says. */
    public enum Type {
        MEMORIZE(1),
        FORGET(2),
        SYNC(3),
        CRITERIA(4);

        public final int code;

        Type(int code) {
            this.code = code;
        }

        static Type of(int code) {
            return switch (code) {
                case 1 -> MEMORIZE;
                case 2 -> FORGET;
                case 3 -> SYNC;
                case 4 -> CRITERIA;
                default -> null;
            };
        }

        /** Whether its records name a neuron by its key. */
        boolean hasKey() {
            return this == MEMORIZE || this == FORGET;
        }
    }

    public static JournalEntry forget(long sequence, int neuron, long timeMs, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new JournalEntry(0, Type.FORGET, sequence, neuron, NONE, false, 0, timeMs, 0, 0, 0, 0, bytes);
    }

    public static JournalEntry sync(long sequence, int neurons, long timeMs) {
        return new JournalEntry(0, Type.SYNC, sequence, neurons, NONE, false, 0, timeMs, 0, 0, 0, 0, NO_KEY);
    }

    public static JournalEntry criteria(long sequence, int neurons, long timeMs, Criteria criteria) {
        return new JournalEntry(
                0,
                Type.CRITERIA,
                sequence,
                neurons,
                NONE,
                false,
                0,
                timeMs,
                Float.floatToRawIntBits(criteria.threshold()),
                Float.floatToRawIntBits(criteria.contrast()),
                Float.floatToRawIntBits(criteria.disagreement()),
                Float.floatToRawIntBits(criteria.agreement()),
                NO_KEY);
    }

    /** What a CRITERIA record says: it has them where a MEMORIZE has its checksums. */
    public Criteria criteria() {
        return new Criteria(
                Float.intBitsToFloat(wCrc),
                Float.intBitsToFloat(vCrc),
                Float.intBitsToFloat(sketchCrc),
                Float.intBitsToFloat(planesCrc));
    }

    /** The checksum of the neuron's stripe in the file of a part. */
    public int checksum(Part part) {
        return switch (part) {
            case W -> wCrc;
            case V -> vCrc;
            case SKETCH -> sketchCrc;
            case PLANES -> planesCrc;
        };
    }
}
