package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A store needs locks and mappings, which only the file system of the operating system has. */
class OtherFileSystemTest {

    private static final Progress SILENT = (done, total) -> {};

    @TempDir
    private Path temp;

    @Test
    void aPathWithinAnArchiveIsRefusedByName() throws IOException {
        Path zip = temp.resolve("stores.zip");
        Path store = temp.resolve("store");
        PatternStore.create(store).close();
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = archive.getPath("/store");
            Files.createDirectory(inside);
            assertRefused(inside, () -> PatternStore.create(inside));
            assertRefused(inside, () -> PatternStore.open(inside));
            assertRefused(inside, () -> PatternStore.openReadOnly(inside));
            assertRefused(inside, () -> PatternStore.openOrCreate(inside, StoreOptions.DEFAULT));
            assertRefused(inside, () -> StoreCare.inspect(inside));
            assertRefused(inside, () -> StoreCare.verify(inside, SILENT));
            assertRefused(inside, () -> StoreCare.writer(inside));
            assertRefused(inside, () -> StoreCare.rebuild(inside, SILENT));
            assertRefused(inside, () -> StoreCare.copy(inside, temp.resolve("copy"), SILENT));
            assertRefused(inside, () -> StoreCare.copy(store, inside, SILENT));
            assertRefused(inside, () -> StoreCare.compact(inside, temp.resolve("copy"), SILENT));
            assertRefused(inside, () -> StoreCare.compact(store, inside, SILENT));
            assertRefused(inside, () -> StoreCare.salvage(inside, temp.resolve("copy"), SILENT));
            assertRefused(inside, () -> StoreCare.salvage(store, inside, SILENT));
            assertRefused(inside, () -> StoreCare.diff(store, inside, SILENT));
            assertRefused(inside, () -> StoreCare.diff(inside, store, SILENT));
            try (var files = Files.list(inside)) {
                assertEquals(0, files.count());
            }
        }
    }

    private static void assertRefused(Path path, Executable call) {
        assertEquals(
                "cannot use a path of another file system: %s: expected a path of the default file system, found one of jar; copy the store to a directory there"
                        .formatted(path),
                assertThrows(EngramException.IoFailure.class, call).getMessage());
    }
}
