package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.options.LevelOptions;
import org.engram.tools.options.SymbolOptions;

/**
 * Fuzz target: any bytes as a file to import, after one that says of which kind. It gives patterns, or a failure that names
 * the file; an item fails alone. Memory is bounded by the heap of the process.
 */
public final class TransferFuzz {

    /** That of the smallest QR symbol with a quiet zone of none. */
    private static final Geometry GEOMETRY = new Geometry(21, 21);

    private static final NpyPixels.Options PIXELS = new NpyPixels.Options(1, false);
    private static final int MOST_ITEMS = 1000;
    private static final Path FILE = newFile();

    private enum Kind {
        NPY,
        NPZ,
        ZIP,
        CSV,
        KEYS
    }

    private TransferFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Kind kind = Kind.values()[(data[0] & 0xff) % Kind.values().length];
        try {
            Files.write(FILE, Arrays.copyOfRange(data, 1, data.length));
            read(kind, FILE.toString(), data.length - 1);
        } catch (Failure e) {
            String line = e.getMessage();
            boolean isUsers = e.exitCode() == ExitCode.CANNOT_OPEN || e.exitCode() == ExitCode.USAGE;
            if (!isUsers || line.isBlank() || !line.contains(FILE.toString())) {
                throw new AssertionError("expected a line that names the file, found: " + line, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Kind kind, String name, int length) throws IOException {
        switch (kind) {
            case NPY -> {
                try (SeekableByteChannel in = Files.newByteChannel(FILE)) {
                    readAll(new NpySource(name, in, length, null, PIXELS, GEOMETRY));
                }
            }
            case NPZ -> {
                try (var in = NpzArchive.open(FILE, null, GEOMETRY)) {
                    readAll(new NpySource(name, in, ProgressLine.UNKNOWN, null, PIXELS, GEOMETRY));
                }
            }
            case ZIP ->
                readAll(new ImageArchive(
                        FILE,
                        null,
                        true,
                        (picture, entry) -> new LevelOptions().pattern(picture, entry, false),
                        GEOMETRY,
                        new ImageNotes()));
            case CSV -> {
                try (InputStream in = Files.newInputStream(FILE)) {
                    TableOptions options = TableOptions.of(null, null, null);
                    readAll(new TableSource(name, in, length, ',', options, new SymbolOptions(), GEOMETRY, note -> {}));
                }
            }
            case KEYS -> KeyIndexFile.read(FILE);
        }
    }

    private static void readAll(Source source) {
        try (source) {
            Item item = source.next();
            for (int i = 0; item != null && i < MOST_ITEMS; i++) {
                decode(item);
                item = source.next();
            }
        }
    }

    private static void decode(Item item) {
        try {
            item.decoding().get().onStored().run();
        } catch (Failure | EngramException | IllegalArgumentException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("an item fails without a word", e);
            }
        }
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("engram-fuzz", ".import");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
