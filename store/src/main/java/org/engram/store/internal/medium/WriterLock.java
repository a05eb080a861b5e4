package org.engram.store.internal.medium;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second writer out, by a lock of the operating system on a file of its own. The lock vanishes with the
 * process, however that ends. It also vanishes when any other channel on the same file closes in the same JVM, so this
 * class keeps a registry, and opens the file once in a JVM. What the file says of the writer is for messages only.
 */
public final class WriterLock implements AutoCloseable {

    /** The locks of this class loader, by the identity of the store's directory. Guards all other fields. */
    private static final Map<Object, WriterLock> HELD = new HashMap<>();

    /** The lock files, by their identity, that another class loader has locked. Closing one would take its lock away. */
    private static final Map<Object, RandomAccessFile> LOCKED_BY_ANOTHER_LOADER = new HashMap<>();

    /**
     * A process that only asks for the writer holds the lock for microseconds. A process that holds it longer is a
     * writer.
     */
    private static final int TRIES = 4;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path store;
    private final Path path;
    private final Object identity;
    private @Nullable RandomAccessFile file;
    /** A plain field: an Error that ends acquiring or closing leaves it set, and the next who asks releases the lock. */
    private boolean givenUp;

    /** The lock; null before it is held and after it was released. */
    private @Nullable FileLock lock;

    /** The identity of the file that is locked; null before it is. */
    private @Nullable Object locked;

    private boolean afterAnother;

    private WriterLock(Path store, Object identity) {
        this.store = store;
        this.path = store.resolve(StoreDirectory.LOCK);
        this.identity = identity;
    }

    /**
     * Locks a store, or throws.
     *
     * @throws EngramException.Locked if a writer has it
     * @throws EngramException.ReadOnly if it cannot be written to
     */
    public static WriterLock acquire(Path store) {
        synchronized (HELD) {
            Object identity = identity(store);
            WriterLock before = HELD.get(identity);
            if (before != null) {
                if (!before.givenUp) {
                    throw heldHere(store);
                }
                before.release();
            }
            WriterLock lock = new WriterLock(store, identity);
            boolean held = false;
            try {
                HELD.put(identity, lock);
                lock.lock();
                held = true;
                return lock;
            } finally {
                if (!held) {
                    lock.givenUp = true;
                    lock.release();
                }
            }
        }
    }

    /**
     * Whether another writer may be at work all the same: the lock file does not say that the last writer closed. That
     * writer may have died. It may also have lost its lock, with the file or without, and not know it.
     */
    public boolean isAfterAnother() {
        return afterAnother;
    }

    /** Whether it is held, and by the file of that name in the store: if not, the store is elsewhere, or another has its lock. */
    public boolean isInPlace() {
        synchronized (HELD) {
            Object file = locked;
            try {
                return lock != null && file != null && isAt(path, file);
            } catch (IOException e) {
                return false;
            }
        }
    }

