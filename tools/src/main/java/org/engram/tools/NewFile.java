package org.engram.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file under another name and renames it, so that nobody ever finds half of it. */
public final class NewFile {

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Called once.
         *
         * @param out to be written to; the caller closes it
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private NewFile() {}

    /**
     * Writes a file; one of that name is replaced, but only when the new one is complete.
     *
     * @param path the file
     * @param content its content
     * @throws Failure if it cannot be written
     */
    public static void write(Path path, Content content) {
        Path name = path.getFileName();
        if (name == null || Files.isDirectory(path)) {
            throw Failure.cannotOpen(
                    "cannot write %s: expected the name of a file, found a directory; choose another".formatted(path));
        }
        Path unfinished =
                path.resolveSibling("." + name + "." + ProcessHandle.current().pid() + ".unfinished");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                content.writeTo(out);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(unfinished, e);
            throw new Failure(ExitCode.CANNOT_OPEN, "cannot write %s: %s".formatted(path, reason(path, e)), e);
        } catch (RuntimeException | Error e) {
            discard(unfinished, e);
            throw e;
        }
    }

    private static String reason(Path path, IOException e) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            return "%s is no directory; create it first".formatted(parent);
        }
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static void discard(Path unfinished, Throwable e) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException alsoFailed) {
            e.addSuppressed(alsoFailed);
        }
    }
}
