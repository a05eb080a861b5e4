package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call is made at the position that it names, whatever was called before. */
class DiskTest {

    private final Medium disk = StoreDirectory.DISK;

    @TempDir
    Path temp;

    private static void write(Medium.OpenFile file, long position, String text) throws IOException {
        file.write(position, text.getBytes(StandardCharsets.US_ASCII), text.length());
    }

    private static String read(Medium.OpenFile file, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        return new String(bytes, 0, file.read(position, bytes, 0, length), StandardCharsets.US_ASCII);
    }

    @Test
    void writingAndReadingTakeTurnsAtAnyPositions() throws IOException {
        Path path = temp.resolve("file");
        try (Medium.OpenFile file = disk.create(path)) {
            write(file, 0, "0123456789");
            write(file, 10, "abcd");
            assertEquals("67", read(file, 6, 2));
            write(file, 8, "EF");
            assertEquals("23", read(file, 2, 2));
            assertEquals("0", read(file, 0, 1));
            assertEquals("ab", read(file, 10, 2));
            write(file, 8, "GH");
            write(file, 6, "IJ");
            assertEquals("12345IJGHabcd", read(file, 1, 99));
            assertEquals(14, file.length());
        }
        assertEquals("012345IJGHabcd", Files.readString(path));
    }

    @Test
    void readingEndsWithTheFileAndTouchesNoOtherByte() throws IOException {
        Path path = Files.writeString(temp.resolve("file"), "0123456789");
        try (Medium.OpenFile file = disk.open(path, false)) {
            byte[] bytes = new byte[12];
            assertEquals(6, file.read(4, bytes, 3, 8));
            assertEquals("\0\0\0" + "456789" + "\0\0\0", new String(bytes, StandardCharsets.US_ASCII));
            assertEquals(0, file.read(10, bytes, 0, 12));
            assertEquals(0, file.read(99, bytes, 0, 12));
            assertEquals(0, file.read(3, bytes, 0, 0));
            assertEquals("34", read(file, 3, 2));
            assertThrows(IOException.class, () -> write(file, 0, "x"));
        }
        assertEquals("0123456789", Files.readString(path));
    }

    @Test
    void afterACutWritingGoesToItsPositionAllTheSame() throws IOException {
        Path path = temp.resolve("file");
        try (Medium.OpenFile file = disk.create(path)) {
            write(file, 0, "01234567");
            file.setLength(2);
            write(file, 8, "8");
            file.setLength(11);
            file.force();
        }
        assertEquals("01" + "\0".repeat(6) + "8" + "\0\0", Files.readString(path));
    }

    @Test
    void namesAreMadeMovedAndRemoved() throws IOException {
        Path one = temp.resolve("one");
        Path other = temp.resolve("other");
        disk.create(one).close();
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(one));
        Files.writeString(one, "1");
        Files.writeString(other, "2");
        disk.rename(one, other);
        assertEquals("1", Files.readString(other));
        assertThrows(NoSuchFileException.class, () -> disk.rename(one, other));
        disk.delete(other);
        disk.delete(other);
        disk.createDirectory(other);
        assertTrue(Files.isDirectory(other));
        assertThrows(FileAlreadyExistsException.class, () -> disk.createDirectory(other));
        disk.forceDirectory(other);
        assertThrows(NoSuchFileException.class, () -> disk.forceDirectory(one));
        assertArrayEquals(new String[] {"other"}, temp.toFile().list());
    }
}
