package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.engram.store.EngramException;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.OpenFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lock of one directory within one process; LockTest has what other processes see. */
class WriterLockTest {

    /** In bytes, of which the last is not for the path. */
    private static final int LONGEST_PATH = 4096;

    @TempDir
    Path temp;

    private Path store;
    private Path lockFile;

    @BeforeEach
    void createDirectory() throws IOException {
        store = Files.createDirectory(temp.resolve("store"));
        lockFile = store.resolve("lock");
    }

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    /** Whether the system has the lock file locked; asked in a way that ends the lock of this process. */
    private boolean isLocked() throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            lock.release();
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private void assertFails(Class<? extends EngramException> type, String message) {
        Executable acquire = () -> WriterLock.acquire(store);
        assertEquals(message, assertThrows(type, acquire).getMessage());
    }

    private void assertHeldHere() {
        assertFails(
                EngramException.Locked.class,
                "store is open for writing elsewhere: %s: expected no other writer, found this process, pid %d; close it there, or open the store read-only"
                        .formatted(store, ProcessHandle.current().pid()));
    }

    @Test
    void whoComesAfterACleanCloseComesAfterNobody() throws IOException {
        try (WriterLock first = WriterLock.acquire(store)) {
            assertTrue(first.isAfterAnother());
            assertTrue(Files.readString(lockFile)
                    .startsWith(ProcessHandle.current().pid() + " "));
        }
        assertEquals("closed\n", Files.readString(lockFile));
        try (WriterLock second = WriterLock.acquire(store)) {
            assertFalse(second.isAfterAnother());
        }
        Files.writeString(lockFile, "closed");
        try (WriterLock third = WriterLock.acquire(store)) {
            assertTrue(third.isAfterAnother());
        }
    }

    @Test
    void aLockIsHeldUntilItIsClosedAndByOneAlone() throws IOException {
        WriterLock first = WriterLock.acquire(store);
        assertHeldHere();
        assertHeldHere();
        assertTrue(isLocked());
        first.close();
        assertFalse(isLocked());
        first.close();
        WriterLock second = WriterLock.acquire(store);
        first.close();
        assertHeldHere();
        assertTrue(isLocked());
        second.close();
        assertFalse(isLocked());
    }

    @Test
    void theWriterIsToldWhileThereIsOneAndNothingIsWritten() throws IOException {
        assertEquals(Optional.empty(), WriterLock.writer(store));
        assertFalse(Files.exists(lockFile));
        try (WriterLock lock = WriterLock.acquire(store)) {
            String line = Files.readString(lockFile);
            assertEquals(Optional.of(LockFile.ofThisProcess()), WriterLock.writer(store));
            assertEquals(line, Files.readString(lockFile));
            assertTrue(lock.isAfterAnother());
        }
        assertEquals(Optional.empty(), WriterLock.writer(store));
        Files.writeString(lockFile, "somebody who died");
        assertEquals(Optional.empty(), WriterLock.writer(store));
        assertEquals("somebody who died", Files.readString(lockFile));
        assertFalse(isLocked());
    }

    @Test
    void aLockThatCannotBeTakenLeavesThePlaceFree() throws IOException {
        Files.createDirectory(lockFile);
        assertFails(
                EngramException.Corrupt.class,
                "store is damaged: %s: expected a regular file, found a directory; restore it from a copy, or run engram salvage"
                        .formatted(lockFile));
        assertEquals(Optional.empty(), WriterLock.writer(store));
        Files.delete(lockFile);
        WriterLock.acquire(store).close();
        assertEquals("closed\n", Files.readString(lockFile));
    }

    @Test
    void whereThereIsNoDirectoryThereIsNoLock() throws IOException {
        Files.delete(store);
        assertFails(EngramException.IoFailure.class, "cannot open %s: no such file".formatted(store));
        Files.createDirectory(store);
        WriterLock.acquire(store).close();
    }

