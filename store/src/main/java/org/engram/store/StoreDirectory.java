package org.engram.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of a store and the names in it, but for those of the {@link Part parts} of its neurons. All creating,
 * renaming and removing of files goes through here.
 */
record StoreDirectory(Path path, Medium medium) {

    static final String HEADER = "header";
    static final String JOURNAL = "journal";
    static final String LOCK = "lock";

    /** What is added to the name of a file that is not complete yet. */
    static final String UNFINISHED = ".tmp";

    static StoreDirectory onDisk(Path path) {
        return new StoreDirectory(path, Disk.INSTANCE);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Opens a file that must be there and be regular, with what to do if it is not. */
    StoreFile open(String name, boolean writable, String remedy) {
        return StoreFile.open(resolve(name), medium, writable, remedy);
    }

    /** Opens a file that nothing else can replace. */
    StoreFile open(String name, boolean writable) {
        return open(name, writable, StoreFile.RESTORE);
    }

    /** Creates a file that must not be there yet. */
    StoreFile create(String name) {
        return StoreFile.create(resolve(name), medium);
    }

    /** Renames a complete file over the one that it replaces, in one step, and makes that durable. */
    void finish(String name) {
        Path to = resolve(name);
        try {
            medium.rename(resolve(name + UNFINISHED), to);
        } catch (IOException e) {
            throw StoreFile.failure("rename to", to, e);
        }
        force();
    }

    /** Takes a file away if it is there. */
    void remove(String name) {
        Path file = resolve(name);
        try {
            medium.delete(file);
        } catch (IOException e) {
            throw StoreFile.failure("remove", file, e);
        }
    }

    /** Makes the names in the directory durable. */
    void force() {
        force(path.toAbsolutePath());
    }

    private void force(Path directory) {
        try {
            medium.forceDirectory(directory);
        } catch (IOException e) {
            throw StoreFile.failure("force", directory, e);
        }
    }

    /** Makes the directory and those above it, each durable in the one that holds it. */
    void create() {
        create(path.toAbsolutePath());
    }

    private void create(Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        create(directory.getParent());
        try {
            medium.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // somebody else just did
        } catch (IOException e) {
            throw StoreFile.failure("create the directory", directory, e);
        }
        force(directory.getParent());
    }

    /** The path, for messages. */
    @Override
    public String toString() {
        return path.toString();
    }
}
