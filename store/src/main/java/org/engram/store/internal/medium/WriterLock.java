package org.engram.store.internal.medium;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;

/**
 * Keeps a second writer out. The lock stands on a file of its own: a lock of this kind disappears when any other channel
 * on the same file closes in the same JVM, so the file is opened once per JVM, which a registry sees to. It vanishes
 * with the process, however that ends. The file holds the writer's pid, for the error message, and nothing else.
 */
public final class WriterLock implements AutoCloseable {

    private static final Set<Object> HELD = new HashSet<>();
    private static final List<RandomAccessFile> NEVER_CLOSED = new ArrayList<>();
    /** Lock files, by what they are, that name this process but are not held here: another class loader holds them. */
    private static final Map<Object, RandomAccessFile> HELD_BY_ANOTHER_LOADER = new HashMap<>();

    private final Path path;
    private final Object identity;
    private final RandomAccessFile file;

    private WriterLock(Path path, Object identity, RandomAccessFile file) {
        this.path = path;
        this.identity = identity;
        this.file = file;
    }

    public static WriterLock acquire(Path store) {
        Path path = store.resolve(StoreDirectory.LOCK);
        synchronized (HELD) {
            Object identity = identity(store);
            if (!HELD.add(identity)) {
                throw heldHere(store);
            }
            try {
                return new WriterLock(path, identity, lock(store, path));
            } catch (RuntimeException e) {
                HELD.remove(identity);
                throw e;
            }
        }
    }

    private static RandomAccessFile lock(Path store, Path path) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            StoreFile.requireRegular(path, StoreFile.RESTORE);
        }
        if (!Files.isWritable(store)) {
            throw readOnly(store, "no permission to write");
        }
        try {
            return Uninterrupted.run(() -> tryLock(store, path));
        } catch (FileNotFoundException e) {
            throw Files.exists(path) && Files.isWritable(path)
                    ? StoreFile.failure("open", path, e)
                    : readOnly(store, e.getMessage());
        } catch (IOException e) {
            throw StoreFile.failure("lock", path, e);
        }
    }

    private static RandomAccessFile tryLock(Path store, Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        boolean keepOpen = false;
        try {
            if (file.getChannel().tryLock() == null) {
                throw locked(store, holder(file));
            }
            file.setLength(0);
            file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            keepOpen = true;
            return file;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class, in another class loader, holds the lock; closing would take it away.
            keepOpen = NEVER_CLOSED.add(file);
            throw heldHere(store);
        } finally {
            if (!keepOpen) {
                file.close();
            }
        }
    }

    /** The same for every path to a store, also after it was moved, and under a second mount. */
    private static Object identity(Path store) {
        try {
            return StoreFile.identity(store);
        } catch (IOException e) {
            throw StoreFile.failure("open", store, e);
        }
    }

    /** The pid that the lock file names, when a process of that number is alive; reads, never locks. */
    public static OptionalLong writerPid(Path store) {
        try {
            Path path = store.resolve(StoreDirectory.LOCK);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > 32) {
                return OptionalLong.empty();
            }
            synchronized (HELD) {
                if (HELD.contains(identity(store))) {
                    return OptionalLong.of(ProcessHandle.current().pid());
                }
                long pid = Long.parseLong(read(path));
                return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                        ? OptionalLong.of(pid)
                        : OptionalLong.empty();
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Reads a lock file; keeps it open, to be read again, while closing it would take the lock from its holder. */
    private static String read(Path path) throws IOException {
        Object identity = StoreFile.identity(path);
        RandomAccessFile known = HELD_BY_ANOTHER_LOADER.remove(identity);
        RandomAccessFile file = known == null ? new RandomAccessFile(path.toFile(), "r") : known;
        boolean keepOpen = false;
        try {
            file.seek(0);
            String pid = text(file);
            keepOpen = pid.equals(String.valueOf(ProcessHandle.current().pid()));
            return pid;
        } finally {
            if (keepOpen) {
                HELD_BY_ANOTHER_LOADER.put(identity, file);
            } else {
                file.close();
            }
        }
    }

    private static String text(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[32];
        int length = Math.max(0, file.read(bytes));
        return new String(bytes, 0, length, StandardCharsets.US_ASCII).trim();
    }

    private static String holder(RandomAccessFile file) throws IOException {
        String pid = text(file);
        return pid.matches("\\d+") ? "process " + pid : "another process";
    }

    private static EngramException heldHere(Path store) {
        return locked(store, "this process, pid " + ProcessHandle.current().pid());
    }

    private static EngramException locked(Path store, String holder) {
        return new EngramException.Locked(Diagnosis.of("store is open for writing elsewhere")
                .in(store)
                .expected("no other writer", holder)
                .remedy("close it there, or open the store read-only"));
    }

    private static EngramException readOnly(Path store, String reason) {
        return new EngramException.ReadOnly(Diagnosis.of("cannot write to")
                .in(store)
                .found(reason)
                .remedy("open it read-only or change its permissions"));
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try (file) {
                file.setLength(0);
            } catch (IOException e) {
                throw StoreFile.failure("unlock", path, e);
            } finally {
                HELD.remove(identity);
            }
        }
    }
}
