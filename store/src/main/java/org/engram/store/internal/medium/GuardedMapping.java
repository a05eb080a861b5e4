package org.engram.store.internal.medium;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A mapping that an Error may end in the middle. The channel of its file may then count the thread as still inside, and
 * would wait for it for ever when it is closed. So it stays open.
 */
final class GuardedMapping implements Mapping {

    private static final System.Logger LOG = System.getLogger(GuardedMapping.class.getPackageName());

    /** Room for what the JDK, and Chronicle, call to map a range. */
    private static final int FRAMES = 512;

    private final Path path;
    private final Mapping mapping;
    /** Set while a range is mapped. It stays set after an Error, whatever is mapped later. */
    private boolean halfway;

    GuardedMapping(Path path, Mapping mapping) {
        this.path = path;
        this.mapping = mapping;
    }

    @Override
    public MemorySegment map(long from, long length, Arena arena) throws IOException {
        StackRoom.require(FRAMES);
        boolean before = halfway;
        halfway = true;
        try {
            MemorySegment mapped = mapping.map(from, length, arena);
            halfway = before;
            return mapped;
        } catch (IOException e) {
            halfway = before;
            throw e;
        }
    }

    @Override
    public void close() {
        if (halfway) {
            LOG.log(System.Logger.Level.WARNING, "{0} stays mapped: an Error ended a call", path);
            return;
        }
        mapping.close();
    }
}