    private void lock() {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            StoreFile.requireRegular(path, StoreFile.RESTORE);
        }
        if (!Files.isWritable(store)) {
            throw readOnly("no permission to write");
        }
        try {
            RandomAccessFile locked = tryLock();
            afterAnother = !LockFile.isClosed(locked);
            LockFile.tryWriteThisProcess(locked);
        } catch (FileNotFoundException e) {
            // Java throws this for every answer of the system. Permissions are the remedy for only one of them.
            throw Files.exists(path) && !Files.isWritable(path)
                    ? readOnly("no permission to write to its file lock")
                    : StoreFile.failure("open", path, e);
        } catch (IOException e) {
            throw StoreFile.failure("lock", path, e);
        }
    }

    /** Locks the file that has the name then, and returns it. */
    private RandomAccessFile tryLock() throws IOException {
        while (true) {
            Object identity = create();
            RandomAccessFile known = LOCKED_BY_ANOTHER_LOADER.remove(identity);
            if (known != null && ask(identity, known).isPresent()) {
                throw heldHere(store);
            }
            RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
            file = opened;
            lock = tryLock(opened, identity);
            if (isAt(path, identity)) {
                locked = identity;
                return opened;
            }
            // The name was given to another file, or taken away, while this one was opened or waited for.
            lock = null;
            opened.close();
            file = null;
        }
    }

    private FileLock tryLock(RandomAccessFile opened, Object identity) throws IOException {
        for (int tries = 0; ; tries++) {
            try {
                FileLock free = opened.getChannel().tryLock();
                if (free != null) {
                    return free;
                }
            } catch (OverlappingFileLockException e) {
                LOCKED_BY_ANOTHER_LOADER.put(identity, opened);
                file = null;
                throw heldHere(store);
            }
            if (tries == TRIES) {
                throw locked(store, LockFile.read(opened));
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Creates the lock file if it is not there, and tells which file it is. */
    private Object create() throws IOException {
        if (!Files.exists(path)) {
            new RandomAccessFile(path.toFile(), "rw").close();
        }
        return StoreFile.identity(path);
    }

    private static boolean isAt(Path path, Object identity) throws IOException {
        try {
            return identity.equals(StoreFile.identity(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The identity of a store. It is the same for every path, also after the store was moved, and under a second mount. */
    private static Object identity(Path store) {
        try {
            return StoreFile.identity(store);
        } catch (IOException e) {
            throw StoreFile.failure("open", store, e);
        }
    }

    /** The writer that has a store open now. Takes its lock for a moment, and writes nothing. */
    public static Optional<Writer> writer(Path store) {
        Path path = store.resolve(StoreDirectory.LOCK);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        synchronized (HELD) {
            WriterLock here = HELD.get(identity(store));
            if (here != null && !here.givenUp) {
                return Optional.of(LockFile.ofThisProcess());
            }
            try {
                return ask(path);
            } catch (NoSuchFileException | FileNotFoundException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw StoreFile.failure("ask for the lock of", path, e);
            }
        }
    }

    private static Optional<Writer> ask(Path path) throws IOException {
        Object identity = StoreFile.identity(path);
        RandomAccessFile known = LOCKED_BY_ANOTHER_LOADER.remove(identity);
        return ask(identity, known == null ? new RandomAccessFile(path.toFile(), "r") : known);
    }

    /** Closes the file unless another class loader has it locked. */
    private static Optional<Writer> ask(Object identity, RandomAccessFile file) throws IOException {
        boolean close = true;
        try {
            FileLock lock = file.getChannel().tryLock(0, Long.MAX_VALUE, true);
            return lock == null ? Optional.of(LockFile.read(file)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            close = false;
            LOCKED_BY_ANOTHER_LOADER.put(identity, file);
            return Optional.of(LockFile.ofThisProcess());
        } finally {
            if (close) {
                file.close();
            }
        }
    }

    private static EngramException heldHere(Path store) {
        return locked(store, "this process, pid " + ProcessHandle.current().pid());
    }

    private static EngramException locked(Path store, Object holder) {
        return new EngramException.Locked(Diagnosis.of("store is open for writing elsewhere")
                .in(store)
                .expected("no other writer", holder)
                .remedy("close it there, or open the store read-only"));
    }

    private EngramException readOnly(String reason) {
        return new EngramException.ReadOnly(Diagnosis.of("cannot write to")
                .in(store)
                .found(reason)
                .remedy("open it read-only or change its permissions"));
    }

    /** Writes into the lock file that the writer closed, and gives the lock up. Closing again does nothing. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (HELD.get(identity) == this) {
                givenUp = true;
                release();
            }
        }
    }

    /**
     * Writes into the lock file that the writer closed, frees the lock, and closes the file. An Error may end this at
     * any step. The next call begins with that step, so no step stands in a finally.
     */
    private void release() {
        if (lock != null && file != null) {
            LockFile.tryWriteClosed(file);
        }
        IOException failed = null;
        try {
            if (lock != null) {
                lock.release();
                lock = null;
            }
            if (file != null) {
                file.close();
                file = null;
            }
        } catch (IOException e) {
            failed = e;
        }
        HELD.remove(identity, this);
        if (failed != null) {
            throw StoreFile.failure("unlock", path, failed);
        }
    }
}
