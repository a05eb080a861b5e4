package org.engram.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        if (at + RECORD_HEAD > journal.length || header.length < UUID_OFFSET + UUID_BYTES) {
            return -1;
        }
        int length = littleEndian(journal).getInt(at);
        if (length < RECORD_HEAD || length > journal.length - at) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(header, UUID_OFFSET, UUID_BYTES);
        crc.update(littleEndian(new byte[Long.BYTES]).putLong(at).array());
        crc.update(journal, at, RECORD_CRC_OFFSET);
        int rest = at + RECORD_CRC_OFFSET + Integer.BYTES;
        crc.update(journal, rest, at + length - rest);
        littleEndian(journal).putInt(at + RECORD_CRC_OFFSET, (int) crc.getValue());
        return at + length;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
