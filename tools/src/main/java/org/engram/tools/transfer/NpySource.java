package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.TemporaryDirectory;

/** An array of numpy, one pattern after the other. Only the patterns that are worked on are in memory. */
final class NpySource implements Source {

    private final String name;
    private ReadableByteChannel in;
    private final List<String> keys;
    private final NpyPixels pixels;
    private final long count;
    /** The bytes of the pattern that is read. They are outside the heap, so that they are not copied on the way. */
    private final ByteBuffer bytes;
    /** The source of patterns in Fortran order; otherwise null. */
    private final NpyColumns columns;
    /** A directory for an array in Fortran order that does not come from a file; otherwise null. */
    private TemporaryDirectory aside;

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
        NpyAxes axes = NpyAxes.of(name, header, geometry);
        this.pixels = new NpyPixels(header.type(), axes, options, geometry);
        this.count = axes.count();
        this.bytes = ByteBuffer.allocateDirect(axes.elements() * header.type().bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        requireAll(length, headerBytes);
        if (count == 0) {
            throw Transfers.nothingIn(name, "patterns");
        }
        if (keys != null && keys.size() != count) {
            throw Failure.cannotOpen("%s holds %,d patterns: expected as many keys, found %,d; mend the file of keys"
                    .formatted(name, count, keys.size()));
        }
        this.columns = header.fortran() ? columns(headerBytes, header.type(), axes) : null;
    }

    private NpyColumns columns(long headerBytes, NpyType type, NpyAxes axes) {
        if (in instanceof SeekableByteChannel file) {
            return new NpyColumns(file, headerBytes, type, axes);
        }
        aside = TemporaryDirectory.create("import", "save the array in C order, with numpy.ascontiguousarray");
        Path copy = aside.path().resolve("array");
        try {
            long length = Files.copy(Channels.newInputStream(in), copy);
            requireAll(length, 0);
            in.close();
            in = Files.newByteChannel(copy);
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return new NpyColumns((SeekableByteChannel) in, 0, type, axes);
    }

    /** Refuses a cut file before anything of it is stored. */
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
        String key = keys == null ? "npy-" + at : keys.get((int) at);
        String where = name + ": pattern " + at; // a format string would cost as much time as the pattern
        Supplier<Pattern> pattern;
        try {
            pattern = columns == null ? inOrder(where) : acrossFile(where);
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
        at++;
        return Item.of(where, key, pattern);
    }

    private Supplier<Pattern> acrossFile(String where) throws IOException {
        ByteBuffer block = columns.holding(at);
        return pixels.pattern(where, block, columns.offset(at), columns.apart());
    }

    private Supplier<Pattern> inOrder(String where) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // a channel may give fewer bytes than there is room for
        }
        if (bytes.hasRemaining()) {
            throw Failure.cannotOpen("array is cut: %s: expected %s patterns, found %,d whole ones; save it again"
                    .formatted(name, Long.toUnsignedString(count), at));
        }
        return pixels.pattern(where, bytes.rewind());
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
        } finally {
            if (aside != null) {
                aside.close();
            }
        }
    }
}
