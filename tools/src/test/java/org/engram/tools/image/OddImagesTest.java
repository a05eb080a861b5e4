package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of images that Java's readers hand over half done, and ways to hand over an image. */
class OddImagesTest {

    @TempDir
    private Path directory;

    @Test
    void theFirstFrameOfAGifIsInItsPlaceOnItsCanvas() throws IOException {
        byte[] black = {0, -1, 100};
        IndexColorModel palette = new IndexColorModel(2, 3, black, black, black, 2);
        BufferedImage frame = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED, palette);
        frame.getRaster().setSample(1, 0, 0, 1);
        frame.getRaster().setSample(2, 0, 0, 2);
        byte[] gif = bytes(frame, "gif");
        move(gif, 12, 9, 5, 4);
        Picture picture = Picture.read(Files.write(directory.resolve("x.gif"), gif), new Geometry(12, 9));
        assertFalse(picture.isScaled());
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 12; x++) {
                boolean isInFrame = x >= 5 && x < 9 && y >= 4 && y < 7;
                boolean isHole = x == 7 && y == 4;
                assertEquals(isInFrame && !isHole, picture.visible().isVisible(x, y), x + "," + y);
                boolean isBlack = isInFrame && !isHole && !(x == 6 && y == 4);
                assertEquals(isBlack ? 0 : 1, picture.grey().value(x, y), x + "," + y);
            }
        }
    }

    @Test
    void aGifWithAHugeCanvasIsRefusedByItsHeader() throws IOException {
        byte[] gif = bytes(Images.noise(4, 3, 1), "gif");
        move(gif, 65_535, 65_535, 0, 0);
        Path file = Files.write(directory.resolve("x.gif"), gif);
        Failure failure = assertThrows(Failure.class, () -> Picture.read(file, new Geometry(12, 9)));
        assertTrue(failure.getMessage().contains("found 65535 x 65535 pixels"), failure.getMessage());
    }

    /** Sets the size of the canvas and the place of the frame. */
    private static void move(byte[] gif, int width, int height, int left, int top) {
        setShort(gif, 6, width);
        setShort(gif, 8, height);
        int frame = 13;
        while (gif[frame] != 0x2C || gif[frame + 9] == 0x2C) {
            frame++;
        }
        setShort(gif, frame + 1, left);
        setShort(gif, frame + 3, top);
    }

    private static void setShort(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inksOfAJpegOfAPrintingShopBecomeLight(boolean isAdobe) throws IOException {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 16, 4, null);
        int[][] columns = {{0, 0, 0, 0}, {0, 0, 0, 255}, {255, 255, 255, 0}, {0, 0, 0, 128}};
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 64; x++) {
                int[] ink = columns[x / 16].clone();
                for (int i = 0; i < 4; i++) {
                    ink[i] = 255 - ink[i]; // such files hold them so
                }
                inks.setPixel(x, y, ink);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(inks, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = isAdobe ? withAdobe(bytes.toByteArray()) : bytes.toByteArray();
        Picture picture = Picture.read(Files.write(directory.resolve("x.jpg"), jpeg), new Geometry(4, 1));
        float[] light = picture.grey().values();
        assertEquals(1, light[0], 0.03);
        assertEquals(0, light[1], 0.03);
        assertEquals(0, light[2], 0.03);
        assertEquals(0.5, light[3], 0.03);
    }

    private static byte[] withAdobe(byte[] jpeg) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(new byte[] {-1, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0});
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    @Test
    void anImageOutOfAPipeIsTakenLikeOneOfAFile() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "20x20").expect(0);
        Path image = Images.write(Images.noise(20, 20, 1), directory.resolve("x.png"));
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(
                "engram: an image from a pipe has no name: expected --key KEY with it, found none\n",
                Cli.run("memorize", store, pipe).expect(1).err());
        Process cat = cat(image, pipe);
        Cli.run("memorize", store, pipe, "--key", "x").expect(0);
        assertEquals(0, cat.waitFor());
        cat = cat(image, pipe);
        assertTrue(Cli.run("recall", store, pipe).expect(0).line(0).startsWith("RECOGNISED x "));
        assertEquals(0, cat.waitFor());
        assertEquals(
                "engram: not an image: /dev/null: expected PNG, JPEG, GIF, BMP or TIFF, found none of them; convert it to PNG\n",
                Cli.run("recall", store, "/dev/null").expect(2).err());
    }

    private static Process cat(Path image, Path pipe) throws IOException {
        return new ProcessBuilder("sh", "-c", "cat '%s' > '%s'".formatted(image, pipe)).start();
    }

    @Test
    void theOutputOfAnotherProcessIsRecalled() throws Exception {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "20x20").expect(0);
        Path image = Images.write(Images.noise(20, 20, 1), directory.resolve("x.png"));
        Cli.run("memorize", store, image).expect(0);
        String engram = Cli.process("recall", store).command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Process shell = new ProcessBuilder("bash", "-c", "%s <(cat '%s')".formatted(engram, image)).start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("RECOGNISED x "), answer);
        assertEquals(0, shell.waitFor());
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        assertTrue(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())) != null);
        return bytes.toByteArray();
    }
}
