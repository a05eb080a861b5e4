package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.FailingMedium;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A creation that fails or is killed anywhere leaves nothing that keeps the next one from its place. */
class CreationTest {

    private static final Geometry G = Patterns.SMALL;
    private static final Set<InterceptedMedium.Call> CHANGES =
            EnumSet.range(InterceptedMedium.Call.CREATE, InterceptedMedium.Call.FORCE_DIRECTORY);
    private static final Set<InterceptedMedium.Call> ALL_CALLS = EnumSet.allOf(InterceptedMedium.Call.class);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void aCreationThatDiedAtAnyCallIsTakenOverByTheNext(Layout layout) {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(layout);
        for (Function<Path, PatternStore> again : List.<Function<Path, PatternStore>>of(
                dir -> PatternStore.create(dir, options), dir -> PatternStore.openOrCreate(dir, options))) {
            int calls = 0;
            for (boolean done = false; !done; calls++) {
                Path dir = temp.resolve(layout + " " + again.hashCode() + " " + calls);
                FailingMedium medium = new FailingMedium(StoreDirectory.DISK);
                medium.arm(new FailingMedium.Fault(CHANGES, calls + 1, true, true, FailingMedium.BROKEN));
                try {
                    Doors.create(
                            new StoreDirectory(dir, medium),
                            Doors.header(options, UUID.randomUUID(), Clock.systemUTC()));
                    done = true;
                } catch (EngramException.IoFailure e) {
                    assertFalse(e.getMessage().isEmpty());
                }
                if (!Files.exists(dir.resolve(StoreDirectory.HEADER))) {
                    try (PatternStore store = again.apply(dir)) {
                        assertEquals(0, store.memorize("white", Patterns.all(G, 1)));
                    }
                }
            }
            assertEquals(true, calls > 8, "the creation made " + calls + " calls");
        }
    }

