package org.engram.store.internal.medium;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file system. Isolates one fact of the platform: a channel closes when a thread using it is interrupted, a
 * {@link RandomAccessFile} does not.
 */
final class Disk implements Medium {

    @Override
    public OpenFile create(Path path) throws IOException {
        Files.createFile(path);
        return open(path, true);
    }

    @Override
    public OpenFile open(Path path, boolean writable) throws IOException {
        return new DiskFile(new RandomAccessFile(path.toFile(), writable ? "rw" : "r"));
    }

    @Override
    public void createDirectory(Path path) throws IOException {
        Files.createDirectory(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** Does nothing where the platform knows no way. */
    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                return channel;
            }
        });
    }

    private static final class DiskFile implements OpenFile {

        private static final long LOST = -1;

        private final RandomAccessFile file;
        /** The file's own pointer, or {@link #LOST}. An access at this position saves a system call. */
        private long pointer = LOST;

        DiskFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            seek(position);
            int got = 0;
            int n;
            while (got < length && (n = file.read(bytes, offset + got, length - got)) >= 0) {
                got += n;
            }
            pointer = position + got;
            return got;
        }

        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
            seek(position);
            file.write(bytes, 0, length);
            pointer = position + length;
        }

        /** The pointer is lost until the caller knows where it got to. */
        private void seek(long position) throws IOException {
            boolean inPlace = position == pointer;
            pointer = LOST;
            if (!inPlace) {
                file.seek(position);
            }
        }

        @Override
        public void setLength(long length) throws IOException {
            pointer = LOST;
            file.setLength(length);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
