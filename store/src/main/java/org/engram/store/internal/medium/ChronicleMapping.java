package org.engram.store.internal.medium;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.io.IORuntimeException;
import net.openhft.chronicle.core.io.ReferenceOwner;

/**
 * Maps through Chronicle, the only class that knows it. All ranges of a file have one length, and begin at multiples of it. A
 * range may reach past the end of the file, and becomes readable as the file grows.
 */
final class ChronicleMapping implements Mapping {

    /**
     * Chronicle unmaps on a thread of its own, unless a flag says otherwise. Closed means unmapped, so closing waits
     * for it.
     */
    private static final boolean UNMAPS_LATER = Jvm.getBoolean("background.releaser", true);

    private final MappedFile file;
    private final ReferenceOwner owner = ReferenceOwner.temporary("engram");
    private final List<MappedBytesStore> mapped = new ArrayList<>();
    private boolean released;

    /** Opens the file for ranges of a length in bytes. */
    ChronicleMapping(Path path, long rangeBytes) throws IOException {
        file = asked(() -> MappedFile.of(path.toFile(), rangeBytes, 0, OS.pageSize(), true));
    }

    /** Asks the system by way of Chronicle, which wraps some of its answers. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (IORuntimeException e) {
            throw e.getCause() instanceof IOException answer ? answer : new IOException(e.getMessage(), e);
        }
    }

    /** Loads the classes of Chronicle that mapping needs. A LinkageError says that they cannot be loaded. */
    static void load() {
        OS.pageSize();
        try {
            MethodHandles.lookup().ensureInitialized(MappedFile.class);
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(e.getMessage());
        }
    }

    @Override
    @SuppressWarnings("restricted") // the one place where an address becomes a segment
    public MemorySegment map(long from, long length, Arena arena) throws IOException {
        MappedBytesStore store = asked(() -> file.acquireByteStore(owner, from));
        mapped.add(store);
        return MemorySegment.ofAddress(store.addressForRead(store.start()))
                .reinterpret(length, arena, null)
                .asReadOnly();
    }

    /** Each is given up before it is released: what an Error ended is not released twice when this is called again. */
    @Override
    public void close() {
        while (!mapped.isEmpty()) {
            mapped.removeLast().release(owner);
        }
        if (!released) {
            released = true;
            file.releaseLast();
        }
        if (UNMAPS_LATER) {
            BackgroundResourceReleaser.releasePendingResources();
        }
    }
}
