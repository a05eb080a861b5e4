package org.engram.store.internal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.engram.store.Criteria;
import org.engram.store.Layout;

/**
 * A record of the {@code journal}, laid over bytes. Little-endian, 8-byte aligned.
 *
 * <pre>
 *   0               4               8   9  10      12              16
 *   +---------------+---------------+---+---+-------+---------------+
 * 0 | length        | CRC32C        |typ|flg|key len| zero          |
 *   +---------------+---------------+---+---+-------+---------------+
 * 16| sequence                      | neuron        | retires or -1 |
 *   +---------------+---------------+---------------+---------------+
 * 32| time, ms since 1970           | gain g        | CRC32C of w   |
 *   +---------------+---------------+---------------+---------------+
 * 48| CRC32C of v   | CRC of sketch | CRC of planes | CRC of known  |
 *   +---------------+---------------+---------------+---------------+
 * 64| key, UTF-8, zeros up to a multiple of 8 ...
 *   +---------------+---------------+---------------+---------------+
 * </pre>
 *
 * A CRITERIA record has four floats in place of the checksums: threshold, contrast, disagreement, agreement. A BATCH record
 * has the number of its neurons in place of the first.
 *
 * The CRC begins with the store's UUID and the record's offset, so that a stale or foreign record never passes, and
 * covers everything of the record but itself. Not safe for threads.
 */
public final class JournalRecord {

    public static final int HEAD = 64;
    public static final int MAX_LENGTH = HEAD + Keys.MAX_BYTES;
    public static final int ALIGNMENT = 8;

    private static final int LENGTH_OFFSET = 0;
    private static final int CRC_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    private static final int TYPE_OFFSET = CRC_OFFSET + Integer.BYTES;
    private static final int FLAGS_OFFSET = TYPE_OFFSET + Byte.BYTES;
    private static final int KEY_LENGTH_OFFSET = FLAGS_OFFSET + Byte.BYTES;
    private static final int ZERO_OFFSET = KEY_LENGTH_OFFSET + Short.BYTES;
    private static final int SEQUENCE_OFFSET = ZERO_OFFSET + Integer.BYTES;
    private static final int NEURON_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int RETIRES_OFFSET = NEURON_OFFSET + Integer.BYTES;
    private static final int TIME_OFFSET = RETIRES_OFFSET + Integer.BYTES;
    private static final int GAIN_OFFSET = TIME_OFFSET + Long.BYTES;
    private static final int W_CRC_OFFSET = GAIN_OFFSET + Float.BYTES;
    private static final int V_CRC_OFFSET = W_CRC_OFFSET + Integer.BYTES;
    private static final int SKETCH_CRC_OFFSET = V_CRC_OFFSET + Integer.BYTES;
    private static final int PLANES_CRC_OFFSET = SKETCH_CRC_OFFSET + Integer.BYTES;
    private static final int KNOWN_CRC_OFFSET = PLANES_CRC_OFFSET + Integer.BYTES;

    /** What a BATCH record has in place of the first checksum. */
    private static final int SIZE_OFFSET = W_CRC_OFFSET;

    /** What a CRITERIA record has in place of the checksums. */
    private static final int THRESHOLD_OFFSET = W_CRC_OFFSET;

    private static final int CONTRAST_OFFSET = V_CRC_OFFSET;
    private static final int DISAGREEMENT_OFFSET = SKETCH_CRC_OFFSET;
    private static final int AGREEMENT_OFFSET = PLANES_CRC_OFFSET;

    private static final byte MEMORIZE = 1;
    private static final byte FORGET = 2;
    private static final byte SYNC = 3;
    private static final byte CRITERIA = 4;
    private static final byte BATCH = 5;
    private static final List<String> NAMES = List.of("", "MEMORIZE", "FORGET", "SYNC", "CRITERIA", "BATCH");

    /** Flag: the v stripe takes the two values 0 and gain. */
    private static final byte TWO_VALUED = 1;

