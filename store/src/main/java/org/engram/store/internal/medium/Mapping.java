package org.engram.store.internal.medium;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A file that is mapped for reading, range by range. Threads that share an instance take turns. */
public interface Mapping extends AutoCloseable {

    /**
     * Maps a range of bytes, which begins on a page. The segment ends with the range, or with the file where no mapping
     * may reach further. It must not be written to, and cannot be read once its arena is closed.
     */
    MemorySegment map(long from, long length, Arena arena) throws IOException;

    /** Releases what closing the arenas has not released. */
    @Override
    void close();
}
