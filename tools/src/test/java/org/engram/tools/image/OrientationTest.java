package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    private static final Geometry GEOMETRY = new Geometry(12, 8);
    private static final int BLOCK = 8;

    @TempDir
    private Path directory;

    /** What the first row and the first column of the file are in the picture, as the standard says. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void aPictureIsSetUprightAsEveryNumberOfExifSays(int number, String row, String column) throws IOException {
        BufferedImage upright = large(Images.noise(12, 8, 5));
        BufferedImage lying = lying(upright, row, column);
        Pattern pattern =
                Picture.read(write("upright.png", png(upright)), GEOMETRY).pattern(Levels.FIXED);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] exif = exif(number, order);
            assertReadAs(pattern, number, write("lying.jpg", inJpeg(lying, exif)));
            assertReadAs(pattern, number, write("before.png", inPng(lying, exif, 33)));
            int end = png(lying).length - 12;
            assertReadAs(pattern, number, write("after.png", inPng(lying, exif, end)));
        }
        assertReadAs(pattern, number, write("lying.tiff", inTiff(lying, number)));
    }

    private static void assertReadAs(Pattern pattern, int number, Path file) {
        Picture picture = Picture.read(file, GEOMETRY);
        assertEquals(pattern, picture.pattern(Levels.FIXED), file.toString());
        assertEquals(number, picture.orientation().exif());
        assertEquals(12 * BLOCK, picture.width());
        assertEquals(8 * BLOCK, picture.height());
    }

    @Test
    void aNoteTellsOfPicturesThatWereSetUprightInAllVerbs() throws IOException {
        Path store = directory.resolve("signs");
        Cli.run("create", store, "--size", "12x8").expect(0);
        BufferedImage upright = large(Images.noise(12, 8, 5));
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Path lying = photos.resolve("a.jpg");
        byte[] exif = exif(6, ByteOrder.BIG_ENDIAN);
        Files.write(lying, inJpeg(lying(upright, "right", "top"), exif));
        String note = """
                engram: note: %s is set upright, as its EXIF orientation 6 says
                engram: note: %s is 96 x 64 pixels, scaled to fit 12 x 8
                """;
        assertEquals(
                note.formatted(lying, lying),
                Cli.run("memorize", store, lying).expect(0).err());
        Path straight = write("straight.png", png(upright));
        assertTrue(Cli.run("recall", store, straight).expect(0).line(0).startsWith("RECOGNISED a "));
        assertEquals(
                note.formatted(lying, lying),
                Cli.run("recall", store, lying).expect(0).err());
        Files.write(
                photos.resolve("b.jpg"),
                inJpeg(lying(large(Images.noise(12, 8, 6)), "bottom", "left"), exif(4, ByteOrder.BIG_ENDIAN)));
        Files.delete(lying);
        assertEquals(
                note.formatted(photos.resolve("b.jpg"), photos.resolve("b.jpg")).replace("6 says", "4 says"),
                Cli.run("import", store, photos).expect(0).err());
    }

    @Test
    void dataThatTellsNonsenseLeavesThePictureAsItIs() throws IOException {
        BufferedImage image = large(Images.noise(12, 8, 5));
        Pattern pattern =
                Picture.read(write("upright.png", png(image)), GEOMETRY).pattern(Levels.FIXED);
        byte[] whole = exif(6, ByteOrder.BIG_ENDIAN);
        byte[] farAway = whole.clone();
        farAway[4] = 0x7F;
        byte[] otherVersion = whole.clone();
        otherVersion[3] = 43;
        for (byte[] data : new byte[][] {
            exif(0, ByteOrder.BIG_ENDIAN),
            exif(9, ByteOrder.LITTLE_ENDIAN),
            Arrays.copyOf(whole, 12),
            farAway,
            otherVersion,
            {}
        }) {
            assertReadAs(pattern, 1, write("nonsense.jpg", inJpeg(image, data)));
            assertReadAs(pattern, 1, write("nonsense.png", inPng(image, data, 33)));
        }
    }

    private static BufferedImage large(BufferedImage small) {
        BufferedImage large =
                new BufferedImage(small.getWidth() * BLOCK, small.getHeight() * BLOCK, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                large.getRaster().setSample(x, y, 0, small.getRaster().getSample(x / BLOCK, y / BLOCK, 0));
            }
        }
        return large;
    }

    private static BufferedImage lying(BufferedImage upright, String firstRow, String firstColumn) {
        int across = upright.getWidth();
        int down = upright.getHeight();
        boolean isSideways = firstRow.equals("left") || firstRow.equals("right");
        BufferedImage lying =
                new BufferedImage(isSideways ? down : across, isSideways ? across : down, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < lying.getHeight(); row++) {
            for (int column = 0; column < lying.getWidth(); column++) {
                int x = isSideways ? along(firstRow, row, across) : along(firstColumn, column, across);
                int y = isSideways ? along(firstColumn, column, down) : along(firstRow, row, down);
                lying.getRaster().setSample(column, row, 0, upright.getRaster().getSample(x, y, 0));
            }
        }
        return lying;
    }

    private static int along(String side, int i, int length) {
        return side.equals("left") || side.equals("top") ? i : length - 1 - i;
    }

    /** A TIFF of a field that is passed over, and the orientation. */
    private static byte[] exif(int number, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(38).order(order);
        exif.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949))
                .putShort((short) 42)
                .putInt(8);
        exif.putShort((short) 2);
        exif.putShort((short) 0x10F).putShort((short) 2).putInt(4).put(new byte[] {'a', 'b', 'c', 0});
        exif.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) number)
                .putShort((short) 0);
        return exif.putInt(0).array();
    }

    private static byte[] inJpeg(BufferedImage image, byte[] exif) throws IOException {
        byte[] jpeg = bytes(image, "jpeg");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length + 8)});
        out.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.write(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] inPng(BufferedImage image, byte[] exif, int at) throws IOException {
        byte[] png = png(image);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, at);
        out.write(Images.chunk("eXIf", exif));
        out.write(png, at, png.length - at);
        return out.toByteArray();
    }

    /** Without compression, little endian. */
    private static byte[] inTiff(BufferedImage image, int number) {
        int pixels = image.getWidth() * image.getHeight();
        ByteBuffer tiff = ByteBuffer.allocate(256 + pixels).order(ByteOrder.LITTLE_ENDIAN);
        tiff.putShort((short) 0x4949).putShort((short) 42).putInt(8);
        int[][] fields = {
            {256, image.getWidth()},
            {257, image.getHeight()},
            {258, 8},
            {259, 1},
            {262, 1},
            {273, 256},
            {274, number},
            {277, 1},
            {278, image.getHeight()},
            {279, pixels}
        };
        tiff.putShort((short) fields.length);
        for (int[] field : fields) {
            tiff.putShort((short) field[0]).putShort((short) 3).putInt(1).putInt(field[1]);
        }
        tiff.putInt(0).position(256);
        for (int sample : image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null)) {
            tiff.put((byte) sample);
        }
        return tiff.array();
    }

    private static byte[] png(BufferedImage image) throws IOException {
        return bytes(image, "png");
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }
}