    private static final int SEED_BYTES = 3 * Long.BYTES;

    private final byte[] covered = new byte[SEED_BYTES + MAX_LENGTH];
    private final ByteBuffer row = over(covered, 0, covered.length);
    private final CRC32C crc = new CRC32C();
    private final Header header;
    /** The record at hand. */
    private ByteBuffer record = row;

    public JournalRecord(Header header) {
        this.header = header;
        UUID store = header.uuid();
        row.putLong(0, store.getMostSignificantBits());
        row.putLong(Long.BYTES, store.getLeastSignificantBits());
    }

    private static ByteBuffer over(byte[] bytes, int at, int length) {
        return ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    public static int length(int keyBytes) {
        return HEAD + Math.ceilDiv(keyBytes, ALIGNMENT) * ALIGNMENT;
    }

    /** Where the record of an entry ends in the journal, in bytes. */
    public static long end(JournalEntry entry) {
        return entry.offset() + length(entry.keyBytes());
    }

    /** Writes an entry as the record at its offset into {@code bytes} and returns its length. */
    public int encode(JournalEntry entry, byte[] bytes) {
        int length = length(entry.keyBytes());
        Arrays.fill(bytes, 0, length, (byte) 0);
        ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(LENGTH_OFFSET, length);
        to.putLong(SEQUENCE_OFFSET, entry.sequence());
        to.putLong(TIME_OFFSET, entry.timeMs());
        to.putInt(RETIRES_OFFSET, JournalEntry.NONE);
        switch (entry) {
            case JournalEntry.Memorized memorized -> encode(memorized, to);
            case JournalEntry.Forgotten forgotten -> {
                to.put(TYPE_OFFSET, FORGET);
                to.putInt(NEURON_OFFSET, forgotten.neuron());
                putKey(forgotten.key(), to);
            }
            case JournalEntry.Synced synced -> {
                to.put(TYPE_OFFSET, SYNC);
                to.putInt(NEURON_OFFSET, synced.neurons());
            }
            case JournalEntry.BatchBegun batch -> {
                to.put(TYPE_OFFSET, BATCH);
                to.putInt(NEURON_OFFSET, batch.neurons());
                to.putInt(SIZE_OFFSET, batch.size());
            }
            case JournalEntry.CriteriaSet set -> {
                to.put(TYPE_OFFSET, CRITERIA);
                to.putInt(NEURON_OFFSET, set.neurons());
                to.putFloat(THRESHOLD_OFFSET, set.criteria().threshold());
                to.putFloat(CONTRAST_OFFSET, set.criteria().contrast());
                to.putFloat(DISAGREEMENT_OFFSET, set.criteria().disagreement());
                to.putFloat(AGREEMENT_OFFSET, set.criteria().agreement());
            }
        }
        to.putInt(CRC_OFFSET, crc(bytes, 0, length, entry.offset()));
        return length;
    }

    private static void encode(JournalEntry.Memorized memorized, ByteBuffer to) {
        JournalEntry.Checksums checksums = memorized.checksums();
        to.put(TYPE_OFFSET, MEMORIZE);
        to.put(FLAGS_OFFSET, memorized.twoValued() ? TWO_VALUED : 0);
        to.putInt(NEURON_OFFSET, memorized.neuron());
        to.putInt(RETIRES_OFFSET, memorized.retires());
        to.putFloat(GAIN_OFFSET, memorized.gain());
        to.putInt(W_CRC_OFFSET, checksums.w());
        to.putInt(V_CRC_OFFSET, checksums.v());
        to.putInt(SKETCH_CRC_OFFSET, checksums.sketch());
        to.putInt(PLANES_CRC_OFFSET, checksums.planes());
        to.putInt(KNOWN_CRC_OFFSET, checksums.known());
        putKey(memorized.key(), to);
    }

    private static void putKey(byte[] key, ByteBuffer to) {
        to.putShort(KEY_LENGTH_OFFSET, (short) key.length);
        to.put(HEAD, key);
    }

    /** The length that the bytes claim; 0 when that cannot be the length of a record. */
    public static int claimedLength(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at + LENGTH_OFFSET);
        return length >= HEAD && length <= MAX_LENGTH && length % ALIGNMENT == 0 ? length : 0;
    }

