package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a store as bytes: to compare, and to damage. */
final class StoreBytes {

    private StoreBytes() {}

    /** All files of a directory by their names. */
    static Map<String, byte[]> of(Path directory) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    /** Puts a store back, as the same files, without what was added. */
    static void restore(Path directory, Map<String, byte[]> bytes) throws IOException {
        for (String name : of(directory).keySet()) {
            if (!bytes.containsKey(name)) {
                Files.delete(directory.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> file : bytes.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    /** Takes a store away. */
    static void delete(Path directory) throws IOException {
        restore(directory, Map.of());
        Files.delete(directory);
    }

    static void cut(Path file, long length) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(length)));
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.toIntExact(at)] ^= 0x10;
        Files.write(file, bytes);
    }

    static void append(Path file, byte[] more) throws IOException {
        Files.write(file, more, StandardOpenOption.APPEND);
    }
}
