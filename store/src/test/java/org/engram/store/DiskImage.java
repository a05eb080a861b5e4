package org.engram.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Files by their paths below a root, all durable; the directories are those that have files, and the empty ones. */
record DiskImage(SortedMap<Path, byte[]> files, List<Path> directories) {

    static final DiskImage NOTHING = new DiskImage(new TreeMap<>(), List.of());

    /** The part of it below some directories of the root. */
    DiskImage below(Predicate<Path> wanted) {
        SortedMap<Path, byte[]> some = new TreeMap<>(files);
        some.keySet().removeIf(path -> !wanted.test(path.getName(0)));
        return new DiskImage(
                some,
                directories.stream()
                        .filter(path -> wanted.test(path.getName(0)))
                        .toList());
    }

    /** Makes a directory hold this and nothing else; lock files stay, as nobody reads them. */
    void writeTo(Path root) throws IOException {
        for (Path directory : directories) {
            Files.createDirectories(root.resolve(directory));
        }
        clear(root, Path.of(""));
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            try (RandomAccessFile out =
                    new RandomAccessFile(root.resolve(file.getKey()).toFile(), "rw")) {
                out.write(file.getValue());
                // Cutting to 0 first would have some file systems write the file out when it is closed.
                if (out.length() > file.getValue().length) {
                    out.setLength(file.getValue().length);
                }
            }
        }
    }

    private void clear(Path root, Path below) throws IOException {
        String[] names = root.resolve(below).toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path path = below.resolve(name);
            boolean directory = Files.isDirectory(root.resolve(path));
            if (directory) {
                clear(root, path);
            }
            boolean stays = directory ? directories.contains(path) : files.containsKey(path);
            if (!stays && !(name.equals(StoreDirectory.LOCK) && directories.contains(below))) {
                Files.delete(root.resolve(path));
            }
        }
    }
}
