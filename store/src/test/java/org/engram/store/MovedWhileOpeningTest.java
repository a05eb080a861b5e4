package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.OpenFiles;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A store that is moved, moved away and back, or replaced while it is opened: the opening says so, and leaves no file open. */
class MovedWhileOpeningTest {

    private static final Geometry G = Patterns.SMALL;

    @TempDir
    Path temp;

    private Path dir;
    private Path aside;
    private Path other;

    @BeforeEach
    void createStores() throws IOException {
        Path real = temp.toRealPath();
        dir = real.resolve("store");
        aside = real.resolve("aside");
        other = real.resolve("other");
        for (Path path : List.of(dir, other)) {
            StoreOptions options =
                    StoreOptions.DEFAULT.withGeometry(G).withLayout(path.equals(dir) ? Layout.FULL : Layout.PACKED);
            try (PatternStore store = PatternStore.create(path, options)) {
                store.memorize("white", Patterns.all(G, 1));
            }
        }
    }

    private enum Move {
        AWAY,
        AWAY_AND_BACK,
        REPLACED
    }

    /** Moves the directory before the n-th call, or when that was made. */
    private final class Mover extends InterceptedMedium {

        private final Move move;
        private final int nth;
        private final boolean before;
        private int calls;

        Mover(Move move, int nth, boolean before) {
            super(StoreDirectory.DISK);
            this.move = move;
            this.nth = nth;
            this.before = before;
        }

        @Override
        protected void on(Call call, Path path, Pending pending) throws IOException {
            boolean moves = ++calls == nth;
            if (!before) {
                pending.make();
            }
            if (moves) {
                Files.move(dir, aside);
                if (move == Move.REPLACED) {
                    Files.move(other, dir);
                }
            }
            try {
                if (before) {
                    pending.make();
                }
            } finally {
                if (moves && move == Move.AWAY_AND_BACK) {
                    Files.move(aside, dir);
                }
            }
        }

        void putBack() throws IOException {
            if (Files.exists(aside)) {
                if (move == Move.REPLACED) {
                    Files.move(dir, other);
                }
                Files.move(aside, dir);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOpeningSaysThatTheStoreWasMovedAndLeavesNoFileOpen() throws IOException {
        Set<String> said = new TreeSet<>();
        for (Move move : Move.values()) {
            for (boolean before : new boolean[] {true, false}) {
                boolean done = false;
                for (int nth = 1; !done; nth++) {
                    Mover mover = new Mover(move, nth, before);
                    try (PatternStore store = Doors.open(dir, Access.READ_ONLY.on(mover))) {
                        assertEquals(G, store.geometry());
                        done = mover.calls < nth;
                    } catch (EngramException e) {
                        boolean isAway = e instanceof EngramException.NotAStore;
                        assertTrue(!isAway || e.getSuppressed().length == 1, "it keeps what failed");
                        said.add(e.getClass().getSimpleName() + " "
                                + e.getMessage().replace(dir.toString(), "DIR"));
                    }
                    assertEquals(List.of(), open(), "%s, %s call %d".formatted(move, before, nth));
                    mover.putBack();
                }
            }
        }
        List<String> expected = List.of(
                "NotAStore store was moved or deleted while it was being opened: DIR: expected the same directory, found none; open it again once it is back",
                "Superseded store was replaced while it was being opened: DIR: expected the files of one store, found those of two; open it again");
        assertTrue(said.containsAll(expected), said::toString);
        said.removeAll(expected);
        said.removeIf(line -> line.startsWith("Superseded store was replaced since it was opened: DIR"));
        assertEquals(Set.of(), said);
    }

    private List<Path> open() throws IOException {
        try (Stream<Path> files = Files.walk(temp.toRealPath())) {
            return files.filter(Files::isRegularFile)
                    .filter(MovedWhileOpeningTest::isOpen)
                    .toList();
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return OpenFiles.count(file) > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStoreThatLacksAFileOrTheBytesOfItsHeaderIsStillToldAsThat() throws IOException {
        Files.delete(dir.resolve("w.stripes"));
        EngramException.Corrupt refused =
                assertThrows(EngramException.Corrupt.class, () -> PatternStore.openReadOnly(dir));
        assertTrue(refused.getMessage().startsWith("store is incomplete: "), refused.getMessage());
        Files.write(dir.resolve(StoreDirectory.HEADER), new byte[0]);
        assertThrows(EngramException.NotAStore.class, () -> PatternStore.openReadOnly(dir));
    }
}
