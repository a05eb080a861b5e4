package org.engram.tools.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Fills a directory under another name and renames it, so that half a directory is never found. */
public final class NewDirectory {

    @FunctionalInterface
    public interface Content {
        void writeTo(Path directory) throws IOException;
    }

    private NewDirectory() {}

    /** Makes a directory of files where an empty directory is, or nothing yet. */
    public static void write(Path path, Content content) {
        requireEmpty(path);
        Unfinished unfinished = Unfinished.beside(path.toAbsolutePath().normalize());
        try {
            Files.createDirectory(unfinished.path());
            unfinished.finish(path, () -> content.writeTo(unfinished.path()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot write %s: %s".formatted(path, IoReason.of(e)), e);
        }
    }

    private static void requireEmpty(Path path) {
        if (Files.notExists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw inTheWay(path, "a file");
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw inTheWay(path, "files in it");
            }
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot list %s: %s".formatted(path, IoReason.of(e)), e);
        }
    }

    public static Failure inTheWay(Path path, String found) {
        return Failure.cannotOpen("cannot write %s: expected nothing there, found %s; move it away, or choose another"
                .formatted(path, found));
    }
}
