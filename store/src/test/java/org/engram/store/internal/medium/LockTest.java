package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.StoreReport;
import org.engram.store.Writer;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.QuickJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One writer at a time, in this JVM and in any other. */
public class LockTest {

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

    /** What is there when somebody comes. */
    enum Situation {
        THIS_JVM(Outcome.HELD_HERE, Outcome.OPEN, Outcome.WRITER_HERE, Outcome.HELD_HERE) {
            @Override
            AutoCloseable begin(Path store) {
                return PatternStore.open(store);
            }
        },
        OTHER_JVM(Outcome.HELD_THERE, Outcome.OPEN, Outcome.WRITER_THERE, Outcome.HELD_THERE) {
            @Override
            AutoCloseable begin(Path store) {
                return holdElsewhere(store);
            }
        },
        /** Its pid means something else here, or nothing. */
        OTHER_PID_NAMESPACE(Outcome.HELD_THERE, Outcome.OPEN, Outcome.WRITER_THERE, Outcome.HELD_THERE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return Namespaced.hold(store);
            }
        },
        OTHER_CLASS_LOADER(Outcome.HELD_HERE, Outcome.OPEN, Outcome.WRITER_HERE, Outcome.HELD_HERE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
                Method open = other.loadClass(PatternStore.class.getName()).getMethod("open", Path.class);
                AutoCloseable writer = (AutoCloseable) open.invoke(null, store);
                return () -> {
                    writer.close();
                    other.close();
                };
            }
        },
        KILLED_JVM(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                try (ChildJvm holder = holdElsewhere(store)) {
                    holder.kill();
                    assertEquals(ChildJvm.KILLED, holder.exitCode());
                    String said = Files.readString(store.resolve(StoreDirectory.LOCK));
                    assertTrue(said.startsWith(holder.pid() + " "), said);
                }
                return Situation::nobody;
            }
        },
        DEAD_PID(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return leave(store, "4194304999\n");
            }
        },
        GARBAGE(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return leave(store, "no number");
            }
        },
        MUCH_GARBAGE(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return leave(store, "9".repeat(5000));
            }
        },
        /** The lock tells, not the file. */
        PID_OF_A_STRANGER(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return leave(store, "1 here 2026-01-01T00:00:00Z\n");
            }
        },
        READ_ONLY_DIRECTORY(Outcome.NOT_WRITABLE, Outcome.OPEN, Outcome.NO_WRITER, Outcome.NOT_WRITABLE) {
            @Override
            AutoCloseable begin(Path store) {
                if (System.getProperty("user.name").equals("root")
                        || !store.toFile().setWritable(false)) {
                    return null;
                }
                return () -> assertTrue(store.toFile().setWritable(true));
            }
        },
        READ_ONLY_MOUNT(Outcome.NOT_WRITABLE, Outcome.OPEN, Outcome.NO_WRITER, Outcome.NOT_WRITABLE) {
            @Override
            AutoCloseable begin(Path store) throws Exception {
                return BindMount.of(store, seenFrom(store), true);
            }

            @Override
            Path seenFrom(Path store) {
                return store.resolveSibling("mount");
            }
        };

        /** What one gets who opens for writing, opens for reading, inspects, and rebuilds. */
        private final Outcome written;

        private final Outcome read;
        private final Outcome inspected;
        private final Outcome rebuilt;

        Situation(Outcome written, Outcome read, Outcome inspected, Outcome rebuilt) {
            this.written = written;
            this.read = read;
            this.inspected = inspected;
            this.rebuilt = rebuilt;
        }

        List<Outcome> outcomes() {
            return List.of(written, read, inspected, rebuilt);
        }

        /** Brings it about until it is closed; null where that cannot be done. */
        abstract AutoCloseable begin(Path store) throws Exception;

        /** The path by which others come. */
        Path seenFrom(Path store) {
            return store;
        }

        private static void nobody() {}

        private static AutoCloseable leave(Path store, String text) throws IOException {
            Files.writeString(store.resolve(StoreDirectory.LOCK), text);
            return Situation::nobody;
        }

        private static URL[] classPath() throws IOException {
            List<URL> path = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                path.add(Path.of(entry).toUri().toURL());
            }
            return path.toArray(URL[]::new);
        }
    }

    /** What somebody gets, as {@link Visitor} says it; with the path of the store and the pid that it names. */
    enum Outcome {
        OPEN("open"),
        DONE("rebuilt 1"),
        NO_WRITER("sound, writer none"),
        WRITER_HERE("sound, writer %2$d"),
        WRITER_THERE("sound, writer %2$d"),
        HELD_HERE(
                "Locked: store is open for writing elsewhere: %1$s: expected no other writer, found this process, pid %2$d;"
                        + " close it there, or open the store read-only"),
        HELD_THERE("Locked: store is open for writing elsewhere: %1$s: expected no other writer, found %3$s;"
                + " close it there, or open the store read-only"),
        NOT_WRITABLE("ReadOnly: cannot write to %1$s: no permission to write;"
                + " open it read-only or change its permissions");

        private final String format;

        Outcome(String format) {
            this.format = format;
        }

        String text(Path store, Writer holder) {
            return format.formatted(store, holder.pid().getAsLong(), holder);
        }

        /** The same as another process gets it. */
        Outcome elsewhere() {
            return this == HELD_HERE ? HELD_THERE : this;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayDoWhatAndWhatTheOthersAreTold(Situation situation) throws Exception {
        try (PatternStore writer = PatternStore.open(store)) {
            writer.memorize("white", white());
        }
        Path seen = situation.seenFrom(store);
        try (AutoCloseable there = situation.begin(store)) {
            assumeTrue(there != null, "needs a right that this process has not, or one less than it has");
            Writer holder = holder(there);
            List<Outcome> expected = situation.outcomes();
            assertEquals(texts(expected, seen, holder), Visitor.visit(seen), "in this process");
            if (expected.get(0) != Outcome.OPEN) {
                // Nobody who was turned away, or only read, took the lock with him: another process gets the same.
                List<Outcome> elsewhere =
                        expected.stream().map(Outcome::elsewhere).toList();
                assertEquals(texts(elsewhere, seen, holder), visitElsewhere(seen), "in another process");
            }
        }
        assertEquals(
                texts(List.of(Outcome.OPEN, Outcome.OPEN, Outcome.NO_WRITER, Outcome.DONE), store, writer(0)),
                Visitor.visit(store));
        assertEquals("closed\n", lockFileText());
    }

    private static Writer holder(AutoCloseable holder) {
        return switch (holder) {
            case ChildJvm other -> writer(other.pid());
            case Namespaced other -> other.writer();
            default -> writer(ProcessHandle.current().pid());
        };
    }

    private static List<String> texts(List<Outcome> outcomes, Path store, Writer holder) {
        return outcomes.stream().map(outcome -> outcome.text(store, holder)).toList();
    }

    /** A writer that is the first process of a namespace of its own. */
    private record Namespaced(ChildJvm outside, ProcessHandle inside) implements AutoCloseable {

        /** Null where none may be made. */
        static Namespaced hold(Path store) {
            List<String> command =
                    new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child"));
            command.addAll(QuickJvm.command(Holder.class, store.toString(), "hold"));
            ChildJvm outside;
            try {
                outside = ChildJvm.start(store.getParent(), command);
            } catch (UncheckedIOException e) {
                return null;
            }
            String said = outside.line();
            if (said == null) {
                outside.close();
                return null;
            }
            assertEquals(OPEN, said);
            ProcessHandle unshare = ProcessHandle.of(outside.pid()).orElseThrow();
            return new Namespaced(outside, unshare.children().findFirst().orElseThrow());
        }

        Writer writer() {
            return new Writer(OptionalLong.of(1), Optional.of(host()), started(inside));
        }

        @Override
        public void close() {
            outside.close();
            inside.onExit().join();
        }
    }

    /** Comes for all of it, and says what it got; inspects first, because a writer tidies the lock file. */
    static final class Visitor {

        private Visitor() {}

        public static void main(String[] args) {
            visit(Path.of(args[0])).forEach(System.out::println);
        }

        static List<String> visit(Path store) {
            String inspected = told(() -> {
                StoreReport report = StoreCare.verify(store, (done, total) -> {});
                String writer = report.writer()
                        .map(there -> String.valueOf(there.pid().getAsLong()))
                        .orElse("none");
                return "%s, writer %s".formatted(report.isSound() ? "sound" : "damaged", writer);
            });
            String read = told(() -> {
                try (PatternStore reader = PatternStore.openReadOnly(store)) {
                    assertEquals(white(), reader.pattern("white"));
                    return OPEN;
                }
            });
            String written = told(() -> {
                try (PatternStore writer = PatternStore.open(store)) {
                    long pid = ProcessHandle.current().pid();
                    assertEquals(
                            described(pid),
                            StoreCare.writer(store).orElseThrow().toString());
                    writer.replace("white", white());
                    writer.forget("white");
                    writer.memorize("white", white());
                    return OPEN;
                }
            });
            String rebuilt = told(() -> "rebuilt " + (StoreCare.rebuild(store, (done, total) -> {}) > 0 ? 1 : 0));
            return List.of(written, read, inspected, rebuilt);
        }

        private static String told(Supplier<String> visit) {
            try {
                return visit.get();
            } catch (EngramException e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
    }

    private static List<String> visitElsewhere(Path store) {
        try (ChildJvm other = ChildJvm.start(Visitor.class, QUICK, store.toString())) {
            List<String> said = other.remainingLines();
            assertEquals(0, other.exitCode(), other.err());
            return said;
        }
    }

    private static ChildJvm holdElsewhere(Path store) {
        ChildJvm holder = ChildJvm.start(Holder.class, QUICK, store.toString(), "hold");
        holder.expect(OPEN);
        return holder;
    }

    @Test
    void aRefusedWriterLeavesTheOtherUsable() {
        try (PatternStore writer = PatternStore.open(store)) {
            assertLockedByThisProcess(store);
            assertEquals(lockedByThisProcess(store), openElsewhere(store));
            assertEquals(0, writer.memorize("still open", white()));
        }
        assertEquals(OPEN, openElsewhere(store));
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
            EngramException.Superseded superseded =
                    assertThrows(EngramException.Superseded.class, () -> writer.memorize("still open", white()));
            assertEquals(
                    "store was replaced since it was opened: %s: expected the same file, found none; reopen the store"
                            .formatted(store.resolve(StoreDirectory.JOURNAL)),
                    superseded.getMessage());
        }
        assertEquals(OPEN, openElsewhere(moved));
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
                "store is damaged: %s: expected a regular file, found a link; restore it from a copy, or run engram salvage"
                        .formatted(store.resolve(StoreDirectory.LOCK)),
                refused.getMessage());
        assertEquals("keep", Files.readString(elsewhere));
    }

    private static void assertLockedByThisProcess(Path path) {
        EngramException.Locked refused = assertThrows(EngramException.Locked.class, () -> PatternStore.open(path));
        assertEquals(locked(path, "this process, pid " + ProcessHandle.current().pid()), refused.getMessage());
    }

    private static String lockedByThisProcess(Path path) {
        return locked(path, described(ProcessHandle.current().pid()));
    }

    /** A process of this host, as its messages name it. */
    private static String described(long pid) {
        return writer(pid).toString();
    }

    private static Writer writer(long pid) {
        Optional<Instant> started = ProcessHandle.of(pid).flatMap(LockTest::started);
        return new Writer(OptionalLong.of(pid), Optional.of(host()), started);
    }

    private static Optional<Instant> started(ProcessHandle process) {
        return process.info().startInstant().map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String locked(Path path, String holder) {
        return "store is open for writing elsewhere: %s: expected no other writer, found %s; close it there, or open the store read-only"
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
        return lockFileText(store);
    }

    private static String lockFileText(Path store) {
        try {
            return Files.readString(store.resolve(StoreDirectory.LOCK), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Pattern white() {
        BitSet white = new BitSet();
        white.set(0, SMALL.pixels());
        return Pattern.twoValued(SMALL, white);
    }

    /** Another process that wants to write; says whether it may. */
    public static final class Holder {

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
