package org.engram.store;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;

/**
 * One file of a store, read and written at positions. All writing, forcing, cutting and renaming goes through here.
 *
 * <p>Isolates one fact of the platform: a channel closes when a thread using it is interrupted, a
 * {@link RandomAccessFile} does not. Threads may share an instance.
 */
final class StoreFile implements AutoCloseable {

    /** What to do about a file that nothing else can replace. */
    static final String RESTORE = "restore it from a copy";

    private static final int COPY_BYTES = 256 << 10;
    private static final long LOST = -1;
    private static final byte[] ZEROS = new byte[COPY_BYTES];

    private final Path path;
    private final RandomAccessFile file;
    private final Object identity;
    /** Where the file's own pointer stands, or {@link #LOST}: an append finds it in place, and saves a system call. */
    private long pointer = LOST;

    private StoreFile(Path path, RandomAccessFile file) throws IOException {
        this.path = path;
        this.file = file;
        this.identity = identity(path);
    }

    /** What a path leads to: the same for every name of it; the name itself where the platform cannot tell. */
    static Object identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /**
     * Makes sure that the path still leads to the file that was opened.
     *
     * @throws EngramException.IoFailure if somebody moved it or put another in its place
     */
    void requireInPlace() {
        try {
            if (!isInPlace()) {
                throw new NoSuchFileException(path.toString(), null, "it was replaced while it was being opened");
            }
        } catch (IOException e) {
            throw failure("map", path, e);
        }
    }

    private boolean isInPlace() throws IOException {
        return identity.equals(identity(path));
    }

    /**
     * Makes sure that nobody has replaced a file by a newer one since it was opened.
     *
     * @throws EngramException.IoFailure if somebody has
     */
    void requireCurrent() {
        try {
            if (!isInPlace()) {
                throw new EngramException.IoFailure(
                        "store was rebuilt since it was opened: %s: expected the same file, found another; reopen the store"
                                .formatted(path),
                        null);
            }
        } catch (IOException e) {
            throw failure("read the attributes of", path, e);
        }
    }

    /** Opens a file that must be there and be regular; a pipe or a link in its place is refused, not followed. */
    static StoreFile open(Path path, boolean writable) {
        return open(path, writable, RESTORE);
    }

    /** The same, with what to do if it is not there or not regular. */
    static StoreFile open(Path path, boolean writable, String remedy) {
        requireRegular(path, remedy);
        try {
            return new StoreFile(path, new RandomAccessFile(path.toFile(), writable ? "rw" : "r"));
        } catch (IOException e) {
            if (writable && !Files.isWritable(path)) {
                throw new EngramException.ReadOnly(
                        "store cannot be written: %s: no permission to write; open it read-only or change its permissions"
                                .formatted(path));
            }
            throw failure("open", path, e);
        }
    }

    /** Creates a file that must not be there yet. */
    static StoreFile create(Path path) {
        try {
            Files.createFile(path);
            return new StoreFile(path, new RandomAccessFile(path.toFile(), "rw"));
        } catch (FileAlreadyExistsException e) {
            throw new EngramException.AlreadyExists(
                    "cannot create %s: somebody else just did; choose another path".formatted(path));
        } catch (IOException e) {
            throw failure("create", path, e);
        }
    }

    static void requireRegular(Path path, String remedy) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new EngramException.Corrupt(
                    "store is incomplete: %s: expected a regular file, found none; %s".formatted(path, remedy));
        } catch (IOException e) {
            throw failure("read the attributes of", path, e);
        }
        if (!attributes.isRegularFile()) {
            String found = attributes.isDirectory()
                    ? "a directory"
                    : attributes.isSymbolicLink() ? "a link" : "a device or pipe";
            throw new EngramException.Corrupt(
                    "store is damaged: %s: expected a regular file, found %s; %s".formatted(path, found, remedy));
        }
    }

    Path path() {
        return path;
    }

    synchronized long length() {
        try {
            return file.length();
        } catch (IOException e) {
            throw failure("read the length of", path, e);
        }
    }

    /** Reads up to {@code length} bytes and returns how many there were before the end of the file. */
    synchronized int read(long position, byte[] bytes, int offset, int length) {
        try {
            pointer = LOST;
            file.seek(position);
            int got = 0;
            while (got < length) {
                int n = file.read(bytes, offset + got, length - got);
                if (n < 0) {
                    break;
                }
                got += n;
            }
            return got;
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    synchronized void write(long position, byte[] bytes, int length) {
        try {
            boolean inPlace = position == pointer;
            pointer = LOST;
            if (!inPlace) {
                file.seek(position);
            }
            file.write(bytes, 0, length);
            pointer = position + length;
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    synchronized void force() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw failure("force", path, e);
        }
    }

    /** Sets the length of the file. */
    synchronized void truncate(long length) {
        try {
            pointer = LOST;
            file.setLength(length);
        } catch (IOException e) {
            throw failure("cut", path, e);
        }
    }

    /** Copies what follows a position into a new file, block by block and without blocks of zeros, and forces it. */
    void copyTail(long position, Path to) {
        byte[] block = new byte[COPY_BYTES];
        try (StoreFile copy = create(to)) {
            long end = length();
            for (long at = position; at < end; at += block.length) {
                int read = read(at, block, 0, block.length);
                if (Arrays.mismatch(block, 0, read, ZEROS, 0, read) >= 0) {
                    copy.write(at - position, block, read);
                }
            }
            copy.truncate(end - position);
            copy.force();
        }
        forceDirectory(to.toAbsolutePath().getParent());
    }

    /** Renames a file over another in one step, and makes that durable. */
    static void replace(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure("rename to", to, e);
        }
        forceDirectory(to.toAbsolutePath().getParent());
    }

    /** Makes new names in a directory durable, where the platform knows how. */
    static void forceDirectory(Path directory) {
        if (File.separatorChar == '\\') {
            return;
        }
        try {
            Uninterrupted.run(() -> {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return channel;
                }
            });
        } catch (IOException e) {
            throw failure("force", directory, e);
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

    static EngramException failure(String verb, Path path, IOException e) {
        return new EngramException.IoFailure("cannot %s %s: %s".formatted(verb, path, reason(e)), e);
    }

    /** The system's reason; the exceptions of java.nio carry it in their name, and the path as their message. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException named) {
            String kind = named.getClass().getSimpleName().replace("Exception", "");
            return named.getReason() != null
                    ? named.getReason()
                    : kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
