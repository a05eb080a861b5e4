package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {

    private static final int FILES = 20_000;

    @TempDir
    private Path directory;

    @Test
    void manyThreadsUnpackTheFilesOfOneZip() throws Exception {
        Path zip = directory.resolve("x.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < FILES; i++) {
                out.putNextEntry(new ZipEntry("k" + i));
                out.write(content(i));
            }
        }
        try (ZipArchive archive = new ZipArchive(zip, null)) {
            List<ZipArchive.Packed> files = archive.files();
            assertEquals(FILES, files.size());
            IntStream.range(0, FILES)
                    .parallel()
                    .forEach(i -> assertArrayEquals(content(i), unpacked(archive, files.get(i))));
        }
    }

    private static byte[] content(int file) {
        return "the content of file %s".formatted(file).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unpacked(ZipArchive archive, ZipArchive.Packed file) {
        try {
            return archive.unpacked(file, 100);
        } catch (IOException e) {
            throw new UncheckedIOException(file.name(), e);
        }
    }
}
