package org.engram.tools.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone afterwards, also when the program is interrupted. */
final class TemporaryDirectory implements AutoCloseable {

    /** An interrupted program may still be adding files while they are deleted. */
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final Thread onInterrupt;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.onInterrupt = new Thread(this::delete, "delete " + path);
    }

    static TemporaryDirectory create() {
        try {
            TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory("engram-paper-"));
            Runtime.getRuntime().addShutdownHook(directory.onInterrupt);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create a temporary directory in %s; name a directory with --out"
                            .formatted(System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs now and finds nothing left
        }
    }

    private void delete() {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            try {
                last = null;
                deleteOnce();
            } catch (IOException e) {
                last = e;
            }
        }
        if (last != null) {
            throw new UncheckedIOException("cannot delete the temporary directory %s".formatted(path), last);
        }
    }

    private void deleteOnce() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException alreadyGone) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
