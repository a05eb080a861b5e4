package org.engram.store.internal.medium;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Maps through the JDK, which needs no flag, and maps nothing behind the end of the file. */
final class JdkMapping implements Mapping {

    private final StoreFile file;
    private FileChannel channel;

    /** Opens the file again by its name, which must still lead to it. */
    JdkMapping(StoreFile file) throws IOException {
        this.file = file;
        this.channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file.path(), StandardOpenOption.READ);
    }

    @Override
    public MemorySegment map(long from, long length, Arena arena) throws IOException {
        return Uninterrupted.run(() -> {
            if (!channel.isOpen()) {
                // An interrupt has closed it.
                channel = open();
                file.requireCurrent();
            }
            long there = Math.clamp(channel.size() - from, 0, length);
            return channel.map(FileChannel.MapMode.READ_ONLY, from, there, arena);
        });
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StoreFile.failure("close", file.path(), e);
        }
    }
}
