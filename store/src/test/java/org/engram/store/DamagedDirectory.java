package org.engram.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A directory that holds one damaged store after the other, and rewrites only files that differ from those before. */
final class DamagedDirectory implements AutoCloseable {

    private final Path path;
    private final Map<String, RandomAccessFile> open = new HashMap<>();
    private final Map<String, byte[]> written = new HashMap<>();

    DamagedDirectory(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    Path path() {
        return path;
    }

    /** Makes these the files of the directory. Arrays that were put before are taken to be unchanged. */
    void put(Map<String, byte[]> files) throws IOException {
        for (String name : Map.copyOf(written).keySet()) {
            if (!files.containsKey(name)) {
                remove(name);
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] bytes = file.getValue();
            byte[] before = written.put(file.getKey(), bytes);
            if (!Arrays.equals(before, bytes)) {
                RandomAccessFile there = open(file.getKey());
                there.seek(0);
                there.write(bytes);
                there.setLength(bytes.length);
            }
        }
    }

    /** Empties it: somebody else has written to it. */
    void clear() throws IOException {
        for (String name : StoreBytes.of(path).keySet()) {
            remove(name);
        }
    }

    private RandomAccessFile open(String name) throws IOException {
        RandomAccessFile file = open.get(name);
        if (file == null) {
            file = new RandomAccessFile(path.resolve(name).toFile(), "rw");
            open.put(name, file);
        }
        return file;
    }

    private void remove(String name) throws IOException {
        RandomAccessFile file = open.remove(name);
        if (file != null) {
            file.close();
        }
        Files.deleteIfExists(path.resolve(name));
        written.remove(name);
    }

    @Override
    public void close() throws IOException {
        for (RandomAccessFile file : open.values()) {
            file.close();
        }
    }
}
