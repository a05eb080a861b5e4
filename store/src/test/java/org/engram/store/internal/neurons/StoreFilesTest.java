package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoreFilesTest {

    private static final Geometry G = new Geometry(5, 3);

    @TempDir
    Path temp;

    /** Nothing waits for records that another process has cut off since they were read. */
    @Test
    @Timeout(value = 30, threadMode = SEPARATE_THREAD)
    void neuronsWhoseRecordsAreCutOffMeanwhileAreAnError() throws IOException {
        Path path = temp.resolve("store");
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(G))) {
            store.memorize("a", Patterns.random(G, 1));
        }
        StoreDirectory directory = StoreDirectory.onDisk(path);
        Header header = Header.read(directory);
        try (StoreFiles files = StoreFiles.readOnly(directory, header, header.parts())) {
            Path journal = path.resolve(StoreDirectory.JOURNAL);
            Files.write(journal, new byte[0]);
            EngramException.Corrupt cut =
                    assertThrows(EngramException.Corrupt.class, () -> files.forEachNeuron(_ -> {}));
            assertEquals(
                    "journal is damaged: %s: offset 0: expected a record, as it was there before, found none; %s"
                            .formatted(journal, JournalScan.REMEDY),
                    cut.getMessage());
        }
    }
}
