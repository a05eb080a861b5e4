package org.engram.store.internal.neurons;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.Mapping;
import org.engram.store.internal.medium.Mappings;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * The file of a part mapped for reading, chunk by chunk; callers read committed neurons only, as far as they are covered.
 *
 * <p>Every mapped chunk is a segment of one shared arena, which is closed before the chunk is unmapped: a late reader gets an
 * exception, never a fault. Threads may share an instance.
 */
public final class StripeMapping implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StripeMapping.class.getPackageName());
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private static final Mapping NOTHING = new Mapping() {
        @Override
        public MemorySegment map(long from, long length, Arena arena) {
            return MemorySegment.NULL;
        }

        @Override
        public void close() {}
    };

    private final StoreFile file;
    private final StripeLayout layout;
    /** Whether the stripes have no bytes, so that there is nothing to map. */
    private final boolean empty;

    private final Mapping mapping;

    private final Arena arena = Arena.ofShared();
    /** The mapped chunks. A chunk is null if none of its neurons was asked for; the last one is never null. */
    private volatile @Nullable MemorySegment[] chunks = {};
    /** How many bytes of the last chunk can be read. All earlier ones are whole: they were covered before it was asked for. */
    private long readable;
    /** Opens the file again by its name, which must still lead to the file that was checked. */
    StripeMapping(StripeFile stripes) {
        this.file = stripes.file();
        this.layout = stripes.layout();
        this.empty = layout.stripeBytes() == 0;
        if (empty) {
            this.mapping = NOTHING;
            return;
        }
        try {
            this.mapping = Mappings.open(file, layout.chunkBytes());
        } catch (IOException e) {
            throw StoreFile.failure("map", path(), e);
        }
        try {
            file.requireCurrent();
        } catch (RuntimeException | Error e) {
            mapping.close();
            throw e;
        }
    }

    Path path() {
        return file.path();
    }

    StripeLayout layout() {
        return layout;
    }

    /** The chunk that holds the given neuron's stripe, mapped on first use; not to be written to. */
    public MemorySegment chunkOf(int neuron) {
        if (empty) {
            return MemorySegment.NULL;
        }
        int index = layout.chunkOf(neuron);
        MemorySegment[] known = chunks;
        return index < known.length && known[index] != null ? known[index] : map(index);
    }

    /** Where the stripe begins in its chunk, in bytes. */
    public long offsetInChunk(int neuron) {
        return layout.offsetInChunk(neuron);
    }

    /** One neuron's stripe, R floats and their padding, read-only; valid until the store closes. */
    MemorySegment stripe(int neuron) {
        return chunkOf(neuron)
                .asSlice(offsetInChunk(neuron), layout.stripeBytes())
                .asReadOnly();
    }

    private synchronized MemorySegment map(int index) {
        MemorySegment[] known = chunks;
        return index < known.length && known[index] != null ? known[index] : mapNow(index);
    }

    private MemorySegment mapNow(int index) {
        try {
            MemorySegment chunk = mapping.map(index * layout.chunkBytes(), layout.chunkBytes(), arena);
            publish(index, chunk, chunk.byteSize());
            return chunk;
        } catch (IOException e) {
            throw StoreFile.failure("map", path(), e);
        }
    }

    private void publish(int index, MemorySegment chunk, long bytes) {
        MemorySegment[] next = Arrays.copyOf(chunks, Math.max(chunks.length, index + 1));
        next[index] = chunk;
        readable = index == next.length - 1 ? bytes : readable;
        chunks = next;
    }

    /**
     * Makes sure that the first neurons can be read in the chunks that were asked for already. The file must hold these
     * neurons. Where a mapping ends with its file, the last chunk becomes a copy in memory that grows with the file,
     * and is mapped again once it is full. Returns whether a chunk is another segment now.
     */
    synchronized boolean cover(int neurons) {
        int last = chunks.length - 1;
        long start = last * layout.chunkBytes();
        long needed = Math.min(layout.chunkBytes(), layout.offsetInFile(neurons) - start);
        if (last < 0 || needed <= readable) {
            return false;
        }
        if (needed == layout.chunkBytes()) {
            mapNow(last);
            return true;
        }
        byte[] more = readOn(start, needed);
        MemorySegment room = chunks[last];
        boolean moves = needed > room.byteSize();
        if (moves) {
            // The collector frees a copy that nobody reads any more: there may be many, and closing comes late.
            room = Arena.ofAuto().allocate(Math.min(2 * needed, layout.chunkBytes()), StripeLayout.ALIGNMENT_BYTES);
            MemorySegment.copy(chunks[last], 0, room, 0, readable);
        }
        MemorySegment.copy(more, 0, room, ValueLayout.JAVA_BYTE, readable, more.length);
        publish(last, room, needed);
        return moves;
    }

    private byte[] readOn(long start, long needed) {
        byte[] more = new byte[Math.toIntExact(needed - readable)];
        int read = file.read(start + readable, more, 0, more.length);
        if (read < more.length) {
            throw new EngramException.Corrupt(Diagnosis.of("stripe file is cut")
                    .in(path())
                    .expected("at least %s bytes".formatted(start + needed), start + readable + read)
                    .remedy(StoreFile.RESTORE));
        }
        return more;
    }

    @Override
    public synchronized void close() {
        if (!closeArena()) {
            LOG.log(System.Logger.Level.WARNING, "{0} stays mapped: something still reads", path());
            return;
        }
        mapping.close();
    }

    /**
     * Waits for a system call that still reads from a stripe that was handed out: its memory must not go meanwhile. Gives up
     * after a while, and tells so: an Error in the middle of such a call may have left the memory in use for ever.
     */
    private boolean closeArena() {
        IdleStrategy idle = new BackoffIdleStrategy();
        long began = System.nanoTime();
        while (arena.scope().isAlive() && System.nanoTime() - began < PATIENCE_NS) {
            try {
                Arenas.close(arena);
            } catch (IllegalStateException inUse) {
                idle.idle();
            }
        }
        return !arena.scope().isAlive();
    }
}
