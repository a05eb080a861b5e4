package org.engram.store.internal.neurons;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.io.ReferenceOwner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.engram.store.EngramException;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.StoreFile;

/**
 * The file of a part mapped for reading, chunk by chunk, the only class that knows Chronicle. A chunk may reach past the end
 * of the file and becomes readable as the file grows; callers read committed neurons only.
 *
 * <p>Every chunk is a segment of one shared arena, which is closed before the chunk is unmapped: a late reader gets an
 * exception, never a fault, and no raw address leaves this class. Threads may share an instance.
 */
public final class StripeMapping implements AutoCloseable {

    /** Unless told otherwise by a flag, Chronicle unmaps on a thread of its own; closed means unmapped, so that is waited for. */
    private static final boolean UNMAPS_LATER = Jvm.getBoolean("background.releaser", true);

    private static final System.Logger LOG = System.getLogger(StripeMapping.class.getPackageName());
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Path path;
    private final StripeLayout layout;
    /** Null when stripes have no bytes. */
    private final MappedFile file;

    private final Arena arena = Arena.ofShared();
    private final ReferenceOwner owner = ReferenceOwner.temporary("engram");
    private MappedBytesStore[] mapped = {};
    private volatile MemorySegment[] chunks = {};
    /**
     * Set while a chunk is mapped; an Error leaves it set. The channel of the file may then count the thread as still inside,
     * and would wait for it for ever when it is closed.
     */
    private boolean halfway;

    /** Opens the file again by its name, which must still lead to the file that was checked. */
    StripeMapping(StripeFile stripes) {
        this.path = stripes.file().path();
        this.layout = stripes.layout();
        if (layout.stripeBytes() == 0) {
            this.file = null;
            return;
        }
        try {
            this.file = MappedFile.of(path.toFile(), layout.chunkBytes(), 0, OS.pageSize(), true);
        } catch (IOException e) {
            throw StoreFile.failure("map", path, e);
        }
        try {
            stripes.file().requireCurrent();
        } catch (EngramException e) {
            file.releaseLast();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    StripeLayout layout() {
        return layout;
    }

    /** The read-only chunk that holds the given neuron's stripe, mapped on first use. */
    public MemorySegment chunkOf(int neuron) {
        if (file == null) {
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
        return chunkOf(neuron).asSlice(offsetInChunk(neuron), layout.stripeBytes());
    }

    @SuppressWarnings("restricted") // the one place where an address becomes a segment
    private synchronized MemorySegment map(int index) {
        MemorySegment[] known = chunks;
        if (index < known.length && known[index] != null) {
            return known[index];
        }
        halfway = true;
        try {
            MappedBytesStore store = file.acquireByteStore(owner, index * layout.chunkBytes());
            MemorySegment segment = MemorySegment.ofAddress(store.addressForRead(store.start()))
                    .reinterpret(layout.chunkBytes(), arena, null)
                    .asReadOnly();
            if (index >= known.length) {
                mapped = Arrays.copyOf(mapped, index + 1);
                known = Arrays.copyOf(known, index + 1);
            } else {
                known = known.clone();
            }
            mapped[index] = store;
            known[index] = segment;
            chunks = known;
            halfway = false;
            return segment;
        } catch (IOException e) {
            halfway = false;
            throw StoreFile.failure("map", path, e);
        }
    }

    @Override
    public synchronized void close() {
        if (!closeArena() || halfway) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} stays mapped: an Error ended a call, or something still reads",
                    path);
            return;
        }
        for (MappedBytesStore store : mapped) {
            if (store != null) {
                store.release(owner);
            }
        }
        if (file != null) {
            file.releaseLast();
        }
        if (UNMAPS_LATER) {
            BackgroundResourceReleaser.releasePendingResources();
        }
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
                arena.close();
            } catch (IllegalStateException inUse) {
                idle.idle();
            }
        }
        return !arena.scope().isAlive();
    }
}