    /** Somebody else has taken the lock for good, or for a moment only. */
    @Test
    void anotherChannelOfThisProcessKeepsAWriterOutUntilItIsClosed() throws IOException {
        Files.writeString(lockFile, "a stranger");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            FileLock other = channel.lock();
            assertHeldHere();
            assertHeldHere();
            assertEquals(Optional.of(LockFile.ofThisProcess()), WriterLock.writer(store));
            assertEquals(Optional.of(LockFile.ofThisProcess()), WriterLock.writer(store));
            other.release();
        }
        assertEquals("a stranger", Files.readString(lockFile));
        assertEquals(Optional.empty(), WriterLock.writer(store));
        WriterLock.acquire(store).close();
        assertEquals("closed\n", Files.readString(lockFile));
    }

    @Test
    void aLockFileThatIsGoneTakesNoLockAwayInThisProcess() throws IOException {
        try (WriterLock lock = WriterLock.acquire(store)) {
            Files.delete(lockFile);
            assertHeldHere();
            assertEquals(Optional.empty(), WriterLock.writer(store));
            Files.writeString(lockFile, "another");
            assertEquals(Optional.of(LockFile.ofThisProcess()), WriterLock.writer(store));
            assertHeldHere();
            assertTrue(lock.isAfterAnother());
        }
        assertEquals("another", Files.readString(lockFile));
        try (WriterLock lock = WriterLock.acquire(store)) {
            assertTrue(lock.isAfterAnother());
        }
    }

    @Test
    void aChannelThatReleasedItsLockKeepsNobodyOut() throws IOException {
        Files.writeString(lockFile, "a stranger");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            FileLock other = channel.lock();
            assertHeldHere();
            other.release();
            try (WriterLock lock = WriterLock.acquire(store)) {
                assertTrue(lock.isAfterAnother());
                assertHeldHere();
            }
        }
        assertEquals("closed\n", Files.readString(lockFile));
    }

    @Test
    void theLocksOfTwoStoresAreNotInEachOthersWay() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        WriterLock lock = WriterLock.acquire(store);
        assertEquals(Optional.empty(), WriterLock.writer(other));
        WriterLock second = WriterLock.acquire(other);
        lock.close();
        assertEquals(Optional.empty(), WriterLock.writer(store));
        assertEquals(Optional.of(LockFile.ofThisProcess()), WriterLock.writer(other));
        second.close();
        assertEquals("closed\n", Files.readString(other.resolve("lock")));
    }

    /** A file that is forgotten open is closed by the collector, and whatever lock this process has on it is lost then. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theLockFileIsOpenOnceWhileItIsLockedAndNotAtAllThen() throws IOException, InterruptedException {
        Path real = temp.toRealPath().resolve("store/lock");
        try (WriterLock lock = WriterLock.acquire(store)) {
            assertTrue(lock.isAfterAnother());
            assertEquals(1, OpenFiles.count(real));
            assertHeldHere();
            assertEquals(1, OpenFiles.count(real));
        }
        assertEquals(0, OpenFiles.count(real));
        Process holder = holdElsewhere();
        assertThrows(EngramException.Locked.class, () -> WriterLock.acquire(store));
        assertTrue(WriterLock.writer(store).isPresent());
        assertEquals(0, OpenFiles.count(real));
        end(holder);
    }

    @Test
    void anInterruptedThreadAsksAndLocksAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertEquals(Optional.empty(), WriterLock.writer(store));
        try (WriterLock lock = WriterLock.acquire(store)) {
            assertTrue(lock.isAfterAnother());
            assertHeldHere();
        }
        assertEquals(Optional.empty(), WriterLock.writer(store));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aLockFileThatNobodyMayWriteToKeepsWritersOutAndNobodyElse() throws IOException {
        Files.writeString(lockFile, "as it was");
        try (BindMount mount = BindMount.readOnly(lockFile)) {
            assumeTrue(mount != null, "needs the right to mount");
            assertFails(
                    EngramException.ReadOnly.class,
                    "cannot write to %s: no permission to write to its file lock; open it read-only or change its permissions"
                            .formatted(store));
            assertEquals(Optional.empty(), WriterLock.writer(store));
        }
        assertEquals("as it was", Files.readString(lockFile));
        WriterLock.acquire(store).close();
    }

    /** The path of the directory is just short enough for Linux, and that of the file in it is not. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whyALockFileCannotBeMadeIsTold() throws IOException {
        while (store.toString().length() < LONGEST_PATH - 255) {
            store = store.resolve("d".repeat(250));
        }
        store = store.resolve("d".repeat(LONGEST_PATH - store.toString().length() - 3));
        Files.createDirectories(store);
        assertFails(
                EngramException.IoFailure.class, "cannot open %s: File name too long".formatted(store.resolve("lock")));
    }

    /** A process that is no JVM locks the file as one does, and then goes on as a script says. */
    private Process lockElsewhere(String script) throws IOException {
        String locking = """
                import fcntl, os, sys
                path = sys.argv[1]
                file = open(path, 'r+')
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                print('held', flush=True)
                """;
        return new ProcessBuilder(
                        "python3",
                        "-c",
                        locking + script,
                        lockFile.toRealPath().toString(),
                        String.valueOf(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .start();
    }

    /** It holds the lock until it is told to let go. */
    private Process holdElsewhere() throws IOException {
        Process holder = lockElsewhere("sys.stdin.readline()");
        assertEquals('h', holder.getInputStream().read());
        return holder;
    }

    private static void end(Process holder) throws IOException, InterruptedException {
        holder.getOutputStream().close();
        assertEquals(0, holder.waitFor());
    }

    @Test
    void aProcessThatHoldsTheLockIsToldByWhatItsFileSays() throws IOException, InterruptedException {
        Files.writeString(lockFile, "77 far 2026-01-02T03:04:05Z\n");
        Process holder = holdElsewhere();
        String told = "process 77 on far, started 2026-01-02T03:04:05Z";
        assertEquals(told, WriterLock.writer(store).orElseThrow().toString());
        assertFails(
                EngramException.Locked.class,
                "store is open for writing elsewhere: %s: expected no other writer, found %s; close it there, or open the store read-only"
                        .formatted(store, told));
        assertEquals(told, WriterLock.writer(store).orElseThrow().toString());
        end(holder);
        assertEquals(Optional.empty(), WriterLock.writer(store));
        try (WriterLock lock = WriterLock.acquire(store)) {
            assertTrue(lock.isAfterAnother());
        }
    }

    /**
     * As a copy does that is complete: it removes the lock file and frees the lock, while this process already has that file
     * open and asks again. The other may be too slow for that, and then this process is kept out.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "open(path, 'w').close()"})
    @EnabledOnOs(OS.LINUX)
    void theLockThatWasWaitedForIsThatOfTheFileWithTheName(String inItsPlace) throws IOException, InterruptedException {
        String script = """
                def is_open(descriptor):
                    try:
                        return os.readlink(descriptor) == path
                    except OSError:
                        return False
                directory = '/proc/' + sys.argv[2] + '/fd/'
                while not any(is_open(directory + name) for name in os.listdir(directory)):
                    pass
                os.remove(path)
                """;
        WriterLock lock = null;
        for (int tries = 0; lock == null && tries < 50; tries++) {
            Files.writeString(lockFile, "");
            Process holder = lockElsewhere(script + inItsPlace);
            assertEquals('h', holder.getInputStream().read());
            try {
                lock = WriterLock.acquire(store);
            } catch (EngramException.Locked e) {
                // the other was too slow
            }
            end(holder);
        }
        try (WriterLock held = lock) {
            assertTrue(held.isAfterAnother());
            Process third = lockElsewhere("");
            assertNotEquals('h', third.getInputStream().read());
            third.waitFor();
            Path real = lockFile.toRealPath();
            assertEquals(1, OpenFiles.count(real));
            assertEquals(0, OpenFiles.count(Path.of(real + " (deleted)")));
        }
    }
}
