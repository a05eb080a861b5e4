package org.engram.store.internal.neurons;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;

/** Looks at records anywhere in a journal, through a copy on the heap of what stands around them. Not safe for threads. */
public final class JournalWindow {

    /** The bytes that are read at once. */
    static final int BUFFER_BYTES = 256 << 10;

    private final StoreFile journal;
    private final JournalRecord record;
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private long start;
    private int length;

    private JournalWindow(StoreFile journal, Header header, int bytes) {
        this.journal = journal;
        this.record = new JournalRecord(header);
        this.bytes = new byte[bytes];
        this.buffer = ByteBuffer.wrap(this.bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A window that reads records in order from a place on. */
    public static JournalWindow from(StoreFile journal, Header header, long position) {
        long left = journal.length() - position + JournalRecord.MAX_LENGTH;
        return new JournalWindow(journal, header, Math.clamp(left, JournalRecord.MAX_LENGTH, BUFFER_BYTES));
    }

    /** A window that reads single records anywhere. */
    public static JournalWindow ofOneRecord(StoreFile journal, Header header) {
        return new JournalWindow(journal, header, JournalRecord.MAX_LENGTH);
    }

    StoreFile journal() {
        return journal;
    }

    /** Forgets what was read, so that the file is read again. */
    void refresh() {
        length = 0;
    }

    /** The length that the bytes at a place claim, or 0 when no record can stand there. */
    int claimedLength(long at) {
        return fill(at, JournalRecord.HEAD) ? JournalRecord.claimedLength(buffer, at(at)) : 0;
    }

    /** The length of the record at a place whose checksum matches, or 0 when there is none. */
    public int committedLength(long at) {
        int claimed = claimedLength(at);
        return claimed != 0 && fill(at, claimed) && record.isCommitted(bytes, at(at), claimed, at) ? claimed : 0;
    }

    /** The checksum of the record at a place of which {@link #committedLength} just told the length. */
    int checksum(long at) {
        return JournalRecord.checksum(buffer, at(at));
    }

    boolean isSync(long at) {
        return committedLength(at) == JournalRecord.HEAD && JournalRecord.isSync(buffer, at(at));
    }

    /** Where a SYNC stands from a place on and before a limit, or -1. Most places are told by one byte: a tail may be long. */
    long nextSync(long from, long limit) {
        long at = from;
        while (at < limit && fill(at, JournalRecord.HEAD)) {
            long last = Math.min(start + length - JournalRecord.HEAD, limit - 1);
            while (at <= last && !claimsSync(at)) {
                at += JournalRecord.ALIGNMENT;
            }
            if (at <= last) {
                if (isSync(at)) {
                    return at;
                }
                at += JournalRecord.ALIGNMENT;
            }
        }
        return -1;
    }

    /** Whether the record at a place, of known length, is a SYNC if it is committed. */
    boolean claimsSync(long at) {
        return JournalRecord.isSync(buffer, at(at));
    }

    /** Reads the record at a place of which {@link #committedLength} just told the length. It may be malformed. */
    public JournalEntry decode(long at, int committed) {
        return record.decode(bytes, at(at), committed, at);
    }

    private int at(long filePosition) {
        return (int) (filePosition - start);
    }

    /** Fills the buffer with a range of the file; false when the file ends before it. */
    private boolean fill(long from, int wanted) {
        if (from < start || from + wanted > start + length) {
            start = from;
            length = journal.read(from, bytes, 0, bytes.length);
        }
        return wanted <= length;
    }
}
