package org.engram.store.internal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.engram.store.Criteria;

/**
 * The beginning of a segment of the index, and where all else stands in it. Little-endian. INDEX.md describes it.
 *
 * <pre>
 *   0               4               8               12              16
 *   +---------------+---------------+---------------+---------------+
 *  0| magic  89 45 4E 47 49 44 58 1A| version (1)   | length (192)  |
 * 16| UUID of the store, most significant half, then the other      |
 * 32| begins in the journal at      | ends in the journal at        |
 * 48| sequence before               | sequence at the end           |
 * 64| first neuron  | neurons       | live          | keys          |
 * 80| notTwoValued  | common gain   | CRC of SYNC   | CRC of table  |
 * 96| threshold     | contrast      | disagreement  | agreement     |
 *112| seed of the hash, two halves                                  |
 * ..| zeros                                         | CRC32C of 0-187
 *   +---------------+---------------+---------------+---------------+ 192
 * </pre>
 *
 * Behind it stand the keys, the offsets, the lives and the gains, each a multiple of 8 bytes long, then the table: the CRC32C of
 * every {@link #BLOCK_BYTES} bytes of these, counted from the end of the header.
 *
 * @param store the store that the segment is of
 * @param from where its part of the journal begins, in bytes
 * @param until where that ends, in bytes: behind a SYNC
 * @param sequenceBefore the sequence of the record before that part, 0 at the beginning
 * @param sequence the sequence of the SYNC
 * @param first the first neuron that was memorized in that part
 * @param neurons how many neurons there were at the end
 * @param live how many of them lived
 * @param keys how many neurons of that part lived
 * @param notTwoValued how many neurons of that part are not two-valued
 * @param common the gain of all two-valued neurons of that part; 0 when it has none, NaN when they have several
 * @param sync the CRC32C that the SYNC has in the journal
 * @param table the CRC32C of the table
 * @param criteria the criteria at the end
 * @param seed0 the key of the hash, SipHash-1-3, first half
 * @param seed1 second half
 */
