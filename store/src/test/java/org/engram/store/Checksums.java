package org.engram.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Puts the checksums of headers and records right again after somebody changed them, as a forger would. */
final class Checksums {

    private static final int UUID_OFFSET = 48;
    private static final int UUID_BYTES = 16;
    private static final int HEADER_CRC_OFFSET = 124;
    private static final int RECORD_CRC_OFFSET = 4;
    private static final int RECORD_HEAD = 64;

    private Checksums() {}

    /** Of a header, if it is long enough to have one. */
    static void fixHeader(byte[] header) {
        if (header.length > HEADER_CRC_OFFSET + 3) {
            CRC32C crc = new CRC32C();
            crc.update(header, 0, HEADER_CRC_OFFSET);
            littleEndian(header).putInt(HEADER_CRC_OFFSET, (int) crc.getValue());
        }
    }

    /** Of all records that the lengths lead to. */
    static void fixJournal(byte[] journal, byte[] header) {
        int at = 0;
        while (at >= 0) {
            at = fixRecord(journal, at, header);
        }
    }

    /** Of the record at an offset; returns where the next one stands, or -1 where no record can be. */
    static int fixRecord(byte[] journal, int at, byte[] header) {
        int length = length(journal, at, header);
        if (length == 0) {
            return -1;
        }
        littleEndian(journal).putInt(at + RECORD_CRC_OFFSET, crc(journal, at, length, at, header));
        return at + length;
    }

    /** Whether the checksum of a header matches. */
    static boolean matchesHeader(byte[] header) {
        byte[] fixed = header.clone();
        fixHeader(fixed);
        return Arrays.equals(fixed, header);
    }

    /** Whether a record somewhere has a checksum that matches, and is not what was written there. */
    static boolean matchesAnotherRecord(byte[] journal, byte[] header, byte[] written) {
        for (int at = 0; at < journal.length; at += Long.BYTES) {
            int length = length(journal, at, header);
            if (length > 0
                    && littleEndian(journal).getInt(at + RECORD_CRC_OFFSET) == crc(journal, at, length, at, header)
                    && (at + length > written.length
                            || !Arrays.equals(journal, at, at + length, written, at, at + length))) {
                return true;
            }
        }
        return false;
    }

    /** The length that a record claims, or 0 where there can be none. */
    private static int length(byte[] journal, int at, byte[] header) {
        if (at + RECORD_HEAD > journal.length || header.length < UUID_OFFSET + UUID_BYTES) {
            return 0;
        }
        int length = littleEndian(journal).getInt(at);
        return length < RECORD_HEAD || length > journal.length - at ? 0 : length;
    }

    /** That of a record which stands at an offset in the journal, wherever it stands in an array. */
    static int crc(byte[] journal, int at, int length, long offset, byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, UUID_OFFSET, UUID_BYTES);
        crc.update(littleEndian(new byte[Long.BYTES]).putLong(offset).array());
        crc.update(journal, at, RECORD_CRC_OFFSET);
        int rest = at + RECORD_CRC_OFFSET + Integer.BYTES;
        crc.update(journal, rest, at + length - rest);
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
