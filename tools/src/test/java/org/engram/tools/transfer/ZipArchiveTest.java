package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatDoesNotFitIntoTheMemoryIsSkippedAlone(boolean tellsLess) throws Exception {
        Path store = directory.resolve("store");
        Cli.run("create", store, "--size", "29x29").expect(0);
        Path zip = directory.resolve("x.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.png"));
            out.write(new byte[60_000_000]);
            out.putNextEntry(new ZipEntry("b.png"));
            out.write(Png.bytes(Images.noise(29, 29, 1)));
        }
        if (tellsLess) {
            byte[] bytes = Files.readAllBytes(zip);
            ByteBuffer list = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int first = list.getInt(bytes.length - 6);
            list.putInt(first + 24, 1000);
            Files.write(zip, bytes);
        }
        ProcessBuilder small = Cli.process("import", store, zip);
        small.command().add(1, "-Xmx24m");
        Process process = small.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), said);
        assertTrue(said.contains("a.png: it is too large for the memory of this Java"), said);
        assertTrue(said.contains("imported 1 pattern, 1 skipped"), said);
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
