package org.engram.tools.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted afterwards, also when the program is interrupted, unless {@link #keep} is called. */
public final class TemporaryDirectory implements AutoCloseable {

    /** The files are deleted up to this often: an interrupted program may still be adding files meanwhile. */
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final Thread onInterrupt;
    private volatile boolean kept;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.onInterrupt = new Thread(this::delete, "delete " + path);
    }

    /** Creates a directory among the temporary files of the system. The advice says what to do when that fails. */
    public static TemporaryDirectory create(String verb, String advice) {
        try {
            return guarded(Files.createTempDirectory("engram-%s-".formatted(verb)));
        } catch (IOException e) {
            throw Failure.cannotOpen(
                    "cannot create a temporary directory in %s: %s; %s"
                            .formatted(System.getProperty("java.io.tmpdir"), IoReason.said(e), advice),
                    e);
        }
    }

    /** Creates a directory in a place of the caller's choice, where nothing may be yet. */
    public static TemporaryDirectory at(Path path) throws IOException {
        return guarded(Files.createDirectory(path));
    }

    private static TemporaryDirectory guarded(Path created) {
        TemporaryDirectory directory = new TemporaryDirectory(created);
        Runtime.getRuntime().addShutdownHook(directory.onInterrupt);
        return directory;
    }

    public Path path() {
        return path;
    }

    /** Lets the directory stay, also after {@link #close}. */
    public void keep() {
        kept = true;
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
        if (kept) {
            return;
        }
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            try {
                last = null;
                deleteAll(path);
            } catch (IOException e) {
                last = e;
            }
        }
        if (last != null) {
            throw new UncheckedIOException("cannot delete the temporary directory %s".formatted(path), last);
        }
    }

    /** Deletes a file, or a directory and all that is in it. A file that is gone already is no error. */
    static void deleteAll(Path path) throws IOException {
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
