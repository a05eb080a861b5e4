package org.engram.tools.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.engram.store.EngramException;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.Writer;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;

/**
 * A store that another process may write or replace. Mapped files stay as they were, so the names of the files are
 * checked, too.
 */
final class WatchedStore implements AutoCloseable {

    private static final String INDEX = "index-";

    private final Path directory;
    private final Map<Path, Object> identities = new LinkedHashMap<>();
    private final PatternStore store;

    WatchedStore(Path directory) {
        this.directory = directory;
        StoreReport report = StoreCare.inspect(directory);
        for (StoreReport.FileSize file : report.files()) {
            if (file.name().startsWith(INDEX)) {
                continue; // its writer makes it anew, merges and removes it
            }
            Path path = directory.resolve(file.name());
            identities.put(path, attributes(path).fileKey());
        }
        this.store = PatternStore.openReadOnly(directory);
    }

    void refresh() {
        bytes();
        try {
            store.refresh();
        } catch (EngramException e) {
            bytes(); // says that the files were replaced rather than what is wrong with them
            throw e;
        }
    }

    int live() {
        return store.size();
    }

    /** How many neurons were ever stored. */
    int memorized() {
        return store.sizeWithRetired();
    }

    Optional<Writer> writer() {
        return StoreCare.writer(directory);
    }

    /** The length of all files but the index. They must be the files that were opened. */
    long bytes() {
        long bytes = 0;
        for (Map.Entry<Path, Object> file : identities.entrySet()) {
            BasicFileAttributes attributes = attributes(file.getKey());
            if (file.getValue() != null && !file.getValue().equals(attributes.fileKey())) {
                throw Failure.cannotOpen(
                        "store was rebuilt or replaced: %s: expected the file that was opened, found another; watch it anew"
                                .formatted(file.getKey()));
            }
            bytes += attributes.size();
        }
        return bytes;
    }

    private static BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw Failure.cannotOpen(
                    "store is gone: %s: expected the file that was opened, found none; it was deleted or moved"
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot look at %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
