package org.engram.store.internal.medium;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Everything that reads and changes the files of a store, except the lock and the read-only mappings. The library has
 * one implementation, {@link Disk}. Tests put others in its place, which fail at the n-th call or lose power.
 */
public interface Medium {

    /** Creates an empty file, which must not be there yet, and opens it for reading and writing. */
    OpenFile create(Path path) throws IOException;

    /** Opens an existing file. */
    OpenFile open(Path path, boolean writable) throws IOException;

    /** Creates a directory, which must not be there yet, in one that is. */
    void createDirectory(Path path) throws IOException;

    /** Gives a file or directory another name, in place of what has that name, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path path) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** A file at whose positions one thread at a time reads and writes. */
    interface OpenFile extends Closeable {

        long length() throws IOException;

        /** Reads up to {@code length} bytes from a position on, and returns how many there were before the end. */
        int read(long position, byte[] bytes, int offset, int length) throws IOException;

        /** Writes the first {@code length} bytes from a position on; when it fails, some of them may be written. */
        void write(long position, byte[] bytes, int length) throws IOException;

        /** Cuts the file, or lengthens it by zeros. */
        void setLength(long length) throws IOException;

        /** Makes the file's bytes and length durable. */
        void force() throws IOException;
    }
}
