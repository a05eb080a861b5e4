package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.engram.tools.console.Failure;
import org.engram.tools.console.StandardStream;
import org.jspecify.annotations.Nullable;

/** Reads image files and trusts nothing in them. */
public final class ImageFile {

    /** 64 megapixels are more than any camera's symbol needs, and a small heap can still hold them. */
    static final long MAX_PIXELS = 64_000_000;

    private ImageFile() {}

    /** Reads the first image of a file, as {@link #open} does, and does not tell how it lies. */
    public static BufferedImage read(Path path) {
        return open(path).image();
    }

    /**
     * Reads the first image of a file or pipe, or of standard input when the path is {@code -}. The size is read first,
     * so that a small file that claims a huge size costs nothing.
     */
    public static Upright open(Path path) {
        if (StandardStream.isMeant(path)) {
            try {
                return open(System.in, "standard input");
            } catch (IOException e) {
                throw damaged("standard input", e);
            }
        }
        if (!Files.isReadable(path) && !Files.notExists(path)) {
            throw Failure.cannotOpen(
                    "cannot open image: %s: no permission to read; change its permissions or those of its directory"
                            .formatted(path));
        }
        if (!Files.exists(path) || Files.isDirectory(path)) {
            throw Failure.cannotOpen("cannot open image: %s: expected a file, found %s; name an image file"
                    .formatted(path, Files.isDirectory(path) ? "a directory" : "none"));
        }
        // a stream, because a java.io.File cannot hold a name that is no text of the locale
        try (InputStream file = Files.newInputStream(path)) {
            return open(file, path.toString());
        } catch (IOException e) {
            throw damaged(path.toString(), e);
        }
    }

    /** Reads the first image of content that is no file of its own. */
    static Upright open(InputStream content, String name) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(content)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw Failure.cannotOpen(
                        "not an image: %s: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG"
                                .formatted(name));
            }
            ImageReader reader = readers.next();
            try {
                Orientation lies = ExifOrientation.of(in);
                reader.setInput(in, true);
                return decode(name, reader, lies);
            } catch (IOException e) {
                throw damaged(name, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Upright decode(String name, ImageReader reader, Orientation lies) throws IOException {
        DecoderWarnings warnings = DecoderWarnings.of(reader);
        try {
            requireSize(name, reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = whole(name, reader);
            if (warnings.isCut()) {
                throw cut(name, null);
            }
            if (warnings.damage().isPresent()) {
                throw damaged(name, warnings.damage().get(), null);
            }
            return new Upright(lies.upright(image), lies);
        } catch (Failure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the readers of the JDK answer damaged files with all kinds of exceptions
            throw warnings.isCut() ? cut(name, e) : damaged(name, e);
        } catch (OutOfMemoryError e) {
            throw tooLargeForMemory(name, e);
        }
    }

    private static void requireSize(String name, int width, int height) {
        if ((long) width * height > MAX_PIXELS) {
            throw Failure.cannotOpen(
                    "image is too large: %s: expected at most %d megapixels, found %d x %d pixels; scale it down"
                            .formatted(name, MAX_PIXELS / 1_000_000, width, height));
        }
    }

    private static BufferedImage whole(String name, ImageReader reader) throws IOException {
        return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
            case "gif" -> {
                GifCanvas canvas = GifCanvas.of(reader);
                requireSize(name, canvas.width(), canvas.height());
                yield canvas.with(reader.read(0));
            }
            case "png" -> PngGrey.mended(reader.read(0), reader);
            default -> reader.read(0);
        };
    }

    private static Failure tooLargeForMemory(String name, Throwable e) {
        return Failure.cannotOpen(
                "image is too large for the memory of this Java: %s: scale it down, or raise -Xmx".formatted(name), e);
    }

    private static Failure cut(String name, @Nullable Throwable e) {
        return Failure.cannotOpen(
                "image is cut: %s: its content ends too early; fetch or save it again".formatted(name), e);
    }

    private static Failure damaged(String name, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                // the PNG reader of the JDK wraps it
                return tooLargeForMemory(name, e);
            }
            if (cause instanceof EOFException) {
                return cut(name, e);
            }
        }
        String said = e.getMessage() == null ? "" : e.getMessage().strip();
        return damaged(name, said.isEmpty() || said.endsWith(":") ? "its content contradicts itself" : said, e);
    }

    private static Failure damaged(String name, String reason, @Nullable Exception e) {
        return Failure.cannotOpen("image is damaged: %s: %s; save it again as PNG".formatted(name, reason), e);
    }
}