public record IndexHeader(
        UUID store,
        long from,
        long until,
        long sequenceBefore,
        long sequence,
        int first,
        int neurons,
        int live,
        int keys,
        int notTwoValued,
        float common,
        int sync,
        int table,
        Criteria criteria,
        long seed0,
        long seed1) {

    public static final int LENGTH = 192;
    /** The bytes that one checksum covers. They are few, so that little has to be read before a byte is believed. */
    public static final int BLOCK_BYTES = 4096;

    private static final byte[] MAGIC = {(byte) 0x89, 'E', 'N', 'G', 'I', 'D', 'X', 0x1A};
    private static final int VERSION = 1;
    private static final int UUID_OFFSET = 16;
    private static final int FROM_OFFSET = 32;
    private static final int UNTIL_OFFSET = 40;
    private static final int SEQUENCE_BEFORE_OFFSET = 48;
    private static final int SEQUENCE_OFFSET = 56;
    private static final int FIRST_OFFSET = 64;
    private static final int NEURONS_OFFSET = 68;
    private static final int LIVE_OFFSET = 72;
    private static final int KEYS_OFFSET = 76;
    private static final int OTHERS_OFFSET = 80;
    private static final int COMMON_OFFSET = 84;
    private static final int SYNC_OFFSET = 88;
    private static final int TABLE_OFFSET = 92;
    private static final int CRITERIA_OFFSET = 96;
    private static final int SEED_OFFSET = 112;
    private static final int CRC_OFFSET = LENGTH - Integer.BYTES;

    /** A key is the first bits of its hash, then the number of its neuron. */
    private static final int NEURON_BITS = Integer.numberOfTrailingZeros(JournalEntry.MAX_NEURONS);

    /** One bit is left free, so that a key is never below 0. */
    private static final int HASH_SHIFT = NEURON_BITS + 1;

    /** The least key of a hash. */
    public static long leastKey(long hash) {
        return hash >>> HASH_SHIFT << NEURON_BITS;
    }

    public static long key(long hash, int neuron) {
        return leastKey(hash) | neuron;
    }

    public static int neuronOf(long key) {
        return (int) key & (JournalEntry.MAX_NEURONS - 1);
    }

    /** The least key of the hash of a key. */
    public static long leastKeyLike(long key) {
        return key >>> NEURON_BITS << NEURON_BITS;
    }

    /** How many neurons were memorized in its part of the journal. */
    public int size() {
        return neurons - first;
    }

    /** How many records that part has. */
    public long records() {
        return sequence - sequenceBefore;
    }

    /** Whether the gains of its neurons stand in it: where they are not all the same. */
    public boolean hasGains() {
        return notTwoValued > 0 || Float.isNaN(common);
    }

    public long keysAt() {
        return LENGTH;
    }

    public long offsetsAt() {
        return keysAt() + (long) keys * Long.BYTES;
    }

    public long livesAt() {
        return offsetsAt() + (long) size() * Long.BYTES;
    }

    /** How many words of 64 bits tell which neurons lived. */
    public int liveWords() {
        return Math.ceilDiv(neurons, Long.SIZE);
    }

    public long gainsAt() {
        return livesAt() + (long) liveWords() * Long.BYTES;
    }

    public long tableAt() {
        return gainsAt() + (hasGains() ? Math.ceilDiv(size(), 2) * (long) Long.BYTES : 0);
    }

    public int blocks() {
        return Math.toIntExact(Math.ceilDiv(tableAt() - LENGTH, BLOCK_BYTES));
    }

    /** The length of the file, in bytes. */
    public long bytes() {
        return tableAt() + (long) blocks() * Integer.BYTES;
    }

    public IndexHeader withTable(int crc) {
        return new IndexHeader(
                store,
                from,
                until,
                sequenceBefore,
                sequence,
                first,
                neurons,
                live,
                keys,
                notTwoValued,
                common,
                sync,
                crc,
                criteria,
                seed0,
                seed1);
    }

    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putInt(VERSION).putInt(LENGTH);
        buffer.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
        buffer.putLong(from).putLong(until).putLong(sequenceBefore).putLong(sequence);
        buffer.putInt(first).putInt(neurons).putInt(live).putInt(keys);
        buffer.putInt(notTwoValued).putFloat(common).putInt(sync).putInt(table);
        buffer.putFloat(criteria.threshold()).putFloat(criteria.contrast());
        buffer.putFloat(criteria.disagreement()).putFloat(criteria.agreement());
        buffer.putLong(seed0).putLong(seed1);
        buffer.putInt(CRC_OFFSET, Checksum.of(bytes, CRC_OFFSET));
        return bytes;
    }

    /** What stands in the bytes; empty when they are no header of a segment, or one that contradicts itself. */
    public static Optional<IndexHeader> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean genuine = Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && buffer.getInt(MAGIC.length) == VERSION
                && buffer.getInt(MAGIC.length + Integer.BYTES) == LENGTH
                && buffer.getInt(CRC_OFFSET) == Checksum.of(bytes, CRC_OFFSET);
        if (!genuine) {
            return Optional.empty();
        }
        try {
            IndexHeader header = new IndexHeader(
                    new UUID(buffer.getLong(UUID_OFFSET), buffer.getLong(UUID_OFFSET + Long.BYTES)),
                    buffer.getLong(FROM_OFFSET),
                    buffer.getLong(UNTIL_OFFSET),
                    buffer.getLong(SEQUENCE_BEFORE_OFFSET),
                    buffer.getLong(SEQUENCE_OFFSET),
                    buffer.getInt(FIRST_OFFSET),
                    buffer.getInt(NEURONS_OFFSET),
                    buffer.getInt(LIVE_OFFSET),
                    buffer.getInt(KEYS_OFFSET),
                    buffer.getInt(OTHERS_OFFSET),
                    buffer.getFloat(COMMON_OFFSET),
                    buffer.getInt(SYNC_OFFSET),
                    buffer.getInt(TABLE_OFFSET),
                    new Criteria(
                            buffer.getFloat(CRITERIA_OFFSET),
                            buffer.getFloat(CRITERIA_OFFSET + Float.BYTES),
                            buffer.getFloat(CRITERIA_OFFSET + 2 * Float.BYTES),
                            buffer.getFloat(CRITERIA_OFFSET + 3 * Float.BYTES)),
                    buffer.getLong(SEED_OFFSET),
                    buffer.getLong(SEED_OFFSET + Long.BYTES));
            return header.isPossible() ? Optional.of(header) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no criteria
        }
    }

    private boolean isPossible() {
        return from >= 0
                && until - from >= JournalRecord.HEAD
                && sequenceBefore >= 0
                && records() > 0
                && records() <= (until - from) / JournalRecord.HEAD
                && first >= 0
                && neurons >= first
                && neurons <= JournalEntry.MAX_NEURONS
                && size() < records()
                && live >= 0
                && live <= neurons
                && keys >= 0
                && keys <= size()
                && notTwoValued >= 0
                && notTwoValued <= size()
                && !(common < 0)
                && common != Float.POSITIVE_INFINITY;
    }
}
