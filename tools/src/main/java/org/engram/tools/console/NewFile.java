package org.engram.tools.console;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Writes a file under another name and renames it, so that half a file is never found. Anything that is not a regular
 * file, such as a pipe or a device, is written to as it is.
 */
public final class NewFile {

    @FunctionalInterface
    public interface Content {
        /** Writes the content. Called once; the caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Linux follows this many links in a row. */
    private static final int MAX_LINKS = 40;

    private NewFile() {}

    /**
     * Writes a file. A file of that name is replaced once the new file is complete, which then gets the mode of the old
     * file. If the name is a symbolic link, its target is replaced.
     */
    public static void write(Path path, Content content) {
        if (path.getFileName() == null || Files.isDirectory(path)) {
            throw Failure.cannotOpen(
                    "cannot write %s: expected the name of a file, found a directory; choose another".formatted(path));
        }
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
                    fill(out, content);
                }
            } else {
                replace(target(path), content);
            }
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot write %s: %s".formatted(path, reason(path, e)), e);
        }
    }

    /** Refuses to write among the files of a store. A path of {@code -} is standard output; path and store may be null. */
    public static void requireOutside(Path path, Path store) {
        if (path == null || store == null || StandardStream.isMeant(path) || !Files.isDirectory(store)) {
            return;
        }
        Path target;
        Path inside;
        try {
            target = target(path);
            inside = store.toRealPath();
        } catch (IOException e) {
            return; // a place that cannot be found cannot be written either, and writing tells why
        }
        if (target.startsWith(inside)) {
            throw Failure.usage(
                    "%s is inside the store %s: only the store writes there; choose another place for the file"
                            .formatted(path, store));
        }
    }

    /**
     * Refuses two places for a file that is written beside an answer: standard output, where the answer goes, and a
     * place among the files of a store. Path and store may be null.
     */
    public static void requireBesideAnswer(String option, Path path, Path store) {
        StandardStream.requireFile(option, path, "the answer");
        requireOutside(path, store);
    }

    private static void replace(Path target, Content content) throws IOException {
        try (Unfinished unfinished = Unfinished.in(target.getParent())) {
            Path made = unfinished.made();
            try (OutputStream out =
                    Files.newOutputStream(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                if (Files.exists(target)) {
                    copyMode(target, made);
                }
                fill(out, content);
            }
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes in large pieces, even if the content comes in small ones. */
    static void fill(OutputStream out, Content content) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        content.writeTo(buffered);
        buffered.flush();
    }

    private static void copyMode(Path from, Path to) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (old != null) {
            Files.setPosixFilePermissions(to, old.readAttributes().permissions());
        }
    }

    /** The file that a path leads to in the end, even when nothing is there yet. */
    private static Path target(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(target); links++) {
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                ? target.toRealPath()
                : target.getParent().toRealPath().resolve(target.getFileName());
    }

    private static String reason(Path path, IOException e) {
        Path parent = path.toAbsolutePath().getParent();
        boolean isMissing = parent != null && Files.notExists(parent);
        return isMissing ? "%s is no directory; create it first".formatted(parent) : IoReason.of(e);
    }
}