    @Test
    void filesThatHoldSomethingAreNoRemainsOfACreation() throws IOException {
        Path dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G))) {
            store.memorize("white", Patterns.all(G, 1));
        }
        Files.delete(dir.resolve(StoreDirectory.HEADER));
        long length = Files.size(dir.resolve(StoreDirectory.JOURNAL));
        EngramException.AlreadyExists refused =
                assertThrows(EngramException.AlreadyExists.class, () -> PatternStore.create(dir));
        assertEquals(
                "cannot create a store: %s: expected an empty directory or none, found journal in it, %d bytes long; choose another path"
                        .formatted(dir, length),
                refused.getMessage());
        assertEquals(length, Files.size(dir.resolve(StoreDirectory.JOURNAL)));
    }

    @Test
    void aStrangersFileKeepsEveryOtherFileAsItIs() throws IOException {
        Path dir = Files.createDirectory(temp.resolve("store"));
        Files.createFile(dir.resolve(StoreDirectory.JOURNAL));
        Files.writeString(dir.resolve("precious"), "keep");
        assertThrows(EngramException.AlreadyExists.class, () -> PatternStore.create(dir));
        assertEquals(List.of("journal", "precious"), new StoreDirectory(dir, StoreDirectory.DISK).names());
    }

    /** Between its creation and its opening a store is nobody else's. */
    @Test
    void theLockIsHeldFromTheFirstFileUntilTheStoreIsClosed() {
        Path dir = temp.resolve("store");
        List<Boolean> held = new ArrayList<>();
        InterceptedMedium medium = new InterceptedMedium(StoreDirectory.DISK) {
            @Override
            protected void on(Call call, Path path, Pending pending) throws IOException {
                pending.make();
                if (call != Call.CREATE_DIRECTORY && path.startsWith(dir)) {
                    held.add(WriterLock.writer(dir).isPresent());
                }
            }
        };
        Access access =
                Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).on(medium);
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G);
        OpenStore.create(dir, options, access).close();
        assertFalse(held.contains(false), held::toString);
        assertEquals(true, held.size() > 12, "calls: " + held.size());
        assertFalse(WriterLock.writer(dir).isPresent());
    }

    /** One way to make a store. */
    private interface Maker {
        OpenStore make(Path dir, StoreOptions options, Access access);
    }

    private static final List<Maker> MAKERS = List.of(OpenStore::create, OpenStore::openOrCreate);

    private static Access on(InterceptedMedium medium) {
        return Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).on(medium);
    }

    @ParameterizedTest
    @EnumSource
    void aCreationThatFailsAtAnyCallLeavesNothingAndCanBeRepeated(Layout layout) throws IOException {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(layout);
        for (Maker maker : MAKERS) {
            for (boolean there : new boolean[] {false, true}) {
                Set<InterceptedMedium.Call> failed = EnumSet.noneOf(InterceptedMedium.Call.class);
                int calls = 0;
                for (boolean done = false; !done; calls++) {
                    Path dir = temp.resolve("%s %d %s %d".formatted(layout, MAKERS.indexOf(maker), there, calls));
                    if (there) {
                        Files.createDirectory(dir);
                    }
                    FailingMedium medium = new FailingMedium(StoreDirectory.DISK);
                    medium.arm(new FailingMedium.Fault(ALL_CALLS, calls + 1, false, false, FailingMedium.BROKEN));
                    try {
                        maker.make(dir, options, on(medium)).close();
                        done = true;
                    } catch (EngramException.IoFailure e) {
                        failed.add(medium.failedFirst());
                        assertEquals(List.of(), left(dir), e.getMessage());
                        boolean ofItsName = medium.failedFirst() == InterceptedMedium.Call.FORCE_DIRECTORY;
                        assertEquals(true, ofItsName || there == Files.exists(dir), e.getMessage());
                        try (OpenStore again = maker.make(dir, options, on(medium))) {
                            assertEquals(0, again.view().count());
                        }
                    }
                }
                assertEquals(true, failed.contains(InterceptedMedium.Call.OPEN) && calls > 20, failed::toString);
            }
        }
    }

    private static List<String> left(Path dir) {
        return Files.exists(dir) ? StoreDirectory.onDisk(dir).names() : List.of();
    }

    /** What comes between a creation and its opening. */
    private interface Meddling {
        void meddle(Path dir, Path aside) throws IOException;
    }

    @Test
    void aCreationThatFailsLeavesToAnotherWhatThatHasTaken() throws IOException {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
        Meddling lockLost = (dir, _) -> Files.delete(dir.resolve(StoreDirectory.LOCK));
        Meddling replaced = (dir, aside) -> {
            Files.move(dir, aside);
            PatternStore.create(dir, options).close();
        };
        Meddling written = (dir, _) -> Files.writeString(dir.resolve(StoreDirectory.JOURNAL), "more");
        for (Meddling meddling : List.of(lockLost, replaced, written)) {
            Path dir = temp.resolve("store " + meddling.hashCode());
            InterceptedMedium medium = new InterceptedMedium(StoreDirectory.DISK) {
                @Override
                protected void on(Call call, Path path, Pending pending) throws IOException {
                    if (call == Call.OPEN) {
                        meddling.meddle(dir, temp.resolve("aside " + meddling.hashCode()));
                        throw new IOException(FailingMedium.BROKEN);
                    }
                    pending.make();
                }
            };
            assertThrows(EngramException.class, () -> OpenStore.create(dir, options, on(medium)));
            assertFalse(WriterLock.writer(dir).isPresent());
            assertEquals(true, left(dir).containsAll(List.of("header", "journal", "plane.bits")), left(dir)::toString);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCreationThatRunsOutOfDescriptorsLeavesNothingAndCanBeRepeated() {
        List<String> command = List.of(
                "sh",
                "-c",
                "ulimit -n 200; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ChildJvm.argumentFile(),
                "-cp",
                System.getProperty("java.class.path"),
                FewDescriptors.class.getName(),
                temp.toString());
        try (ChildJvm child = ChildJvm.start(Path.of(""), command)) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            assertEquals(true, lines.stream().anyMatch(line -> line.contains("map")), lines::toString);
        }
    }

    /** A process in which one creation after the other has one more descriptor to take. Prints why each failed. */
    static final class FewDescriptors {

        private FewDescriptors() {}

        public static void main(String[] args) throws IOException {
            StoreOptions options = StoreOptions.DEFAULT.withGeometry(G);
            Path temp = Path.of(args[0]);
            // What a JVM opens once is open from here on.
            PatternStore.create(temp.resolve("warm"), options).close();
            boolean done = false;
            for (int free = 2; !done; free++) {
                Path dir = temp.resolve("store " + free);
                List<FileChannel> others = takeAll();
                for (int i = 0; i < free; i++) {
                    others.removeLast().close();
                }
                try (PatternStore _ = PatternStore.create(dir, options)) {
                    done = true;
                } catch (EngramException.IoFailure e) {
                    IO.println(e.getMessage());
                }
                for (FileChannel other : others) {
                    other.close();
                }
                if (!done) {
                    PatternStore.create(dir, options).close();
                }
            }
        }

        private static List<FileChannel> takeAll() {
            List<FileChannel> taken = new ArrayList<>();
            try {
                while (true) {
                    taken.add(FileChannel.open(Path.of("/dev/null"), StandardOpenOption.READ));
                }
            } catch (IOException e) {
                return taken;
            }
        }
    }
}
