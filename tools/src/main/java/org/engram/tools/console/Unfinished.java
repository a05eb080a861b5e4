package org.engram.tools.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file, or a directory of files, while it is being made, so that half of it is never found. It is in a hidden
 * directory of a random name, together with a lock file. The lock goes with its process. So remains of a killed process
 * can be told from files that another process is making now.
 */
final class Unfinished implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Unfinished.class.getPackageName());

    private static final String PREFIX = ".engram-";
    private static final String LOCK = "lock";
    private static final String MADE = "made";
    private static final String MOVED = "moved";

    /** Names are random, but another process may take a new file for a leftover before it is locked. */
    private static final int ATTEMPTS = 5;

    /** The names of all that this process makes. Opening their lock files again would give up their locks. */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lock;

    private Unfinished(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Begins a file or directory in a directory that is there, and removes what killed processes have left in it. */
    static Unfinished in(Path parent) throws IOException {
        removeLeftovers(parent);
        for (int attempt = 1; ; attempt++) {
            Path directory = Files.createTempDirectory(parent, PREFIX);
            HERE.add(directory.getFileName());
            try {
                return new Unfinished(directory, locked(directory.resolve(LOCK)));
            } catch (NoSuchFileException takenForALeftover) {
                HERE.remove(directory.getFileName());
                if (attempt == ATTEMPTS) {
                    throw takenForALeftover;
                }
            }
        }
    }

    /** Creates a file and locks it. On a file system without locks, nobody takes it for a leftover either. */
    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean held;
        try {
            held = channel.tryLock() != null;
        } catch (IOException noLocks) {
            held = true;
        }
        if (held && Files.exists(file)) {
            return channel;
        }
        channel.close();
        throw new NoSuchFileException(file.toString());
    }

    /** The file or directory that is made; nothing is there yet. */
    Path made() {
        return directory.resolve(MADE);
    }

    /** Moves all files from the directory that was made into the directory above; all of them, or none. */
    void moveUp() throws IOException {
        List<String> names = names(made());
        Files.write(directory.resolve(MOVED), names, StandardOpenOption.CREATE_NEW);
        boolean moved = false;
        try {
            for (String name : names) {
                Files.move(made().resolve(name), directory.resolveSibling(name));
            }
            moved = true;
        } finally {
            if (!moved) {
                takeBack(directory);
            }
        }
    }

    /** Deletes the files that were moved up. They are the ones that are no longer where they were made. */
    private static void takeBack(Path directory) throws IOException {
        Path list = directory.resolve(MOVED);
        if (Files.exists(list)) {
            Path made = directory.resolve(MADE);
            for (String name : Files.readAllLines(list)) {
                if (Files.notExists(made.resolve(name))) {
                    Files.deleteIfExists(directory.resolveSibling(name));
                }
            }
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * Removes what killed processes have left in a directory, and says so in the log. Remains that cannot be removed
     * stay.
     */
    static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : found) {
                if (isOne(directory) && !HERE.contains(directory.getFileName()) && removeUnlessAlive(directory)) {
                    LOG.log(System.Logger.Level.INFO, "removed {0}, which a killed run had left", directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // writing tells later what is wrong with the place
        }
    }

    private static boolean isOne(Path directory) {
        return directory.getFileName().toString().substring(PREFIX.length()).matches("\\d+")
                && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean removeUnlessAlive(Path directory) {
        Path file = directory.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                return false;
            }
            takeBack(directory);
            TemporaryDirectory.deleteAll(directory);
            return true;
        } catch (NoSuchFileException e) {
            return removeEmpty(directory);
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes a directory whose process was killed before it made the lock file. */
    private static boolean removeEmpty(Path directory) {
        try {
            return Files.deleteIfExists(directory);
        } catch (IOException notEmpty) {
            return false;
        }
    }

    /** Removes all that was not moved away. The next run removes what cannot be removed now. */
    @Override
    public void close() {
        try (lock) {
            TemporaryDirectory.deleteAll(directory);
        } catch (IOException e) {
            return;
        } finally {
            HERE.remove(directory.getFileName());
        }
    }
}
