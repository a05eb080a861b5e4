package org.engram.tools.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Fills a directory under another name and renames it, so that half a directory is never found. A directory that is there
 * already may be a mount point: it is filled from a directory within it.
 */
public final class NewDirectory {

    /** A directory that file systems keep at their top. */
    private static final String LOST_AND_FOUND = "lost+found";

    @FunctionalInterface
    public interface Content {
        void writeTo(Path directory) throws IOException;
    }

    private NewDirectory() {}

    /** Makes a directory of files. There may be an empty directory in its place, or nothing. */
    public static void write(Path path, Content content) {
        boolean isThere = Files.isDirectory(path);
        if (isThere) {
            Unfinished.removeLeftovers(path);
        }
        requireEmpty(path);
        Path place = path.toAbsolutePath().normalize();
        try (Unfinished unfinished = Unfinished.in(isThere ? path : place.getParent())) {
            content.writeTo(Files.createDirectory(unfinished.made()));
            if (isThere) {
                unfinished.moveUp();
            } else {
                Files.move(unfinished.made(), place, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot write %s: %s".formatted(path, IoReason.of(e)), e);
        }
    }

    private static void requireEmpty(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw inTheWay(path, Files.exists(path) ? "a file" : "a link to nothing");
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(file -> !isLostAndFound(file))) {
                throw inTheWay(path, "files in it");
            }
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot list %s: %s".formatted(path, IoReason.of(e)), e);
        }
    }

    private static boolean isLostAndFound(Path file) {
        return file.getFileName().toString().equals(LOST_AND_FOUND)
                && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    public static Failure inTheWay(Path path, String found) {
        return Failure.cannotOpen("cannot write %s: expected nothing there, found %s; move it away, or choose another"
                .formatted(path, found));
    }
}
