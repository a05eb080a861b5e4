package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.engram.store.fixture.FailingMedium;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A creation that fails or is killed anywhere leaves nothing that keeps the next one from its place. */
class CreationTest {

    private static final Geometry G = Patterns.SMALL;
    private static final Set<InterceptedMedium.Call> CHANGES =
            EnumSet.range(InterceptedMedium.Call.CREATE, InterceptedMedium.Call.FORCE_DIRECTORY);

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

    @Test
    void aCreationWhoseOpeningFailsLeavesAStoreAndAFreeLock() {
        StoreOptions options = StoreOptions.DEFAULT.withGeometry(G);
        for (int nth = 1; nth <= 3; nth++) {
            Path dir = temp.resolve("store " + nth);
            FailingMedium medium = new FailingMedium(StoreDirectory.DISK);
            Access access =
                    Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).on(medium);
            medium.arm(new FailingMedium.Fault(
                    Set.of(InterceptedMedium.Call.OPEN), nth, false, false, FailingMedium.BROKEN));
            assertThrows(EngramException.IoFailure.class, () -> OpenStore.create(dir, options, access));
            assertFalse(WriterLock.writer(dir).isPresent());
            EngramException.AlreadyExists refused =
                    assertThrows(EngramException.AlreadyExists.class, () -> OpenStore.create(dir, options, access));
            assertEquals(
                    "cannot create a store: %s: expected an empty directory or none, found header in it; choose another path"
                            .formatted(dir),
                    refused.getMessage());
            try (PatternStore store = PatternStore.open(dir)) {
                assertEquals(0, store.memorize("white", Patterns.all(G, 1)));
            }
        }
    }
}
