package org.engram.store.internal.neurons;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/** Reads single records of the indexed part of a journal, which is mapped. Safe for any number of threads. */
final class MappedRecords implements AutoCloseable {

    private final MappedFile journal;
    private final long until;
    private final JournalRecord record;
    private final byte[] bytes = new byte[JournalRecord.MAX_LENGTH];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    /** Maps the records of a journal that end at or before {@code until}. */
    MappedRecords(StoreFile journal, Header header, long until) {
        try {
            this.journal = new MappedFile(journal, until);
        } catch (IOException e) {
            throw StoreFile.failure("map", journal.path(), e);
        }
        this.until = until;
        this.record = new JournalRecord(header);
    }

    /** The whole record that begins at a place; null when there is none. */
    synchronized @Nullable JournalEntry read(long at) {
        if (at < 0 || at > until - JournalRecord.HEAD || at % JournalRecord.ALIGNMENT != 0) {
            return null;
        }
        journal.copy(at, bytes, 0, JournalRecord.HEAD);
        int length = JournalRecord.claimedLength(buffer, 0);
        if (length == 0 || at > until - length) {
            return null;
        }
        journal.copy(at + JournalRecord.HEAD, bytes, JournalRecord.HEAD, length - JournalRecord.HEAD);
        try {
            return record.isCommitted(bytes, 0, length, at) ? record.decode(bytes, 0, length, at) : null;
        } catch (JournalRecord.Malformed e) {
            return null;
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
