package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.EngramException;
import org.engram.store.fixture.InterceptedMedium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The names in a directory, and in which order they are made durable. */
class StoreDirectoryTest {

    @TempDir
    Path temp;

    private final List<String> calls = new ArrayList<>();

    /** The disk, and what was asked of it. */
    private final class Noting extends InterceptedMedium {

        Noting() {
            super(new Disk());
        }

        @Override
        protected void on(Call call, Path path, Pending pending) throws IOException {
            calls.add(call + " " + temp.relativize(path));
            pending.make();
        }
    }

    private StoreDirectory directory(String name) {
        return new StoreDirectory(temp.resolve(name), new Noting());
    }

    private static void assertFails(Class<? extends EngramException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void aDirectoryIsMadeWithThoseAboveItEachDurableInTheNext() {
        directory("a/b").create();
        assertEquals(
                List.of("CREATE_DIRECTORY a", "FORCE_DIRECTORY ", "CREATE_DIRECTORY a/b", "FORCE_DIRECTORY a"), calls);
        calls.clear();
        directory("a/b").create();
        assertEquals(List.of(), calls);
        assertTrue(directory("c").createUnlessThere());
        assertFalse(directory("c").createUnlessThere());
    }

    @Test
    void aCompleteFileTakesItsPlaceBeforeThatIsForced() throws IOException {
        StoreDirectory directory = directory("");
        Files.writeString(temp.resolve("x.tmp"), "new");
        Files.writeString(temp.resolve("x"), "old");
        directory.putInPlace("x");
        assertEquals(List.of("RENAME x"), calls);
        assertEquals("new", Files.readString(temp.resolve("x")));
        Files.writeString(temp.resolve("x.tmp"), "newer");
        directory.finish("x");
        assertEquals(List.of("RENAME x", "RENAME x", "FORCE_DIRECTORY "), calls);
        assertEquals(List.of("x"), directory.names());
        assertFails(
                EngramException.IoFailure.class,
                "cannot rename to %s: no such file".formatted(temp.resolve("x")),
                () -> directory.finish("x"));
    }

    @Test
    void aFileIsMadeAndOpenedByItsName() {
        StoreDirectory directory = StoreDirectory.onDisk(temp);
        try (StoreFile made = directory.create("x")) {
            made.write(0, new byte[] {7, 8}, 2);
        }
        try (StoreFile opened = directory.open("x", false)) {
            assertEquals(temp.resolve("x"), opened.path());
            assertEquals(2, opened.length());
        }
    }

    @Test
    void theNameOfADirectoryIsForcedWhereItStands() throws IOException {
        StoreDirectory one = directory("one");
        one.create();
        calls.clear();
        StoreDirectory other = one.sibling(".tmp");
        assertEquals(temp.resolve("one.tmp"), other.path());
        assertEquals(temp.resolve("one.tmp").toString(), other.toString());
        one.rename(other);
        other.forceName();
        other.force();
        assertEquals(List.of("RENAME one.tmp", "FORCE_DIRECTORY ", "FORCE_DIRECTORY one.tmp"), calls);
        assertFails(
                EngramException.IoFailure.class,
                "cannot rename to %s: no such file".formatted(temp.resolve("one.tmp")),
                () -> one.rename(other));
    }

    @Test
    void whatIsRemovedWasThereOrNotAndAFailureIsToldOrPassedOver() throws IOException {
        StoreDirectory directory = directory("");
        Files.writeString(temp.resolve("x"), "old");
        directory.remove("x");
        directory.remove("x");
        assertEquals(List.of(), directory.names());
        Files.createDirectories(temp.resolve("full/of"));
        assertFails(
                EngramException.IoFailure.class,
                "cannot remove %s: directory not empty".formatted(temp.resolve("full")),
                () -> directory.remove("full"));
        directory.tryRemove("full");
        directory.tryRemove("x");
        Files.writeString(temp.resolve("x"), "half");
        directory.tryRemove("x");
        assertEquals(List.of("full"), directory.names());
    }

    @Test
    void namesComeInOrderWithoutTheLostAndFoundOfADisk() throws IOException {
        for (String name : List.of("b", "c", "a")) {
            Files.createFile(temp.resolve(name));
        }
        Path lost = Files.createDirectory(temp.resolve("lost+found"));
        assertEquals(List.of("a", "b", "c"), directory("").names());
        Files.delete(lost);
        Files.createFile(lost);
        assertEquals(List.of("a", "b", "c", "lost+found"), directory("").names());
        Files.createSymbolicLink(temp.resolve("d"), Path.of("nothing"));
        assertTrue(directory("").has("d"));
        assertFalse(directory("").has("e"));
        assertFails(
                EngramException.IoFailure.class,
                "cannot list %s: no such file".formatted(temp.resolve("none")),
                () -> directory("none").names());
    }

    private void assertOccupied(String found, StoreDirectory directory, Executable call) {
        assertFails(
                EngramException.AlreadyExists.class,
                "cannot create a store: %s: expected an empty directory or none, found %s; choose another path"
                        .formatted(directory.path(), found),
                call);
    }

    @Test
    void onlyTheRemainsOfACreationMayBeWhereAStoreIsMade() throws IOException {
        StoreDirectory directory = directory("store");
        List<String> remains = List.of("journal", "header.tmp");
        directory.requireOnlyRemains(remains);
        directory.requireEmpty();
        directory.create();
        directory.requireOnlyRemains(remains);
        directory.requireEmpty();
        Files.writeString(directory.resolve("lock"), "1");
        assertOccupied("lock in it", directory, directory::requireEmpty);
        directory.requireEmptyExceptFor(List.of("lock"));
        Files.createFile(directory.resolve("journal"));
        Files.writeString(directory.resolve("header.tmp"), "half a header");
        directory.requireOnlyRemains(remains);
        Files.writeString(directory.resolve("journal"), "1");
        assertOccupied("journal in it, 1 bytes long", directory, () -> directory.requireOnlyRemains(remains));
        assertOccupied("journal in it", directory, () -> directory.requireOnlyRemains(List.of("header.tmp")));
        StoreDirectory file = directory("store/journal");
        assertOccupied("a file", file, file::requireEmpty);
        Files.createSymbolicLink(temp.resolve("link"), Path.of("nothing"));
        StoreDirectory link = directory("link");
        assertOccupied("a link to nothing", link, link::requireEmpty);
    }

    @Test
    void aStoreIsMadeOutsideOfTheOtherInADirectoryThatIsThere() throws IOException {
        Path store = Files.createDirectories(temp.resolve("store"));
        Path file = Files.createFile(temp.resolve("file"));
        directory("other").requireOutside(store);
        directory("").requireOutside(store);
        for (String within : List.of("store", "store/copy")) {
            assertFails(
                    EngramException.AlreadyExists.class,
                    "cannot create a store: %s: expected a place outside of %s, found one within; choose another path"
                            .formatted(temp.resolve(within), store),
                    () -> directory(within).requireOutside(store));
        }
        assertFails(
                EngramException.IoFailure.class,
                "cannot create a store: %s/copy: expected a directory %s to put it in, found a file; create it first"
                        .formatted(file, file),
                () -> directory("file/copy").requireOutside(store));
        assertFails(
                EngramException.IoFailure.class,
                "cannot create a store: %s/none/copy: expected a directory %s/none to put it in, found none; create it first"
                        .formatted(temp, temp),
                () -> directory("none/copy").requireOutside(store));
        assertFails(
                EngramException.IoFailure.class,
                "cannot find %s: no such file".formatted(temp),
                () -> directory("other").requireOutside(temp.resolve("gone")));
    }
}
