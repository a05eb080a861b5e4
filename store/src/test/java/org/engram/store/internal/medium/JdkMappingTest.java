package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.engram.store.EngramException;
import org.engram.store.fixture.OpenFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A mapping that ends with its file. */
class JdkMappingTest {

    @TempDir
    Path temp;

    private Path path;
    private byte[] bytes;
    private StoreFile file;

    @BeforeEach
    void openFile() throws IOException {
        path = temp.toRealPath().resolve("file");
        bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 1000);
        }
        Files.write(path, bytes);
        file = StoreFile.open(path, StoreDirectory.DISK, false, "");
    }

    @AfterEach
    void closeFile() {
        Thread.interrupted();
        file.close();
    }

    private static byte[] mapped(Mapping mapping, long from, long length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return mapping.map(from, length, arena).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] range(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Test
    void aRangeEndsWhereItIsToOrWithTheFile() throws IOException {
        try (JdkMapping mapping = new JdkMapping(file)) {
            assertArrayEquals(range(0, 65_536), mapped(mapping, 0, 65_536));
            assertArrayEquals(range(65_536, 100_000), mapped(mapping, 65_536, 65_536));
            assertArrayEquals(range(65_536, 65_540), mapped(mapping, 65_536, 4));
            assertArrayEquals(new byte[0], mapped(mapping, 100_000, 65_536));
        }
    }

    @Test
    void anInterruptedThreadMapsAndStaysInterrupted() throws IOException {
        try (JdkMapping mapping = new JdkMapping(file)) {
            Thread.currentThread().interrupt();
            assertArrayEquals(range(0, 65_536), mapped(mapping, 0, 65_536));
            assertTrue(Thread.interrupted());
            assertArrayEquals(range(65_536, 100_000), mapped(mapping, 65_536, 65_536));
        }
    }

    @Test
    void whatIsOpenedAgainAfterAnInterruptMustBeTheSameFile() throws IOException {
        try (JdkMapping mapping = new JdkMapping(file)) {
            Files.move(path, temp.resolve("aside"));
            Files.write(path, new byte[100_000]);
            Thread.currentThread().interrupt();
            assertThrows(EngramException.Superseded.class, () -> mapped(mapping, 0, 65_536));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMappingThatIsClosedLeavesNoFileOpen() throws IOException {
        long before = OpenFiles.count(path);
        JdkMapping mapping = new JdkMapping(file);
        assertEquals(before + 1, OpenFiles.count(path));
        mapping.close();
        assertEquals(before, OpenFiles.count(path));
    }
}
