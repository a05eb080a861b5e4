package org.engram.store;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the committed records of a journal in order, from copies on the heap. Where no committed record follows, that is
 * the end of the journal, or a torn tail, unless a SYNC stands beyond it: a SYNC vouches for all before it, so then the
 * journal is damaged. Not safe for threads.
 */
final class JournalScan {

    private static final int BUFFER_BYTES = 256 << 10;
    private static final long LOOK_AHEAD_BYTES = 1L << 30;
    private static final long NONE = -1;

    private final StoreFile journal;
    private final JournalRecord record;
    private final byte[] bytes;
    private final UnsafeBuffer buffer;
    private long bufferStart;
    private int bufferLength;
    private long position;
    private long sequence;
    private long lastSync = NONE;

    /**
     * Reads on from a known place.
     *
     * @param position the end of the last record that was read, in bytes
     * @param sequence that record's sequence, 0 before the first
     */
    JournalScan(StoreFile journal, Header header, long position, long sequence) {
        this.journal = journal;
        this.record = new JournalRecord(header);
        this.position = position;
        this.sequence = sequence;
        long left = journal.length() - position + JournalRecord.MAX_LENGTH;
        this.bytes = new byte[Math.clamp(left, JournalRecord.MAX_LENGTH, BUFFER_BYTES)];
        this.buffer = new UnsafeBuffer(bytes);
    }

    /** The end of the last committed record, in bytes. */
    long position() {
        return position;
    }

    /** The sequence of the last committed record, 0 before the first. */
    long sequence() {
        return sequence;
    }

    /**
     * Looks ahead for the last SYNC that the lengths of the records lead to, and does not check the records on the way:
     * either they turn out to be committed and it vouches for them, or {@link #next} finds the journal damaged.
     *
     * @return the SYNC, or null where none follows
     */
    JournalEntry lookForLastSync() {
        long at = position;
        while (fill(at, JournalRecord.HEAD)) {
            int length = JournalRecord.claimedLength(buffer, at(at));
            if (length == 0) {
                break;
            }
            if (JournalRecord.isSync(buffer, at(at)) && isSync(at)) {
                lastSync = at;
            }
            at += length;
        }
        try {
            return lastSync >= position && isSync(lastSync)
                    ? record.decode(bytes, at(lastSync), JournalRecord.HEAD, lastSync)
                    : null;
        } catch (IllegalArgumentException e) {
            return null; // the scan will come to it
        }
    }

    /**
     * Returns the next committed record, or null where none follows.
     *
     * @throws EngramException.Corrupt if the journal is damaged before a SYNC, or a record contradicts the format
     */
    JournalEntry next() {
        int length = committedLength(position);
        if (length == 0) {
            long sync = syncBeyond();
            if (sync != NONE) {
                // A live writer may have completed this record between the two looks; only then is it there now.
                bufferLength = 0;
                length = committedLength(position);
                if (length == 0) {
                    throw corrupt(
                            "a committed record, as one at offset " + sync + " vouches for it",
                            "a checksum that does not match");
                }
            }
        }
        return length == 0 ? null : take(length);
    }

    private JournalEntry take(int length) {
        JournalEntry entry;
        try {
            entry = record.decode(bytes, at(position), length, position);
        } catch (IllegalArgumentException e) {
            throw corrupt(e.getMessage());
        }
        if (entry.sequence() != sequence + 1) {
            throw corrupt("sequence " + (sequence + 1), "sequence " + entry.sequence());
        }
        position += length;
        sequence++;
        return entry;
    }

    /**
     * Where a SYNC stands behind a gap, or NONE: looks at the last record, where a clean close leaves one, then forward, but
     * not without end, for a file may claim any length.
     */
    private long syncBeyond() {
        long end = journal.length();
        long last = end - JournalRecord.HEAD;
        if (last > position && last % JournalRecord.ALIGNMENT == 0 && isSync(last)) {
            return last;
        }
        long limit = Math.min(end, position + LOOK_AHEAD_BYTES);
        for (long at = position + JournalRecord.ALIGNMENT; at < limit; at += JournalRecord.ALIGNMENT) {
            if (isSync(at)) {
                return at;
            }
        }
        return lastSync > position ? lastSync : NONE;
    }

    private boolean isSync(long at) {
        return committedLength(at) == JournalRecord.HEAD && JournalRecord.isSync(buffer, at(at));
    }

    private int committedLength(long at) {
        if (!fill(at, JournalRecord.HEAD)) {
            return 0;
        }
        int length = JournalRecord.claimedLength(buffer, at(at));
        return length != 0 && fill(at, length) && record.isCommitted(bytes, at(at), length, at) ? length : 0;
    }

    private int at(long filePosition) {
        return (int) (filePosition - bufferStart);
    }

    /** Sees to it that the buffer holds so many bytes from a place on; false when the file does not. */
    private boolean fill(long from, int length) {
        if (from < bufferStart || from + length > bufferStart + bufferLength) {
            bufferStart = from;
            bufferLength = journal.read(from, bytes, 0, bytes.length);
        }
        return length <= bufferLength;
    }

    private EngramException corrupt(String expected, String found) {
        return corrupt("expected %s, found %s".formatted(expected, found));
    }

    private EngramException corrupt(String what) {
        return new EngramException.Corrupt(
                "journal is damaged: %s: offset %d: %s; run engram verify, restore from a copy"
                        .formatted(journal.path(), position, what));
    }
}
