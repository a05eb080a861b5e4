package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer at a time, in this JVM and in any other. */
class LockTest {

    private static final Geometry SMALL = new Geometry(8, 8);
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
    private static final String OPEN = "open";

    @TempDir
    Path directory;

    private Path store;

    @BeforeEach
    void createStore() {
        store = directory.resolve("store");
        PatternStore.create(store, StoreOptions.DEFAULT.withGeometry(SMALL)).close();
    }

    @Test
    void aSecondWriterInThisJvmIsTurnedAway() {
        try (PatternStore writer = PatternStore.open(store)) {
            assertLockedByThisProcess(store);
            assertEquals(0, writer.memorize("still open", white()));
        }
        PatternStore.open(store).close();
    }

    @Test
    void aSecondWriterInAnotherJvmIsTurnedAwayAndToldThePid() {
        try (PatternStore writer = PatternStore.open(store)) {
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
            assertEquals(0, writer.memorize("still open", white()));
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
        }
        assertEquals(OPEN, openElsewhere(store));
    }

    @Test
    void aWriterInAnotherJvmIsNamedByItsPidAndItsDeathFreesTheLock() {
        try (ChildJvm holder = ChildJvm.start(Holder.class, QUICK, store.toString(), "hold")) {
            holder.expect(OPEN);
            EngramException.Locked refused = assertThrows(EngramException.Locked.class, () -> PatternStore.open(store));
            assertEquals(locked(store, "process " + holder.pid()), refused.getMessage());
            assertEquals(
                    OptionalLong.of(holder.pid()), StoreInspector.inspect(store).writerPid());

            holder.kill();
            assertEquals(ChildJvm.KILLED, holder.exitCode());
            assertTrue(lockFileText().contains(String.valueOf(holder.pid())), "nobody tidied up: " + lockFileText());
            assertEquals(OptionalLong.empty(), StoreInspector.inspect(store).writerPid());
            try (PatternStore writer = PatternStore.open(store)) {
                assertEquals(0, writer.memorize("free again", white()));
                assertEquals(ProcessHandle.current().pid() + "\n", lockFileText());
            }
        }
    }

    @Test
    void aStalePidInTheLockFileKeepsNobodyOut() throws IOException {
        for (String stale : List.of("1\n", "4194304999\n", "no number", "x".repeat(5000), "")) {
            Files.writeString(store.resolve(StoreDirectory.LOCK), stale);
            try (PatternStore writer = PatternStore.open(store)) {
                assertEquals(ProcessHandle.current().pid() + "\n", lockFileText());
                assertTrue(writer.size() >= 0);
            }
            assertEquals("", lockFileText());
            assertEquals(OptionalLong.empty(), StoreInspector.inspect(store).writerPid());
        }
    }

    @Test
    void readersOpenBesideAWriterAndClosingThemLosesNoLock() {
        try (PatternStore writer = PatternStore.open(store)) {
            writer.memorize("white", white());
            for (int i = 0; i < 3; i++) {
                try (PatternStore reader = PatternStore.openReadOnly(store)) {
                    assertEquals(white(), reader.pattern("white"));
                }
            }
            StoreInspector.verify(store, (done, total) -> {});
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
        }
    }

    @Test
    void aRefusedSecondWriterLosesNoLock() {
        try (PatternStore writer = PatternStore.open(store)) {
            assertLockedByThisProcess(store);
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
            assertEquals(0, writer.size());
        }
    }

    @Test
    void aSymbolicLinkLeadsToTheSameLock() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), store);
        try (PatternStore writer = PatternStore.open(link)) {
            assertLockedByThisProcess(store);
            assertLockedByThisProcess(link);
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
            assertEquals(lockedByThisProcess(link), openElsewhere(link));
            assertEquals(0, writer.size());
        }
        assertEquals(OPEN, openElsewhere(link));
    }

    @Test
    void aStoreThatWasMovedWhileOpenKeepsItsLock() throws IOException {
        Path moved = directory.resolve("moved");
        try (PatternStore writer = PatternStore.open(store)) {
            Files.move(store, moved);
            assertLockedByThisProcess(moved);
            assertEquals(lockedByThisProcess(moved), openElsewhere(moved));
            assertEquals(0, writer.memorize("still open", white()));
            assertEquals(white(), writer.pattern("still open"), "read from the file that was opened");
        }
        assertEquals(OPEN, openElsewhere(moved));
    }

    @Test
    void anotherClassLoaderIsKeptOutAndDoesNotTakeTheLockAway() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        try (PatternStore writer = PatternStore.open(store);
                URLClassLoader other =
                        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method open = other.loadClass(PatternStore.class.getName()).getMethod("open", Path.class);
            InvocationTargetException e = assertThrows(InvocationTargetException.class, () -> open.invoke(null, store));
            assertEquals(
                    EngramException.Locked.class.getName(),
                    e.getCause().getClass().getName());
            assertEquals(lockedByThisProcess(store), openElsewhere(store), "the lock is still held");
            assertEquals(0, writer.memorize("still open", white()));
        }
    }

    @Test
    void theSameStoreUnderTwoMountsHasOneLock() throws IOException {
        Path at = directory.resolve("mount");
        try (BindMount mount = BindMount.of(store, at, false)) {
            assumeTrue(mount != null, "needs the right to mount");
            try (PatternStore writer = PatternStore.open(store)) {
                assertLockedByThisProcess(at);
                assertEquals(lockedByThisProcess(store), openElsewhere(store));
                assertEquals(0, writer.size());
            }
        }
    }

    @Test
    void aLinkInPlaceOfTheLockFileIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("precious"), "keep");
        Files.deleteIfExists(store.resolve(StoreDirectory.LOCK));
        Files.createSymbolicLink(store.resolve(StoreDirectory.LOCK), elsewhere);
        EngramException.Corrupt refused = assertThrows(EngramException.Corrupt.class, () -> PatternStore.open(store));
        assertEquals(
                "store is damaged: %s: expected a regular file, found a link; restore it from a copy"
                        .formatted(store.resolve(StoreDirectory.LOCK)),
                refused.getMessage());
        assertEquals("keep", Files.readString(elsewhere));
    }

    private static void assertLockedByThisProcess(Path path) {
        EngramException.Locked refused = assertThrows(EngramException.Locked.class, () -> PatternStore.open(path));
        assertEquals(locked(path, "this process, pid " + ProcessHandle.current().pid()), refused.getMessage());
    }

    private static String lockedByThisProcess(Path path) {
        return locked(path, "process " + ProcessHandle.current().pid());
    }

    private static String locked(Path path, String holder) {
        return "store is open for writing elsewhere: %s: held by %s; close it there, or open the store read-only"
                .formatted(path, holder);
    }

    private static String openElsewhere(Path path) {
        try (ChildJvm other = ChildJvm.start(Holder.class, QUICK, path.toString(), "leave")) {
            String said = other.line();
            assertEquals(0, other.exitCode(), other.err());
            return said;
        }
    }

    private String lockFileText() {
        try {
            return Files.readString(store.resolve(StoreDirectory.LOCK), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Pattern white() {
        BitSet white = new BitSet();
        white.set(0, SMALL.pixels());
        return Pattern.blackAndWhite(SMALL, white);
    }

    /** Another process that wants to write; says whether it may. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws InterruptedException {
            try (PatternStore store = PatternStore.open(Path.of(args[0]))) {
                System.out.println(store.isReadOnly() ? "read-only" : OPEN);
                if (args[1].equals("hold")) {
                    Thread.sleep(Long.MAX_VALUE);
                }
            } catch (EngramException.Locked e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
