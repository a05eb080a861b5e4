package org.engram.store.internal.medium;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;

/**
 * One file of a store, read and written at positions. Its errors tell what failed where. All writing, forcing and
 * cutting goes through here. Threads may share an instance.
 */
public final class StoreFile implements AutoCloseable {

    /** What to do about a file that nothing else can replace. */
    public static final String RESTORE = "restore it from a copy, or run engram salvage";

    private static final int COPY_BYTES = 256 << 10;
    private static final byte[] ZEROS = new byte[COPY_BYTES];

    private final Path path;
    private final Medium.OpenFile file;
    private final Object identity;
    /** Takes the byte that stands behind the end. Nobody looks at it. */
    private final byte[] behind = new byte[1];

    private StoreFile(Path path, Medium.OpenFile file) throws IOException {
        this.path = path;
        this.file = file;
        try {
            this.identity = identity(path);
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e, file);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, Medium.OpenFile file) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The identity of the file behind a path, equal for all its names; the path itself where the platform has none. */
    static Object identity(Path path) throws IOException {
        return identity(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    private static Object identity(Path path, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /**
     * Makes sure that nobody has replaced, moved or deleted the file since it was opened.
     *
     * @throws EngramException.Superseded if somebody has
     */
    public void requireCurrent() {
        lengthInPlace();
    }

    /**
     * Makes sure that the file is in its place, and exactly as long as its only writer left it, before that writes on.
     *
     * @throws EngramException.Superseded if somebody has replaced, moved or deleted it
     * @throws EngramException.Locked if it is longer: another writer was let in, so the lock of this one was lost
     * @throws EngramException.Corrupt if it is shorter
     */
    public void requireUntouched(long length) {
        long found = lengthInPlace();
        if (found < length) {
            throw new EngramException.Corrupt(notAsLeft(length, found).remedy(RESTORE));
        }
        if (found > length) {
            throw writtenByAnother(length, found);
        }
    }

    /**
     * Makes sure, after a change, that no other writer was at work: that nothing stands behind what this one wrote. It
     * reads a byte there. Asking for the length instead would make the next write several times slower on Linux 6.13
     * and later, where it gives the file a finer time stamp.
     *
     * @throws EngramException.Locked if another writer was let in
     */
    public void requireEndsAt(long length) {
        if (read(length, behind, 0, 1) > 0) {
            throw writtenByAnother(length, length());
        }
    }

    private EngramException writtenByAnother(long length, long found) {
        return new EngramException.Locked(notAsLeft(length, found)
                .remedy("another writer was let in, as the lock is lost when the file lock is removed, or read by the"
                        + " writing process; reopen the store to go on"));
    }

    private Diagnosis notAsLeft(long length, long found) {
        return Diagnosis.of("journal is not as this writer left it").in(path).expected(length + " bytes", found);
    }

    /**
     * The length of the file that has the name now, which must be this file. One call of the system.
     *
     * @throws EngramException.Superseded if somebody has replaced, moved or deleted it
     */
    public long lengthInPlace() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (!identity.equals(identity(path, now))) {
                throw superseded("another");
            }
            return now.size();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw superseded("none");
        } catch (IOException e) {
            throw failure("read the attributes of", path, e);
        }
    }

    private EngramException superseded(String found) {
        return new EngramException.Superseded(Diagnosis.of("store was replaced since it was opened")
                .in(path)
                .expected("the same file", found)
                .remedy("reopen the store"));
    }

    /** Opens a file that must be there and be regular; a pipe or a link in its place is refused, not followed. */
    static StoreFile open(Path path, Medium medium, boolean writable, String remedy) {
        requireRegular(path, remedy);
        try {
            return new StoreFile(path, medium.open(path, writable));
        } catch (IOException e) {
            if (writable && Files.exists(path) && !Files.isWritable(path)) {
                throw new EngramException.ReadOnly(Diagnosis.of("cannot write to")
                        .in(path)
                        .found("no permission to write")
                        .remedy("open it read-only or change its permissions"));
            }
            throw failure("open", path, e);
        }
    }

    /** Creates a file that must not be there yet. */
    static StoreFile create(Path path, Medium medium) {
        try {
            return new StoreFile(path, medium.create(path));
        } catch (FileAlreadyExistsException e) {
            throw new EngramException.AlreadyExists(Diagnosis.of("cannot create")
                    .in(path)
                    .found("somebody else just did")
                    .remedy("choose another path"));
        } catch (IOException e) {
            throw failure("create", path, e);
        }
    }

    static void requireRegular(Path path, String remedy) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new EngramException.Corrupt(Diagnosis.of("store is incomplete")
                    .in(path)
                    .expected("a regular file", "none")
                    .remedy(remedy));
        } catch (IOException e) {
            throw failure("read the attributes of", path, e);
        }
        if (!attributes.isRegularFile()) {
            String found = attributes.isDirectory()
                    ? "a directory"
                    : attributes.isSymbolicLink() ? "a link" : "a device or pipe";
            throw new EngramException.Corrupt(Diagnosis.of("store is damaged")
                    .in(path)
                    .expected("a regular file", found)
                    .remedy(remedy));
        }
    }

    public Path path() {
        return path;
    }

    public synchronized long length() {
        try {
            return file.length();
        } catch (IOException e) {
            throw failure("read the length of", path, e);
        }
    }

    /** Reads up to {@code length} bytes and returns how many there were before the end of the file. */
    public synchronized int read(long position, byte[] bytes, int offset, int length) {
        try {
            return file.read(position, bytes, offset, length);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    public synchronized void write(long position, byte[] bytes, int length) {
        try {
            file.write(position, bytes, length);
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    public synchronized void force() {
        try {
            file.force();
        } catch (IOException e) {
            throw failure("force", path, e);
        }
    }

    public synchronized void truncate(long length) {
        try {
            file.setLength(length);
        } catch (IOException e) {
            throw failure("cut", path, e);
        }
    }

    /** Copies what stands between two positions to the beginning of a new file. Blocks of zeros become holes. */
    public void copy(long from, long until, StoreFile to) {
        read(from, until, (at, block, length) -> {
            if (Arrays.mismatch(block, 0, length, ZEROS, 0, length) >= 0) {
                to.write(at - from, block, length);
            }
        });
        to.truncate(until - from);
    }

    /** Writes what stands between two positions once more, so that the system takes it for changed. */
    public void writeAgain(long from, long until) {
        read(from, until, this::write);
    }

    /** Takes the bytes at a position, which are the first of a block. */
    private interface Taker {
        void take(long position, byte[] block, int length);
    }

    private void read(long from, long until, Taker taker) {
        byte[] block = new byte[(int) Math.min(COPY_BYTES, until - from)];
        for (long at = from; at < until; at += block.length) {
            taker.take(at, block, read(at, block, 0, (int) Math.min(block.length, until - at)));
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure("close", path, e);
        }
    }

    public static EngramException failure(String verb, Path path, IOException e) {
        return new EngramException.IoFailure(
                Diagnosis.of("cannot " + verb).in(path).found(reason(path, e)), e);
    }

    /**
     * The system's reason. The exceptions of java.nio carry it in their name, and the path as their message; java.io has it
     * behind the path, in parentheses.
     */
    private static String reason(Path path, IOException e) {
        String javaIo = path + " (";
        String message =
                Objects.requireNonNullElseGet(e.getMessage(), () -> e.getClass().getSimpleName());
        return switch (e) {
            case FileNotFoundException _
            when message.startsWith(javaIo) -> message.substring(javaIo.length(), message.length() - 1);
            case FileSystemException named when named.getReason() != null -> named.getReason();
            case AccessDeniedException _ -> "access denied";
            case NoSuchFileException _ -> "no such file";
            case FileAlreadyExistsException _ -> "file already exists";
            case DirectoryNotEmptyException _ -> "directory not empty";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemException _ -> "the system gives no reason";
            default -> message;
        };
    }
}
