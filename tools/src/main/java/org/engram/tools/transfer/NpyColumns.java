package org.engram.tools.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * The elements of an array in Fortran order. The elements of a pattern stand as far apart as there are patterns. A few
 * patterns are fetched at a time, so the array need not fit into memory.
 */
final class NpyColumns {

    private static final int BLOCK_BYTES = 64_000_000;

    private final SeekableByteChannel file;
    private final long start;
    private final int elementBytes;
    private final int elements;
    private final long count;
    private final int most;

    private ByteBuffer block = ByteBuffer.allocate(0);
    private long first;
    private int size;

    /** {@code start} is the place of the first element in the file. */
    NpyColumns(SeekableByteChannel file, long start, NpyType type, NpyAxes axes) {
        this.file = file;
        this.start = start;
        this.elementBytes = type.bytes();
        this.elements = axes.elements();
        this.count = axes.count();
        this.most = (int) Math.clamp(BLOCK_BYTES / ((long) elements * elementBytes), 1, Math.max(1, count));
    }

    /**
     * A buffer that has the elements of a pattern: the first at {@link #offset}, the others {@link #apart}. It is not
     * used again.
     */
    ByteBuffer holding(long pattern) throws IOException {
        if (size == 0 || pattern >= first + size) {
            first = pattern;
            size = (int) Math.min(most, count - pattern);
            block = ByteBuffer.allocate(Math.multiplyExact(size, elements * elementBytes));
            if (size == count) {
                read(0, block.capacity());
            } else {
                for (int element = 0; element < elements; element++) {
                    read(element * count + first, size * elementBytes);
                }
            }
        }
        return block;
    }

    private void read(long element, int bytes) throws IOException {
        file.position(start + element * elementBytes);
        block.limit(block.position() + bytes);
        while (block.hasRemaining()) {
            if (file.read(block) < 0) {
                throw new EOFException("the array is cut");
            }
        }
    }

    int offset(long pattern) {
        return (int) (pattern - first);
    }

    int apart() {
        return size;
    }
}
