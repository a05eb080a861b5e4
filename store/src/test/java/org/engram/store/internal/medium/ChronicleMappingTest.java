package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.engram.store.fixture.OpenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A mapping whose ranges are all of one length, also where the file is not that long yet. */
class ChronicleMappingTest {

    private static final int RANGE = 64 << 10;

    @TempDir
    Path temp;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 1000);
        }
        return bytes;
    }

    private static byte[] read(MemorySegment segment, int length) {
        return segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRangeIsWholeAndShowsWhatTheFileGrowsBy() throws IOException {
        Path path = temp.toRealPath().resolve("file");
        byte[] bytes = bytes(2 * RANGE);
        Files.write(path, Arrays.copyOf(bytes, 100));
        try (Arena arena = Arena.ofShared();
                ChronicleMapping mapping = new ChronicleMapping(path, RANGE)) {
            MemorySegment first = mapping.map(0, RANGE, arena);
            assertEquals(RANGE, first.byteSize());
            assertTrue(first.isReadOnly());
            assertArrayEquals(Arrays.copyOf(bytes, 100), read(first, 100));
            Files.write(path, bytes);
            assertArrayEquals(Arrays.copyOf(bytes, RANGE), read(first, RANGE));
            MemorySegment second = mapping.map(RANGE, RANGE, arena);
            assertArrayEquals(Arrays.copyOfRange(bytes, RANGE, 2 * RANGE), read(second, RANGE));
            assertNotEquals(List.of(), OpenFiles.mappings(path));
        }
        assertEquals(List.of(), OpenFiles.mappings(path));
        assertArrayEquals(bytes, Files.readAllBytes(path));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMappingThatIsClosedLeavesNoFileOpen() throws IOException {
        Path path = Files.write(temp.toRealPath().resolve("file"), bytes(RANGE));
        ChronicleMapping mapping = new ChronicleMapping(path, RANGE);
        assertEquals(1, OpenFiles.count(path));
        mapping.close();
        assertEquals(0, OpenFiles.count(path));
        mapping.close();
    }

    @Test
    void whatChronicleSaysOfARangeThatNoFileHasIsHandedOn() throws IOException {
        Path path = Files.write(temp.resolve("file"), bytes(RANGE));
        try (Arena arena = Arena.ofConfined();
                ChronicleMapping mapping = new ChronicleMapping(path, RANGE)) {
            assertEquals(
                    "Attempt to access a negative position: -65536",
                    assertThrows(IOException.class, () -> mapping.map(-RANGE, RANGE, arena))
                            .getMessage());
        }
    }
}
