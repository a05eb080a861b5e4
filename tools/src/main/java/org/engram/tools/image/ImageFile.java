package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.engram.tools.console.Failure;
import org.engram.tools.console.StandardStream;

/** Reads image files and trusts nothing in them. */
public final class ImageFile {

    /** 64 megapixels: more than any camera's symbol needs, and what a small heap can still hold. */
    static final long MAX_PIXELS = 64_000_000;

    private ImageFile() {}

    /**
     * Reads the first image of a file, or of standard input when the path is {@code -}. The size is read first, so that
     * a small file that claims a huge one costs nothing.
     */
    public static BufferedImage read(Path path) {
        if (StandardStream.isMeant(path)) {
            try {
                return read(System.in, "standard input");
            } catch (IOException e) {
                throw damaged("standard input", e);
            }
        }
        if (!Files.isReadable(path) && !Files.notExists(path)) {
            throw Failure.cannotOpen(
                    "cannot open image: %s: no permission to read; change its permissions or those of its directory"
                            .formatted(path));
        }
        if (!Files.isRegularFile(path)) {
            throw Failure.cannotOpen("cannot open image: %s: expected a file, found %s; name an image file"
                    .formatted(
                            path, Files.isDirectory(path) ? "a directory" : Files.exists(path) ? "a device" : "none"));
        }
        // a stream, as a java.io.File cannot hold a name that is no text of the locale
        try (InputStream file = Files.newInputStream(path)) {
            return read(file, path.toString());
        } catch (IOException e) {
            throw damaged(path.toString(), e);
        }
    }

    /** Reads the first image of content that is no file of its own. */
    static BufferedImage read(InputStream content, String name) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(content)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw Failure.cannotOpen(
                        "not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG"
                                .formatted(name));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true);
                return decode(name, reader);
            } catch (IOException e) {
                throw damaged(name, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decode(String name, ImageReader reader) throws IOException {
        try {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MAX_PIXELS) {
                throw Failure.cannotOpen(
                        "image is too large: %s: expected at most %d megapixels, found %d x %d pixels; scale it down"
                                .formatted(name, MAX_PIXELS / 1_000_000, width, height));
            }
            return reader.read(0);
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException e) {
            // the readers of the JDK answer damaged files with all kinds of exceptions
            throw damaged(name, e);
        } catch (OutOfMemoryError e) {
            throw tooLargeForMemory(name, e);
        }
    }

    private static Failure tooLargeForMemory(String name, Throwable e) {
        return Failure.cannotOpen(
                "image is too large for the memory of this Java: %s: scale it down, or raise -Xmx".formatted(name), e);
    }

    private static Failure damaged(String name, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                // the PNG reader of the JDK wraps it
                return tooLargeForMemory(name, e);
            }
        }
        String said = e.getMessage() == null ? "" : e.getMessage().strip();
        String reason = said.isEmpty() || said.endsWith(":") ? "its content contradicts itself" : said;
        return Failure.cannotOpen("image is damaged: %s: %s; save it again as PNG".formatted(name, reason), e);
    }
}
