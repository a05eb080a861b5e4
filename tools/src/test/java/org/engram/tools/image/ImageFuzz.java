package org.engram.tools.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;

/**
 * Fuzz target: any bytes as an image file, read as {@code memorize} and {@code recall} read one: a picture that can be
 * stored and shown, or a failure that names the file. Memory is bounded by the heap of the process.
 */
public final class ImageFuzz {

    private static final Geometry GEOMETRY = new Geometry(16, 12);
    private static final Path FILE = newFile();

    private ImageFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Files.write(FILE, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Picture picture = Picture.read(FILE, GEOMETRY);
            Cue.bipolar(picture.grey(), picture.visible());
            requireShares(picture.grey());
            for (Levels levels : Levels.values()) {
                requireShares(picture.pattern(levels));
            }
        } catch (Failure e) {
            String line = e.getMessage();
            if (e.exitCode() != ExitCode.CANNOT_OPEN || line.isBlank() || !line.contains(FILE.toString())) {
                throw new AssertionError("expected a line that names the file, found: " + line, e);
            }
        }
    }

    private static void requireShares(Pattern pattern) {
        for (float value : pattern.values()) {
            if (!(value >= 0 && value <= 1)) {
                throw new AssertionError("expected values from 0 to 1, found " + value);
            }
        }
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("engram-fuzz", ".image");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
