package org.engram.store;

import java.util.zip.CRC32C;

/** The checksum of the format: CRC32C. */
final class Checksum {

    private Checksum() {}

    static int of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** The checksum of the first bytes of an array. */
    static int of(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
