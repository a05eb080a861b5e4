package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Failure;
import org.engram.tools.console.StandardStream;

enum TransferFormat {
    DIRECTORY,
    ZIP,
    CSV,
    TSV,
    NPY,
    STORE;

    private static final byte[] ZIP_MAGIC = {'P', 'K'};

    /** The format of a path, or of a standard stream for "-"; the kind is null when the user gave none. */
    static TransferFormat ofSource(Path source, TransferFormat named) {
        if (StandardStream.isMeant(source)) {
            if (named != CSV && named != TSV && named != NPY) {
                throw Failure.usage("standard input needs --format csv, tsv or npy; anything else import from a file");
            }
            return named;
        }
        if (Files.notExists(source)) {
            throw Failure.cannotOpen("cannot import %s: it is not there; check the name".formatted(source));
        }
        TransferFormat found = named == null ? guess(source) : named;
        if (found == null) {
            throw Failure.usage(
                    ("cannot tell what %s is: expected a directory, a store, or a zip, csv, tsv or npy file; "
                                    + "name its kind with --format, and store single images with memorize")
                            .formatted(source));
        }
        if ((found == DIRECTORY || found == STORE) != Files.isDirectory(source)) {
            throw Failure.usage("%s is %s: expected %s for --format %s"
                    .formatted(
                            source,
                            Files.isDirectory(source) ? "a directory" : "no directory",
                            found == DIRECTORY || found == STORE ? "a directory" : "a file",
                            Describe.name(found)));
        }
        return found;
    }

    static TransferFormat ofTarget(Path target, TransferFormat named) {
        if (named == STORE) {
            throw Failure.usage("export makes no store: engram copy makes one of the whole, engram compact one without"
                    + " retired neurons, and engram import takes patterns out of a store");
        }
        if (StandardStream.isMeant(target)) {
            if (named == null || named == DIRECTORY) {
                throw Failure.usage("standard output needs --format csv, tsv, npy or zip");
            }
            return named;
        }
        TransferFormat ending = byEnding(target);
        return named != null ? named : ending == null || Files.isDirectory(target) ? DIRECTORY : ending;
    }

    private static TransferFormat guess(Path source) {
        if (Files.isDirectory(source)) {
            boolean isStore = Files.exists(source.resolve("header")) && Files.exists(source.resolve("journal"));
            return isStore ? STORE : DIRECTORY;
        }
        byte[] first = Files.isRegularFile(source) ? firstBytes(source) : new byte[0];
        if (startsWith(first, ZIP_MAGIC)) {
            return isNpz(source) ? NPY : ZIP;
        }
        return startsWith(first, NpyHeader.magic()) ? NPY : byEnding(source);
    }

    /** Whether it is a zip file of arrays. */
    private static boolean isNpz(Path source) {
        return source.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    /** Whether a source of arrays is a zip file of them, whatever its name says. */
    static boolean isPacked(Path source) {
        return Files.isRegularFile(source) && startsWith(firstBytes(source), ZIP_MAGIC);
    }

    private static TransferFormat byEnding(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format != DIRECTORY && format != STORE)
                .filter(format -> name.endsWith("." + Describe.name(format)))
                .findFirst()
                .orElse(null);
    }

    private static byte[] firstBytes(Path source) {
        try (InputStream in = Files.newInputStream(source)) {
            return in.readNBytes(NpyHeader.magic().length);
        } catch (IOException e) {
            throw Transfers.cannotRead(source.toString(), e);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
