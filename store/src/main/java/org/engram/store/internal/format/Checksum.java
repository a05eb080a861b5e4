package org.engram.store.internal.format;

import java.util.zip.CRC32C;

/** The checksum of the format: CRC32C. */
public final class Checksum {

    private Checksum() {}

    public static int of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    public static int of(byte[] bytes, int length) {
        return of(bytes, 0, length);
    }

    public static int of(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
