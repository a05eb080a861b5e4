package org.engram.store.internal.medium;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a store and the names in it, except those of the parts of its neurons. All creating,
 * renaming and removing of files goes through here.
 */
public record StoreDirectory(Path path, Medium medium) {

    public static final String HEADER = "header";
    public static final String JOURNAL = "journal";
    public static final String LOCK = "lock";

    /** What is added to the name of a file that is not complete yet. */
    public static final String UNFINISHED = ".tmp";

    /**
     * An empty file that is removed last. A directory with this file and no header is a copy, compaction or salvage
     * that is being made, or that was when its process died.
     */
    public static final String MARK = "unfinished";

    /** A directory that file systems keep at their top. A store ignores it. */
    private static final String LOST_AND_FOUND = "lost+found";

    /** The file system, on which every store stands. */
    public static final Medium DISK = new Disk();

    /** Refuses paths within an archive or in memory: nothing can be locked or mapped there. */
    public StoreDirectory {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("cannot use a path of another file system")
                            .in(path)
                            .expected(
                                    "a path of the default file system",
                                    "one of " + path.getFileSystem().provider().getScheme())
                            .remedy("copy the store to a directory there"),
                    new ProviderMismatchException());
        }
    }

    public static StoreDirectory onDisk(Path path) {
        return new StoreDirectory(path, DISK);
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Opens a file that must be there and be regular, with what to do if it is not. */
    public StoreFile open(String name, boolean writable, String remedy) {
        return StoreFile.open(resolve(name), medium, writable, remedy);
    }

    /** Opens a file that nothing else can replace. */
    public StoreFile open(String name, boolean writable) {
        return open(name, writable, StoreFile.RESTORE);
    }

    public StoreFile create(String name) {
        return StoreFile.create(resolve(name), medium);
    }

    /** Renames a complete file over the one that it replaces, in one step, and makes that durable. */
    public void finish(String name) {
        putInPlace(name);
        force();
    }

    /** Renames a complete file over the one that it replaces, in one step. */
    public void putInPlace(String name) {
        Path to = resolve(name);
        try {
            medium.rename(resolve(name + UNFINISHED), to);
        } catch (IOException e) {
            throw StoreFile.failure("rename to", to, e);
        }
    }

    public void remove(String name) {
        Path file = resolve(name);
        try {
            medium.delete(file);
        } catch (IOException e) {
            throw StoreFile.failure("remove", file, e);
        }
    }

    /** Deletes a file that was not completed. A failure is ignored: the caller is told why the file was not completed. */
    public void tryRemove(String name) {
        try {
            remove(name);
        } catch (EngramException e) {
            // an earlier failure is told instead
        }
    }

    /** Makes the names in the directory durable. */
    public void force() {
        force(path.toAbsolutePath());
    }

    private void force(Path directory) {
        try {
            medium.forceDirectory(directory);
        } catch (IOException e) {
            throw StoreFile.failure("force", directory, e);
        }
    }

    /** The identity of what has the path now, equal for all its paths; null if that cannot be told. */
    public @Nullable Object identity() {
        try {
            return StoreFile.identity(path);
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether a file of that name is in the directory, of whatever kind. */
    public boolean has(String name) {
        return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    public void requireEmpty() {
        requireEmptyExceptFor(List.of());
    }

    /** Makes sure that the directory has no other files than these, or is not there. {@code lost+found} is passed over. */
    public void requireEmptyExceptFor(List<String> tolerated) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw occupied(Files.exists(path) ? "a file" : "a link to nothing");
        }
        names().stream().filter(name -> !tolerated.contains(name)).findFirst().ifPresent(name -> {
            throw occupied(name + " in it");
        });
    }

    /**
     * Makes sure that the directory holds nothing, or is not there, except for the remains of a creation that was killed or
     * failed: files of these names without a byte, a header that did not get its name, and a lock file.
     */
    public void requireOnlyRemains(List<String> remains) {
        requireEmptyExceptFor(Stream.concat(remains.stream(), Stream.of(LOCK)).toList());
        for (String name : remains) {
            if (has(name) && !name.endsWith(UNFINISHED)) {
                try (StoreFile file = open(name, false)) {
                    if (file.length() > 0) {
                        throw occupied("%s in it, %s bytes long".formatted(name, file.length()));
                    }
                }
            }
        }
    }

    public EngramException occupied(String found) {
        return new EngramException.AlreadyExists(Diagnosis.of("cannot create a store")
                .in(path)
                .expected("an empty directory or none", found)
                .remedy("choose another path"));
    }

    /** Makes sure that the directory lies in one that exists, and that this is neither another store nor inside it. */
    public void requireOutside(Path store) {
        Path parent = Files.isDirectory(path) ? path : parentOf(path);
        if (!Files.isDirectory(parent)) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("cannot create a store")
                            .in(path)
                            .expected(
                                    "a directory %s to put it in".formatted(parent),
                                    Files.exists(parent) ? "a file" : "none")
                            .remedy("create it first"),
                    new NotDirectoryException(parent.toString()));
        }
        try {
            if (parent.toRealPath().startsWith(store.toRealPath())) {
                throw new EngramException.AlreadyExists(Diagnosis.of("cannot create a store")
                        .in(path)
                        .expected("a place outside of " + store, "one within")
                        .remedy("choose another path"));
            }
        } catch (IOException e) {
            throw StoreFile.failure("find", parent, e);
        }
    }

    /** A directory beside this one, of the same name and more. */
    public StoreDirectory sibling(String more) {
        return new StoreDirectory(path.resolveSibling(path.getFileName() + more), medium);
    }

    /** Creates the directory unless it is there, and tells whether it did. */
    public boolean createUnlessThere() {
        return createUnlessThere(path);
    }

    private boolean createUnlessThere(Path directory) {
        try {
            medium.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // somebody else may have just made it
        } catch (IOException e) {
            throw StoreFile.failure("create the directory", directory, e);
        }
    }

    /** Gives the directory the name of another, which is empty or not there, in one step. */
    public void rename(StoreDirectory to) {
        try {
            medium.rename(path, to.path);
        } catch (IOException e) {
            throw StoreFile.failure("rename to", to.path, e);
        }
    }

    /** Makes the name of the directory durable. */
    public void forceName() {
        force(parentOf(path));
    }

    /** All names in the directory, except the {@code lost+found} of a file system. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> !isLostAndFound(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw StoreFile.failure("list", path, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw StoreFile.failure("list", path, e);
        }
    }

    private static boolean isLostAndFound(Path file) {
        return file.getFileName().toString().equals(LOST_AND_FOUND)
                && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory and those above it, each durable in the one that holds it. Whether it made the directory itself. */
    public boolean create() {
        return create(path.toAbsolutePath());
    }

    private boolean create(Path directory) {
        if (Files.isDirectory(directory)) {
            return false;
        }
        Path parent = parentOf(directory);
        create(parent);
        boolean made = createUnlessThere(directory);
        force(parent);
        return made;
    }

    private static Path parentOf(Path directory) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null) {
            throw StoreFile.failure("find what holds", directory, new NoSuchFileException(directory.toString()));
        }
        return parent;
    }

    /** The path, for messages. */
    @Override
    public String toString() {
        return path.toString();
    }
}
