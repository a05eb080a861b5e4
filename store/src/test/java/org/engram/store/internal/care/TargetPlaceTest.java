package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.fixture.BindMount;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.WriterLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store can be made wherever an empty directory is, whatever the file system does with it. */
class TargetPlaceTest {

    @TempDir
    private Path temp;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = CareStores.create(temp.resolve("store"), Layout.FULL);
    }

    /** All verbs make it there, and nothing is beside it then. */
    private void assertMadeAt(Path target, String... others) throws IOException {
        for (CareStores.Verb verb : CareStores.VERBS.values()) {
            verb.run(store, StoreDirectory.onDisk(target));
            assertEquals(CareStores.contents(store), CareStores.contents(target));
            Set<String> expected = new TreeSet<>(CareStores.files(store).keySet());
            expected.addAll(List.of(others));
            assertEquals(expected, names(target));
            try (Stream<Path> files = Files.list(target)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void aMountPoint() throws IOException {
        Path at = temp.resolve("volume");
        try (BindMount mount = BindMount.ofMemory(at, "2m")) {
            assumeTrue(mount != null, "needs the right to mount");
            assertMadeAt(at);
        }
        assertEquals(Set.of("store", "volume"), names(temp));
    }

    @Test
    void aMountPointInADirectoryThatCanOnlyBeRead() throws IOException {
        Path parent = Files.createDirectory(temp.resolve("parent"));
        Files.createDirectory(parent.resolve("volume"));
        Path at = temp.resolve("root");
        try (BindMount root = BindMount.of(parent, at, true)) {
            assumeTrue(root != null, "needs the right to mount");
            Path volume = Files.createDirectory(temp.resolve("disk"));
            // Mounts want a directory of their own to make; the place is there already, as in an image.
            assumeTrue(mount(volume, at.resolve("volume")), "needs the right to mount");
            try {
                assertThrows(
                        EngramException.class, () -> StoreCare.copy(store, at.resolve("other"), CareStores.SILENT));
                assertMadeAt(at.resolve("volume"));
            } finally {
                assertEquals(0, run("umount", at.resolve("volume").toString()));
            }
        }
    }

    private static boolean mount(Path directory, Path at) {
        return run("mount", "--bind", directory.toString(), at.toString()) == 0;
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Test
    void aLinkToADirectoryOfAnotherName() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("there"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), directory);
        assertMadeAt(link);
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aLinkOnTheWayIsFollowedBeforeTheDotsBehindIt() throws IOException {
        Path there = temp.resolve("there");
        Files.createDirectories(there.resolve("inner"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), there.resolve("inner"));
        StoreCare.copy(store, link.resolve("../made"), CareStores.SILENT);
        assertEquals(CareStores.contents(store), CareStores.contents(there.resolve("made")));
        assertEquals(Set.of("inner", "made"), names(there));
        assertEquals(Set.of("store", "there", "link"), names(temp));
    }

    @Test
    void theTopOfAFreshDiskWithItsLostAndFound() throws IOException {
        Path top = Files.createDirectory(temp.resolve("top"));
        Files.createDirectory(top.resolve("lost+found"));
        assertMadeAt(top, "lost+found");
        try (PatternStore made = PatternStore.create(top)) {
            assertEquals(0, made.size());
        }
        assertTrue(Files.isDirectory(top.resolve("lost+found")));
    }

    @Test
    void aFileOfThatNameIsNoLostAndFound() throws IOException {
        Path top = Files.createDirectory(temp.resolve("top"));
        Files.createFile(top.resolve("lost+found"));
        EngramException e =
                assertThrows(EngramException.AlreadyExists.class, () -> StoreCare.copy(store, top, CareStores.SILENT));
        assertTrue(e.getMessage().contains("found lost+found in it"), e.getMessage());
    }

    @Test
    void aLinkToNothingIsRefusedAtOnce() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("nowhere"));
        EngramException e = assertThrows(
                EngramException.AlreadyExists.class,
                () -> StoreCare.copy(store, link, (done, total) -> {
                    throw new AssertionError("begun");
                }));
        assertEquals(
                "cannot create a store: %s: expected an empty directory or none, found a link to nothing; choose another path"
                        .formatted(link),
                e.getMessage());
    }

    @Test
    void aRunThatFailsBesideALiveOneTakesNothingFromIt() throws IOException {
        Path target = temp.resolve("target");
        StoreCare.copy(store, target, (done, total) -> {
            for (int i = 0; i < 3; i++) {
                assertThrows(EngramException.Locked.class, () -> StoreCare.copy(store, target, CareStores.SILENT));
            }
            assertTrue(Files.exists(temp.resolve("target.tmp/lock")));
        });
        assertEquals(CareStores.contents(store), CareStores.contents(target));
        assertEquals(Set.of("store", "target"), names(temp));
    }

    @Test
    void aFailureInADirectoryThatWasThereLeavesItEmptyAndUnlocked() throws IOException {
        Path target = Files.createDirectory(temp.resolve("target"));
        assertThrows(
                IllegalStateException.class,
                () -> StoreCare.copy(store, target, (done, total) -> {
                    throw new IllegalStateException("stop");
                }));
        assertEquals(Set.of(), names(target));
        WriterLock.acquire(target).close();
        Files.delete(target.resolve("lock"));
        StoreCare.copy(store, target, CareStores.SILENT);
        assertFalse(Files.exists(target.resolve("unfinished")));
    }

    @Test
    void aPathThatEndsWithADotNamesItsDirectory() throws IOException {
        Path target = temp.resolve("made");
        StoreCare.copy(store, target.resolve("."), CareStores.SILENT);
        assertEquals(CareStores.contents(store), CareStores.contents(target));
        assertEquals(Set.of("store", "made"), names(temp));
        StoreBytes.delete(target);
        EngramException e = assertThrows(
                EngramException.AlreadyExists.class,
                () -> StoreCare.copy(store, store.resolve(".."), CareStores.SILENT));
        assertEquals(
                "cannot create a store: %s: expected an empty directory or none, found store in it; choose another path"
                        .formatted(temp),
                e.getMessage());
    }
}