    /** The checksum that a record has of itself. */
    public static int checksum(ByteBuffer bytes, int at) {
        return bytes.getInt(at + CRC_OFFSET);
    }

    /** Whether a committed record is a SYNC, without a look at the rest of it. */
    public static boolean isSync(ByteBuffer bytes, int at) {
        return bytes.get(at + TYPE_OFFSET) == SYNC;
    }

    /** Whether the checksum of a record of the given length matches. */
    public boolean isCommitted(byte[] bytes, int at, int length, long journalOffset) {
        record = over(bytes, at, length);
        return record.getInt(CRC_OFFSET) == crc(bytes, at, length, journalOffset);
    }

    /** Reads a committed record as values. An error says what no writer of this format would have written. */
    public JournalEntry decode(byte[] bytes, int at, int length, long journalOffset) {
        record = over(bytes, at, length);
        byte type = record.get(TYPE_OFFSET);
        if (type < MEMORIZE || type > BATCH) {
            throw new Malformed("a record type of 1 to 5", "type " + type);
        }
        int flags = record.get(FLAGS_OFFSET);
        if ((flags & ~TWO_VALUED) != 0) {
            throw new Malformed("no flags but 1", "flags " + flags);
        }
        byte[] key = key(bytes, at, length, type == MEMORIZE || type == FORGET, NAMES.get(type));
        requireZero(ZERO_OFFSET, ZERO_OFFSET + Integer.BYTES);
        long sequence = record.getLong(SEQUENCE_OFFSET);
        long timeMs = record.getLong(TIME_OFFSET);
        int neuron = record.getInt(NEURON_OFFSET);
        if (type == MEMORIZE) {
            return memorized(journalOffset, sequence, timeMs, neuron, key);
        }
        int retires = record.getInt(RETIRES_OFFSET);
        if (retires != JournalEntry.NONE) {
            throw new Malformed("no neuron retired by a " + NAMES.get(type), String.valueOf(retires));
        }
        requireZero(KNOWN_CRC_OFFSET, HEAD);
        requireZero(FLAGS_OFFSET, KEY_LENGTH_OFFSET);
        requireZero(GAIN_OFFSET, type == CRITERIA || type == BATCH ? THRESHOLD_OFFSET : HEAD);
        requireZero(type == BATCH ? SIZE_OFFSET + Integer.BYTES : HEAD, HEAD);
        return switch (type) {
            case FORGET -> new JournalEntry.Forgotten(journalOffset, sequence, timeMs, neuron, key);
            case SYNC -> new JournalEntry.Synced(journalOffset, sequence, timeMs, neuron);
            case BATCH -> new JournalEntry.BatchBegun(journalOffset, sequence, timeMs, neuron, size());
            default -> new JournalEntry.CriteriaSet(journalOffset, sequence, timeMs, neuron, criteria());
        };
    }

    private byte[] key(byte[] bytes, int at, int length, boolean expected, String name) {
        int keyBytes = record.getShort(KEY_LENGTH_OFFSET) & 0xFFFF;
        if (length(keyBytes) != length) {
            throw new Malformed("length " + length(keyBytes) + " for its key", "length " + length);
        }
        if (expected == (keyBytes == 0)) {
            throw new Malformed(expected ? "a key" : "no key for a " + name, keyBytes + " bytes");
        }
        requireZero(HEAD + keyBytes, length);
        if (!Keys.isUtf8(bytes, at + HEAD, keyBytes)) {
            throw new Malformed("a key in UTF-8", "other bytes");
        }
        return Arrays.copyOfRange(bytes, at + HEAD, at + HEAD + keyBytes);
    }

