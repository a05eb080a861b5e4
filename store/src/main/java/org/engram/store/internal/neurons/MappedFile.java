package org.engram.store.internal.neurons;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.engram.store.internal.medium.Mapping;
import org.engram.store.internal.medium.Mappings;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreFile;

/**
 * The beginning of a file, mapped for reading as one. A read behind the end of a file that was cut meanwhile throws
 * {@link IndexDamaged} where bytes are copied, and an InternalError elsewhere. Safe for any number of threads.
 */
final class MappedFile implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MappedFile.class.getPackageName());

    /** The largest page that a range has to begin and end on, on any platform that Engram maps on. */
    private static final long ALIGNMENT_BYTES = 64L << 10;

    private final StoreFile file;
    private final Resources resources = new Resources();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    /**
     * Maps the first {@code length} bytes of a file, which must have them. It is an error if another file has taken its
     * name.
     */
    MappedFile(StoreFile file, long length) throws IOException {
        this.file = file;
        try {
            long range = Math.ceilDiv(length, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
            Mapping mapping = Mappings.open(file, range);
            resources.add(mapping::close);
            resources.add(this::closeArena);
            this.bytes = mapping.map(0, range, arena).asSlice(0, length);
            file.requireCurrent();
        } catch (RuntimeException | Error | IOException e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** Copies bytes before they are used: a checksum that is read behind the end would end the JVM. */
    void copy(long at, byte[] into, int from, int length) {
        try {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, from, length);
        } catch (InternalError e) {
            throw new IndexDamaged("a file that was cut");
        }
    }

    private void closeArena() {
        try {
            Arenas.close(arena);
        } catch (IllegalStateException inUse) {
            LOG.log(System.Logger.Level.WARNING, "{0} stays mapped: something still reads", file.path());
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
