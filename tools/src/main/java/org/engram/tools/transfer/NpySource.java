package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;

/** An array of numpy, one pattern after the other; no more of it is in memory than is being worked on. */
final class NpySource implements Source {

    private final String name;
    private final ReadableByteChannel in;
    private final List<String> keys;
    private final NpyPixels pixels;
    private final long count;
    /** The bytes of the pattern that is read. They are not on the heap, so that they are not copied on the way. */
    private final ByteBuffer bytes;

    private long at;

    /** The source closes the stream. The length may be UNKNOWN; null keys number the patterns. */
    NpySource(
            String name,
            ReadableByteChannel in,
            long length,
            List<String> keys,
            NpyPixels.Options options,
            Geometry geometry) {
        this.name = name;
        this.in = in;
        this.keys = keys;
        NpyHeader header;
        long headerBytes;
        try {
            header = NpyHeader.read(name, Channels.newInputStream(in));
            headerBytes = in instanceof SeekableByteChannel file ? file.position() : 0;
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
        requireShape(header.shape(), geometry);
        this.pixels = new NpyPixels(header.type(), options, geometry);
        this.count = header.shape().get(0);
        this.bytes = ByteBuffer.allocateDirect(geometry.pixels() * header.type().bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
        requireAll(length, headerBytes);
        if (count == 0) {
            throw Transfers.nothingIn(name, "patterns");
        }
        if (keys != null && keys.size() != count) {
            throw Failure.cannotOpen("%s holds %,d patterns: expected as many keys, found %,d; mend the file of keys"
                    .formatted(name, count, keys.size()));
        }
    }

    private void requireShape(List<Long> shape, Geometry geometry) {
        List<Long> rows = List.of((long) geometry.height(), (long) geometry.width());
        boolean isCube = shape.size() == 3 && shape.subList(1, 3).equals(rows);
        boolean isFlat = shape.size() == 2 && shape.get(1) == geometry.pixels();
        if (!isCube && !isFlat) {
            throw Failure.usage("%s does not fit the store: expected the shape (N, %d, %d) or (N, %d), found %s"
                    .formatted(
                            name,
                            geometry.height(),
                            geometry.width(),
                            geometry.pixels(),
                            shape.toString().replace('[', '(').replace(']', ')')));
        }
    }

    /** A cut file is refused before anything of it is stored. */
    private void requireAll(long length, long headerBytes) {
        if (length == ProgressLine.UNKNOWN) {
            return;
        }
        boolean isWhole = count >= 0
                && count <= (Long.MAX_VALUE - headerBytes) / bytes.capacity()
                && headerBytes + count * bytes.capacity() == length;
        if (!isWhole) {
            throw Failure.cannotOpen(
                    "array has not the length it claims: %s: expected %d bytes and %s times %,d, found %,d bytes in all; save it again"
                            .formatted(name, headerBytes, Long.toUnsignedString(count), bytes.capacity(), length));
        }
    }

    @Override
    public Item next() {
        if (at == count) {
            return null;
        }
        try {
            bytes.clear();
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // a channel may give less than there is room for
            }
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
        if (bytes.hasRemaining()) {
            throw Failure.cannotOpen("array is cut: %s: expected %s patterns, found %,d whole ones; save it again"
                    .formatted(name, Long.toUnsignedString(count), at));
        }
        String key = keys == null ? "npy-" + at : keys.get((int) at);
        String where = name + ": pattern " + at++; // a format would cost as much as the pattern
        return Item.of(where, key, pixels.pattern(where, bytes.rewind()));
    }

    @Override
    public long total() {
        return count;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }
}
