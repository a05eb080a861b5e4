package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.engram.store.EngramException;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.FailingMedium;
import org.engram.store.fixture.InterceptedMedium;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** One file: that it is the one that was opened, as long as it was left, and what is copied of it. */
class StoreFileTest {

    private static final int BLOCK = 256 << 10;

    @TempDir
    Path temp;

    private Path path;

    @BeforeEach
    void writeFourBytes() throws IOException {
        path = temp.resolve("file");
        Files.write(path, new byte[] {1, 2, 3, 4});
    }

    private StoreFile open() {
        return StoreFile.open(path, StoreDirectory.DISK, true, "mend it");
    }

    private static void assertFails(Class<? extends EngramException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void aWriterFindsTheFileJustAsLongAsItLeftIt() {
        try (StoreFile file = open()) {
            file.requireUntouched(4);
            assertFails(
                    EngramException.Corrupt.class,
                    "journal is not as this writer left it: %s: expected 5 bytes, found 4; restore it from a copy, or run engram salvage"
                            .formatted(path),
                    () -> file.requireUntouched(5));
            assertFails(EngramException.Locked.class, writtenByAnother(), () -> file.requireUntouched(3));
        }
    }

    private String writtenByAnother() {
        return ("journal is not as this writer left it: %s: expected 3 bytes, found 4; another writer was let in, as the lock is"
                        + " lost when the file lock is removed, or read by the writing process; reopen the store to go on")
                .formatted(path);
    }

    @Test
    void oneByteBehindTheEndTellsOfAnotherWriter() {
        try (StoreFile file = open()) {
            file.requireEndsAt(4);
            file.requireEndsAt(5);
            assertFails(EngramException.Locked.class, writtenByAnother(), () -> file.requireEndsAt(3));
        }
    }

    @Test
    void aFileThatWasReplacedMovedOrHasNoDirectoryIsNotTheSame() throws IOException {
        String replaced =
                "store was replaced since it was opened: %s: expected the same file, found %s; reopen the store";
        try (StoreFile file = open()) {
            file.requireCurrent();
            Files.move(path, temp.resolve("moved"));
            assertFails(EngramException.Superseded.class, replaced.formatted(path, "none"), file::requireCurrent);
            Files.write(path, new byte[4]);
            assertFails(EngramException.Superseded.class, replaced.formatted(path, "another"), file::requireCurrent);
            Files.delete(path);
            Files.move(temp.resolve("moved"), path);
            file.requireCurrent();
        }
        Path directory = Files.createDirectory(temp.resolve("directory"));
        Path below = Files.write(directory.resolve("file"), new byte[1]);
        try (StoreFile file = StoreFile.open(below, StoreDirectory.DISK, false, "")) {
            Files.delete(below);
            Files.delete(directory);
            Files.write(directory, new byte[1]);
            assertFails(EngramException.Superseded.class, replaced.formatted(below, "none"), file::requireCurrent);
        }
    }

    @Test
    void whatIsNoRegularFileIsRefusedWithItsKindAndTheRemedy() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), path);
        Path directory = Files.createDirectory(temp.resolve("directory"));
        String damaged = "store is damaged: %s: expected a regular file, found %s; mend it";
        assertRefused(link, damaged.formatted(link, "a link"));
        assertRefused(directory, damaged.formatted(directory, "a directory"));
        assertRefused(Path.of("/dev/null"), damaged.formatted("/dev/null", "a device or pipe"));
        Path none = temp.resolve("none");
        assertRefused(none, "store is incomplete: %s: expected a regular file, found none; mend it".formatted(none));
        StoreFile.requireRegular(path, "mend it");
    }

    private static void assertRefused(Path path, String message) {
        assertFails(
                EngramException.Corrupt.class,
                message,
                () -> StoreFile.open(path, StoreDirectory.DISK, false, "mend it"));
    }

    @Test
    void aFileThatCannotBeOpenedTellsWhetherPermissionsAreToBlame() throws IOException {
        FailingMedium broken = new FailingMedium(new Disk());
        broken.arm(new FailingMedium.Fault(Set.of(InterceptedMedium.Call.OPEN), 1, true, false, FailingMedium.BROKEN));
        String failed = "cannot open %s: Input/output error".formatted(path);
        assertFails(EngramException.IoFailure.class, failed, () -> StoreFile.open(path, broken, true, ""));
        try (BindMount mount = BindMount.readOnly(path)) {
            assumeTrue(mount != null, "needs the right to mount");
            assertFails(EngramException.IoFailure.class, failed, () -> StoreFile.open(path, broken, false, ""));
            assertFails(
                    EngramException.ReadOnly.class,
                    "cannot write to %s: no permission to write; open it read-only or change its permissions"
                            .formatted(path),
                    () -> StoreFile.open(path, StoreDirectory.DISK, true, ""));
        }
    }

    @Test
    void aFileIsCreatedOnce() {
        Path fresh = temp.resolve("fresh");
        try (StoreFile file = StoreFile.create(fresh, StoreDirectory.DISK)) {
            assertEquals(fresh, file.path());
            assertEquals(0, file.length());
        }
        assertFails(
                EngramException.AlreadyExists.class,
                "cannot create %s: somebody else just did; choose another path".formatted(fresh),
                () -> StoreFile.create(fresh, StoreDirectory.DISK));
    }

    /** The disk, and how often it was asked to write, and how much. */
    private static final class Noting extends InterceptedMedium {

        private int writes;
        private long written;

        Noting() {
            super(new Disk());
        }

        @Override
        protected void onWrite(Path path, long position, byte[] bytes, int length) {
            writes++;
            written += length;
        }
    }

    /** What stands between a byte behind the beginning and one before the end. */
    private void assertCopied(byte[] bytes, int writes) throws IOException {
        Files.write(path, bytes);
        Path copy = temp.resolve("copy");
        Files.deleteIfExists(copy);
        Noting medium = new Noting();
        try (StoreFile file = open();
                StoreFile to = StoreFile.create(copy, medium)) {
            file.copy(1, bytes.length - 1, to);
        }
        assertArrayEquals(Arrays.copyOfRange(bytes, 1, bytes.length - 1), Files.readAllBytes(copy));
        assertEquals(writes, medium.writes);
    }

    @Test
    void aCopyHasAllBytesAndHolesWhereABlockIsZero() throws IOException {
        byte[] bytes = new byte[3 * BLOCK + 9];
        assertCopied(bytes, 0);
        bytes[1] = 1;
        assertCopied(bytes, 1);
        bytes[BLOCK] = 2;
        assertCopied(bytes, 1);
        bytes[BLOCK + 1] = 3;
        assertCopied(bytes, 2);
        bytes[3 * BLOCK + 7] = 4;
        assertCopied(bytes, 3);
        assertCopied(new byte[] {7, 7}, 0);
        assertCopied(new byte[] {7, 0, 7}, 0);
        assertCopied(new byte[] {7, 8, 7}, 1);
    }

    @Test
    void writingAgainChangesNoByteAndPassesOverNone() throws IOException {
        byte[] bytes = new byte[2 * BLOCK + 10];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / BLOCK);
        }
        for (int[] range :
                new int[][] {{3, 3, 0}, {3, 8, 1}, {2, BLOCK + 2, 1}, {2, BLOCK + 3, 2}, {5, 2 * BLOCK + 10, 3}}) {
            Files.write(path, bytes);
            Noting medium = new Noting();
            try (StoreFile file = StoreFile.open(path, medium, true, "")) {
                file.writeAgain(range[0], range[1]);
            }
            assertArrayEquals(bytes, Files.readAllBytes(path));
            assertEquals(range[2], medium.writes, Arrays.toString(range));
            assertEquals(range[1] - range[0], medium.written, Arrays.toString(range));
        }
    }

    @Test
    void aFailureTellsTheReasonOfTheSystem() {
        String said = "cannot open %s: ".formatted(path);
        assertReason(said + "Permission denied", new FileNotFoundException(path + " (Permission denied)"));
        assertReason(
                said + "elsewhere (Permission denied)", new FileNotFoundException("elsewhere (Permission denied)"));
        assertReason(said + "Input/output error", new IOException("Input/output error"));
        assertReason(said + "IOException", new IOException());
        assertReason(said + "no such file", new NoSuchFileException(path.toString()));
        assertReason(said + "access denied", new AccessDeniedException(path.toString()));
        assertReason(said + "file already exists", new FileAlreadyExistsException(path.toString()));
        assertReason(said + "directory not empty", new DirectoryNotEmptyException(path.toString()));
        assertReason(said + "not a directory", new NotDirectoryException(path.toString()));
        assertReason(said + "the system gives no reason", new FileSystemException(path.toString()));
        assertReason(said + "Disk quota exceeded", new FileSystemException("a", "b", "Disk quota exceeded"));
    }

    private void assertReason(String expected, IOException failure) {
        EngramException told = StoreFile.failure("open", path, failure);
        assertEquals(expected, told.getMessage());
        assertEquals(failure, told.getCause());
    }

    @Test
    void everyCallOnAFileThatIsClosedNamesItAndWhatFailed() {
        StoreFile file = open();
        file.close();
        for (String verb : List.of("read the length of", "read", "write", "force", "cut")) {
            String message = assertThrows(EngramException.IoFailure.class, () -> call(file, verb))
                    .getMessage();
            String expected = "cannot %s %s: ".formatted(verb, path);
            assertEquals(expected, message.substring(0, Math.min(expected.length(), message.length())));
        }
    }

    private static void call(StoreFile file, String verb) {
        switch (verb) {
            case "read" -> file.read(0, new byte[1], 0, 1);
            case "write" -> file.write(0, new byte[1], 1);
            case "force" -> file.force();
            case "cut" -> file.truncate(1);
            default -> file.length();
        }
    }
}
