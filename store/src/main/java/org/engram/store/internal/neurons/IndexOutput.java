package org.engram.store.internal.neurons;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.medium.StoreFile;

/** Writes a segment of the index block by block, the header last. Not safe for threads. */
final class IndexOutput {

    /** The most blocks that are written at once. */
    private static final int BLOCKS = 64;

    private final StoreFile file;
    private final byte[] bytes = new byte[BLOCKS * IndexHeader.BLOCK_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteArrayOutputStream checksums = new ByteArrayOutputStream();
    private long position = IndexHeader.LENGTH;

    IndexOutput(StoreFile file) {
        this.file = file;
    }

    void put(long[] words, int number) {
        for (int i = 0; i < number; i++) {
            room().putLong(words[i]);
        }
    }

    /** Puts floats, and a zero behind an odd number of them. */
    void put(float[] floats, int number) {
        for (int i = 0; i < number; i++) {
            room().putFloat(floats[i]);
        }
        if (number % 2 != 0) {
            room().putFloat(0);
        }
    }

    private ByteBuffer room() {
        if (!buffer.hasRemaining()) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        int length = buffer.position();
        for (int at = 0; at < length; at += IndexHeader.BLOCK_BYTES) {
            byte[] block = Arrays.copyOfRange(bytes, at, Math.min(length, at + IndexHeader.BLOCK_BYTES));
            byte[] checksum = new byte[Integer.BYTES];
            ByteBuffer.wrap(checksum).order(ByteOrder.LITTLE_ENDIAN).putInt(Checksum.of(block));
            checksums.writeBytes(checksum);
        }
        file.write(position, bytes, length);
        position += length;
        buffer.clear();
    }

    /** The checksums of all blocks, after the last was put. */
    byte[] table() {
        flush();
        return checksums.toByteArray();
    }

    void end(byte[] table, byte[] header) {
        file.write(position, table, table.length);
        file.write(0, header, header.length);
    }
}