    private JournalEntry memorized(long journalOffset, long sequence, long timeMs, int neuron, byte[] key) {
        boolean twoValued = record.get(FLAGS_OFFSET) == TWO_VALUED;
        float gain = record.getFloat(GAIN_OFFSET);
        if (!Float.isFinite(gain) || gain <= 0) {
            throw new Malformed("a gain above 0", "gain " + gain);
        }
        if (!twoValued && header.layout() == Layout.PACKED) {
            throw new Malformed("weights of two values in a PACKED store", "flags 0");
        }
        if (!twoValued && header.masks()) {
            throw new Malformed("weights of two values in a store with masks", "flags 0");
        }
        for (Part part : Part.values()) {
            if (!header.parts().contains(part)) {
                requireZero(checksumOffset(part), checksumOffset(part) + Integer.BYTES);
            }
        }
        return new JournalEntry.Memorized(
                journalOffset,
                sequence,
                timeMs,
                neuron,
                record.getInt(RETIRES_OFFSET),
                twoValued,
                gain,
                new JournalEntry.Checksums(
                        record.getInt(W_CRC_OFFSET),
                        record.getInt(V_CRC_OFFSET),
                        record.getInt(SKETCH_CRC_OFFSET),
                        record.getInt(PLANES_CRC_OFFSET),
                        record.getInt(KNOWN_CRC_OFFSET)),
                key);
    }

    private int size() {
        int size = record.getInt(SIZE_OFFSET);
        if (size < 1) {
            throw new Malformed("a batch of 1 neuron or more", String.valueOf(size));
        }
        return size;
    }

    private Criteria criteria() {
        float threshold = record.getFloat(THRESHOLD_OFFSET);
        float contrast = record.getFloat(CONTRAST_OFFSET);
        float disagreement = record.getFloat(DISAGREEMENT_OFFSET);
        float agreement = record.getFloat(AGREEMENT_OFFSET);
        try {
            return new Criteria(threshold, contrast, disagreement, agreement);
        } catch (IllegalArgumentException e) {
            throw new Malformed(
                    "criteria in their range",
                    "%s, %s, %s, %s".formatted(threshold, contrast, disagreement, agreement));
        }
    }

    private static int checksumOffset(Part part) {
        return switch (part) {
            case W -> W_CRC_OFFSET;
            case V -> V_CRC_OFFSET;
            case SKETCH -> SKETCH_CRC_OFFSET;
            case PLANES -> PLANES_CRC_OFFSET;
            case KNOWN -> KNOWN_CRC_OFFSET;
        };
    }

    private void requireZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (record.get(i) != 0) {
                throw new Malformed("zero in reserved byte " + i, String.valueOf(record.get(i)));
            }
        }
    }

    /** A committed record that no writer of this format would have written. */
    @SuppressWarnings("serial")
    public static final class Malformed extends RuntimeException {

        private final String expected;
        private final String found;

        Malformed(String expected, String found) {
            super("expected %s, found %s".formatted(expected, found));
            this.expected = expected;
            this.found = found;
        }

        public String expected() {
            return expected;
        }

        public String found() {
            return found;
        }
    }

    /** What the CRC covers is copied together first: one long update costs less than three short updates. */
    private int crc(byte[] bytes, int at, int length, long journalOffset) {
        row.putLong(2 * Long.BYTES, journalOffset);
        row.put(SEED_BYTES, bytes, at, CRC_OFFSET);
        row.put(SEED_BYTES + CRC_OFFSET, bytes, at + TYPE_OFFSET, length - TYPE_OFFSET);
        crc.reset();
        crc.update(covered, 0, SEED_BYTES + CRC_OFFSET + length - TYPE_OFFSET);
        return (int) crc.getValue();
    }
}
