package org.engram.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps a second writer out. The lock stands on a file of its own: a lock of this kind disappears when any other channel
 * on the same file closes in the same JVM, so the file is opened once per JVM, which a registry sees to. It vanishes
 * with the process, however that ends. The file holds the writer's pid, for the error message, and nothing else.
 */
final class WriterLock implements AutoCloseable {

    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final RandomAccessFile file;

    private WriterLock(Path directory, RandomAccessFile file) {
        this.directory = directory;
        this.file = file;
    }

    static WriterLock acquire(Path store) {
        Path path = store.resolve(StoreFiles.LOCK);
        Path directory;
        try {
            directory = store.toRealPath();
        } catch (IOException e) {
            throw StoreFile.failure("open", store, e);
        }
        synchronized (HELD) {
            if (!HELD.add(directory)) {
                throw locked(
                        store, "this process, pid " + ProcessHandle.current().pid());
            }
            try {
                return lock(store, directory, path);
            } catch (RuntimeException e) {
                HELD.remove(directory);
                throw e;
            }
        }
    }

    private static WriterLock lock(Path store, Path directory, Path path) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            StoreFile.requireRegular(path);
        }
        if (!Files.isWritable(store)) {
            throw readOnly(store, "no permission to write");
        }
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw readOnly(store, e.getMessage());
        }
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw locked(store, holder(file));
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            file.setLength(0);
            file.write(pid);
            return new WriterLock(directory, file);
        } catch (OverlappingFileLockException e) {
            closeQuietly(file);
            throw locked(store, "this process, pid " + ProcessHandle.current().pid());
        } catch (IOException e) {
            closeQuietly(file);
            throw StoreFile.failure("lock", path, e);
        } catch (RuntimeException e) {
            closeQuietly(file);
            throw e;
        }
    }

    /** The pid that the lock file names, when a process of that number is alive; reads, never locks. */
    static OptionalLong writerPid(Path store) {
        try {
            Path path = store.resolve(StoreFiles.LOCK);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > 32) {
                return OptionalLong.empty();
            }
            synchronized (HELD) {
                if (HELD.contains(store.toRealPath())) {
                    return OptionalLong.of(ProcessHandle.current().pid());
                }
                long pid = Long.parseLong(
                        Files.readString(path, StandardCharsets.US_ASCII).trim());
                return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                        ? OptionalLong.of(pid)
                        : OptionalLong.empty();
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String holder(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[32];
        int length = Math.max(0, file.read(bytes));
        String pid = new String(bytes, 0, length, StandardCharsets.US_ASCII).trim();
        return pid.matches("\\d+") ? "process " + pid : "another process";
    }

    private static EngramException locked(Path store, String holder) {
        return new EngramException.Locked(
                "store is open for writing elsewhere: %s: held by %s; close it there, or open the store read-only"
                        .formatted(store, holder));
    }

    private static EngramException readOnly(Path store, String reason) {
        return new EngramException.ReadOnly(
                "store cannot be written: %s: %s; open it read-only or change its permissions"
                        .formatted(store, reason));
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // the caller already has the error that matters
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try {
                file.setLength(0);
                file.close();
            } catch (IOException e) {
                throw StoreFile.failure("unlock", directory.resolve(StoreFiles.LOCK), e);
            } finally {
                HELD.remove(directory);
            }
        }
    }
}
