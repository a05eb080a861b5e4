package org.engram.tools;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Makes image files. */
final class Images {

    private Images() {}

    /** Black and white noise, another for every seed. */
    static BufferedImage noise(int width, int height, int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, random.nextBoolean() ? 255 : 0);
            }
        }
        return image;
    }

    static Path write(BufferedImage image, Path path) throws IOException {
        ImageIO.write(image, "png", path.toFile());
        return path;
    }

    /** So many files of noise named n000.png and so on. */
    static Path directory(Path directory, int files, int side) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < files; i++) {
            write(noise(side, side, i), directory.resolve("n%03d.png".formatted(i)));
        }
        return directory;
    }

    /** A PNG of 57 bytes whose header claims any size. */
    static Path claiming(int width, int height, Path path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(bytes);
        png.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 0, 0, 0, 0});
        chunk(png, "IHDR", header.toByteArray());
        chunk(png, "IDAT", new byte[0]);
        chunk(png, "IEND", new byte[0]);
        return Files.write(path, bytes.toByteArray());
    }

    private static void chunk(DataOutputStream png, String type, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        png.writeInt(content.length);
        png.writeBytes(type);
        png.write(content);
        png.writeInt((int) crc.getValue());
    }
}
