package org.engram.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Passes every call on to another medium, through two methods in which a test drops, delays, fails or doctors it. */
class InterceptedMedium implements Medium {

    /** What is called. */
    enum Call {
        OPEN,
        LENGTH,
        READ,
        CREATE,
        WRITE,
        SET_LENGTH,
        FORCE,
        RENAME,
        DELETE,
        CREATE_DIRECTORY,
        FORCE_DIRECTORY
    }

    /** A call that is not made yet. */
    interface Pending {
        void make() throws IOException;

        /** What a call that fails may have done nevertheless. */
        default void makePart() throws IOException {}
    }

    private final Medium under;

    InterceptedMedium(Medium under) {
        this.under = under;
    }

    /** Sees every call; {@code path} is what it is about, of a rename the new name. */
    void on(Call call, Path path, Pending pending) throws IOException {
        pending.make();
    }

    /** Sees what was read from a position of a file. */
    void onRead(Path path, long position, byte[] bytes, int offset, int read) throws IOException {}

    /** Sees a write before {@link #on} does. */
    void onWrite(Path path, long position, byte[] bytes, int length) throws IOException {}

    @Override
    public final OpenFile create(Path path) throws IOException {
        OpenFile[] file = new OpenFile[1];
        on(Call.CREATE, path, () -> file[0] = under.create(path));
        return new InterceptedFile(path, file[0]);
    }

    @Override
    public final OpenFile open(Path path, boolean writable) throws IOException {
        OpenFile[] file = new OpenFile[1];
        on(Call.OPEN, path, () -> file[0] = under.open(path, writable));
        return new InterceptedFile(path, file[0]);
    }

    @Override
    public final void createDirectory(Path path) throws IOException {
        on(Call.CREATE_DIRECTORY, path, () -> under.createDirectory(path));
    }

    @Override
    public final void rename(Path from, Path to) throws IOException {
        on(Call.RENAME, to, () -> under.rename(from, to));
    }

    @Override
    public final void delete(Path path) throws IOException {
        on(Call.DELETE, path, () -> under.delete(path));
    }

    @Override
    public final void forceDirectory(Path directory) throws IOException {
        on(Call.FORCE_DIRECTORY, directory, () -> under.forceDirectory(directory));
    }

    private final class InterceptedFile implements OpenFile {

        private final Path path;
        private final OpenFile file;

        InterceptedFile(Path path, OpenFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            long[] length = new long[1];
            on(Call.LENGTH, path, () -> length[0] = file.length());
            return length[0];
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            int[] read = new int[1];
            on(Call.READ, path, () -> read[0] = file.read(position, bytes, offset, length));
            onRead(path, position, bytes, offset, read[0]);
            return read[0];
        }

        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
            onWrite(path, position, bytes, length);
            byte[] copy = Arrays.copyOf(bytes, length);
            on(Call.WRITE, path, new Pending() {
                @Override
                public void make() throws IOException {
                    file.write(position, copy, length);
                }

                @Override
                public void makePart() throws IOException {
                    file.write(position, copy, length / 2);
                }
            });
        }

        @Override
        public void setLength(long length) throws IOException {
            on(Call.SET_LENGTH, path, () -> file.setLength(length));
        }

        @Override
        public void force() throws IOException {
            on(Call.FORCE, path, file::force);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
