package org.engram.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The disk, with a log of all that was asked of it, for a {@link PowerLoss} to strike at any point of. Everything reaches
 * the real files, so that mappings show it, but for forces, which are only logged: they would cost most of the time.
 */
final class RecordingMedium implements Medium {

    /** A call that changed something, or a mark that a test made. Files have numbers, for their names come and go. */
    sealed interface Entry {}

    record Create(Path path, int file) implements Entry {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Write(int file, long position, byte[] bytes) implements Entry {

        @Override
        public String toString() {
            return "Write[file=%d, position=%d, length=%d]".formatted(file, position, bytes.length);
        }
    }

    record SetLength(int file, long length) implements Entry {}

    record Force(int file) implements Entry {}

    record Rename(Path from, Path to) implements Entry {}

    record Delete(Path path) implements Entry {}

    record CreateDirectory(Path path) implements Entry {}

    record ForceDirectory(Path path) implements Entry {}

    /** What a test knew from here on. */
    record Mark(Object known) implements Entry {}

    private final Path root;
    private final List<Entry> log = new ArrayList<>();
    private final Map<Path, Integer> numbers = new HashMap<>();
    private int next;

    /** Begins with files that are there and durable, numbered in the order of their paths. */
    RecordingMedium(Path root, DiskImage there) {
        this.root = root.toAbsolutePath();
        there.files().keySet().forEach(path -> numbers.put(path, next++));
    }

    List<Entry> log() {
        return log;
    }

    void mark(Object known) {
        log.add(new Mark(known));
    }

    private Path relative(Path path) {
        return root.relativize(path.toAbsolutePath());
    }

    @Override
    public OpenFile create(Path path) throws IOException {
        OpenFile file = Disk.INSTANCE.create(path);
        numbers.put(relative(path), next);
        log.add(new Create(relative(path), next));
        return new RecordedFile(file, next++);
    }

    @Override
    public OpenFile open(Path path, boolean writable) throws IOException {
        return new RecordedFile(Disk.INSTANCE.open(path, writable), numbers.get(relative(path)));
    }

    @Override
    public void createDirectory(Path path) throws IOException {
        Disk.INSTANCE.createDirectory(path);
        log.add(new CreateDirectory(relative(path)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Disk.INSTANCE.rename(from, to);
        for (Path path : List.copyOf(numbers.keySet())) {
            if (path.startsWith(relative(from))) {
                Path below = relative(from).relativize(path);
                Path renamed =
                        below.toString().isEmpty() ? relative(to) : relative(to).resolve(below);
                numbers.put(renamed, numbers.remove(path));
            }
        }
        log.add(new Rename(relative(from), relative(to)));
    }

    @Override
    public void delete(Path path) throws IOException {
        Disk.INSTANCE.delete(path);
        if (numbers.remove(relative(path)) != null) {
            log.add(new Delete(relative(path)));
        }
    }

    @Override
    public void forceDirectory(Path directory) {
        log.add(new ForceDirectory(relative(directory)));
    }

    private final class RecordedFile implements OpenFile {

        private final OpenFile file;
        private final int number;

        RecordedFile(OpenFile file, int number) {
            this.file = file;
            this.number = number;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            return file.read(position, bytes, offset, length);
        }

        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
            file.write(position, bytes, length);
            log.add(new Write(number, position, Arrays.copyOf(bytes, length)));
        }

        @Override
        public void setLength(long length) throws IOException {
            file.setLength(length);
            log.add(new SetLength(number, length));
        }

        @Override
        public void force() {
            log.add(new Force(number));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
