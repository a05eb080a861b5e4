package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.engram.store.Writer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one line of a lock file. */
class LockFileTest {

    @TempDir
    Path temp;

    private Path path;
    private RandomAccessFile file;

    @BeforeEach
    void openFile() throws IOException {
        path = temp.resolve("lock");
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @AfterEach
    void closeFile() throws IOException {
        file.close();
    }

    private Writer read(String text) throws IOException {
        Files.writeString(path, text, StandardCharsets.US_ASCII);
        return LockFile.read(file);
    }

    @Test
    void theLineOfThisProcessNamesItAndIsReadBack() throws IOException {
        LockFile.tryWriteThisProcess(file);
        ProcessHandle process = ProcessHandle.current();
        Instant started = process.info().startInstant().orElseThrow().truncatedTo(ChronoUnit.SECONDS);
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        assertEquals("%d %s %s\n".formatted(process.pid(), host, started), Files.readString(path));
        Writer writer = new Writer(OptionalLong.of(process.pid()), Optional.of(host), Optional.of(started));
        assertEquals(writer, LockFile.read(file));
        assertEquals(writer, LockFile.ofThisProcess());
        assertEquals(writer, LockFile.of(process));
    }

    @Test
    void aShorterLineLeavesNothingOfALongerOne() throws IOException {
        Files.writeString(path, "x".repeat(600));
        assertFalse(LockFile.isClosed(file));
        LockFile.tryWriteThisProcess(file);
        assertFalse(LockFile.isClosed(file));
        LockFile.tryWriteClosed(file);
        assertTrue(LockFile.isClosed(file));
        assertEquals("closed\n", Files.readString(path));
        Files.writeString(path, "");
        assertFalse(LockFile.isClosed(file));
        Files.writeString(path, "closed\n" + "x".repeat(600));
        assertFalse(LockFile.isClosed(file));
    }

    @Test
    void aFileThatCannotBeWrittenToIsLeftAsItIs() throws IOException {
        Files.writeString(path, "as it was");
        try (RandomAccessFile readable = new RandomAccessFile(path.toFile(), "r")) {
            LockFile.tryWriteClosed(readable);
        }
        assertEquals("as it was", Files.readString(path));
    }

    @Test
    void aLineTellsAsMuchAsItIsWellFormed() throws IOException {
        Writer unknown = new Writer(OptionalLong.empty(), Optional.empty(), Optional.empty());
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        long pid = 999_999_999_999_999_999L;
        String host = "h".repeat(255);
        assertEquals(
                new Writer(OptionalLong.of(7), Optional.of("a-b.c"), Optional.of(time)),
                read("7 a-b.c 2026-01-02T03:04:05Z\n"));
        assertEquals(new Writer(OptionalLong.of(7), Optional.of("h"), Optional.empty()), read("7 h -\n"));
        assertEquals(
                new Writer(OptionalLong.of(pid), Optional.of(host), Optional.empty()),
                read("%d %s -\n".formatted(pid, host)));
        for (String line : new String[] {
            "",
            "closed\n",
            "7 h -",
            "7 h\n",
            "7 h now\n",
            "9%d h -\n".formatted(pid),
            "7 h%s -\n".formatted(host),
            "7 ? -\n"
        }) {
            assertEquals(unknown, read(line), line);
        }
    }
}
