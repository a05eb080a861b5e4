package org.engram.store.internal.neurons;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.IndexHeader;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * A segment of the index, mapped for reading. A block is compared with its checksum before the first look at what it holds; what
 * does not match is {@link IndexDamaged}. Safe for any number of threads.
 */
final class IndexSegment implements AutoCloseable {

    private final Resources resources = new Resources();
    private final MappedFile mapped;
    private final MemorySegment file;
    private final IndexHeader header;
    private final int[] checksums;
    /** Which blocks were compared. Threads that miss what another has noted compare once more. */
    private final long[] compared;

    private IndexSegment(StoreDirectory directory, String name) throws IOException {
        try {
            StoreFile opened = resources.add(directory.open(name, false));
            long length = opened.length();
            if (length < IndexHeader.LENGTH) {
                throw new IndexDamaged("%s bytes".formatted(length));
            }
            this.mapped = new MappedFile(opened, length);
            resources.add(mapped::close);
            this.file = mapped.bytes();
            this.header = IndexHeader.decode(bytes(0, IndexHeader.LENGTH))
                    .filter(found -> found.bytes() == length)
                    .orElseThrow(() -> new IndexDamaged("a header that does not match its checksum or the file"));
            byte[] table = bytes(header.tableAt(), header.blocks() * Integer.BYTES);
            if (Checksum.of(table) != header.table()) {
                throw new IndexDamaged("checksums that do not match theirs");
            }
            this.checksums = MemorySegment.ofArray(table).toArray(LittleEndian.INT);
            this.compared = new long[Math.ceilDiv(checksums.length, Long.SIZE)];
        } catch (RuntimeException | Error | IOException e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    /** Opens a segment. Throws {@link IndexDamaged} unless the file is as some writer left it. */
    static IndexSegment open(StoreDirectory directory, String name) {
        try {
            return new IndexSegment(directory, name);
        } catch (EngramException e) {
            throw new IndexDamaged(e);
        } catch (IOException e) {
            throw new IndexDamaged(StoreFile.failure("map", directory.resolve(name), e));
        } catch (IndexOutOfBoundsException e) {
            throw new IndexDamaged("a header that contradicts the file");
        }
    }

    IndexHeader header() {
        return header;
    }

    private byte[] bytes(long at, int length) {
        byte[] bytes = new byte[length];
        mapped.copy(at, bytes, 0, length);
        return bytes;
    }

    private void compare(int block) {
        long mask = 1L << block;
        if ((compared[block / Long.SIZE] & mask) == 0) {
            long at = IndexHeader.LENGTH + (long) block * IndexHeader.BLOCK_BYTES;
            int length = (int) Math.min(IndexHeader.BLOCK_BYTES, header.tableAt() - at);
            if (Checksum.of(bytes(at, length)) != checksums[block]) {
                throw new IndexDamaged("block %s, which does not match its checksum".formatted(block));
            }
            compared[block / Long.SIZE] |= mask;
        }
    }

    /** Compares all blocks with their checksums. */
    void compareAll() {
        for (int block = 0; block < checksums.length; block++) {
            compare(block);
        }
    }

    private long word(long at) {
        compare((int) ((at - IndexHeader.LENGTH) / IndexHeader.BLOCK_BYTES));
        return file.get(LittleEndian.LONG, at);
    }

    private void compare(long from, long until) {
        for (long at = from; at < until; at += IndexHeader.BLOCK_BYTES) {
            word(at);
        }
        if (from < until) {
            word(until - Long.BYTES);
        }
    }

    /** The key at a place among all keys, which ascend. */
    long key(int place) {
        return word(header.keysAt() + (long) place * Long.BYTES);
    }

    /** Where the record of a neuron of this segment begins in the journal. */
    long offset(int neuron) {
        return word(header.offsetsAt() + (long) (neuron - header.first()) * Long.BYTES);
    }

    long[] keys() {
        return words(header.keysAt(), header.keys());
    }

    long[] offsets() {
        return words(header.offsetsAt(), header.size());
    }

    /** Which neurons lived at the end: bit {@code n mod 64} of word {@code n / 64}. */
    long[] lives() {
        return words(header.livesAt(), header.liveWords());
    }

    private long[] words(long at, int number) {
        compare(at, at + (long) number * Long.BYTES);
        long[] words = new long[number];
        MemorySegment.copy(file, LittleEndian.LONG, at, words, 0, number);
        return words;
    }

    /** Puts the signed gains of its neurons into an array, from a place on. */
    void gains(float[] all, int at) {
        if (header.hasGains()) {
            compare(header.gainsAt(), header.tableAt());
            MemorySegment.copy(file, LittleEndian.FLOAT, header.gainsAt(), all, at, header.size());
        } else {
            Arrays.fill(all, at, at + header.size(), header.common());
        }
    }

    /**
     * The place of the first key that is not below {@code least}. Keys are hashes and so spread evenly, which tells
     * where to begin.
     */
    int placeOf(long least) {
        int size = header.keys();
        int near = (int) (least / (double) Long.MAX_VALUE * size);
        int low = near;
        int high = near;
        for (long width = 2 + 2 * (long) Math.sqrt(size); low > 0 || high < size; width *= 2) {
            low = (int) Math.max(0, near - width);
            high = (int) Math.min(size, near + width);
            if ((low == 0 || key(low - 1) < least) && (high == size || key(high) >= least)) {
                break;
            }
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(middle) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() {
        resources.close();
    }
}
