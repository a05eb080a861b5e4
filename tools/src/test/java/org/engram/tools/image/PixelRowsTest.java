package org.engram.tools.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelRowsTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 5;

    private final Random random = new Random(20261123);

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_USHORT_565_RGB,
                BufferedImage.TYPE_USHORT_555_RGB,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void everyKindOfColourIsReadAsItsSrgbValues(int type) {
        assertReadAsSrgb(painted(new BufferedImage(WIDTH, HEIGHT, type)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void aPaletteMayHaveAnyNumberOfBitsAndTransparentColours(int bits) {
        int[] colours = random.ints(1 << bits).toArray();
        IndexColorModel palette = new IndexColorModel(bits, colours.length, colours, 0, true, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = bits == 8
                ? new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette)
                : new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, palette);
        assertReadAsSrgb(filled(image));
    }

    @Test
    void aSampleBeyondItsPaletteIsHidden() {
        IndexColorModel palette = new IndexColorModel(8, 3, new int[3], 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSample(1, 0, 0, 200);
        assertReadAsSrgb(image);
        assertTrue(new PixelRows(image).mayHide());
    }

    @ParameterizedTest
    @CsvSource({"BYTE, 8", "USHORT, 12"})
    void coloursOfOtherDepthsAndSpacesAreReadAsSrgbToo(String type, int bits) {
        for (int space : new int[] {ColorSpace.CS_sRGB, ColorSpace.CS_LINEAR_RGB}) {
            assertReadAsSrgb(filled(image(space, type, bits, false)));
            assertReadAsSrgb(filled(image(space, type, bits, true)));
        }
    }

    @Test
    void coloursOfSixteenBitsKeepTheirPrecision() {
        BufferedImage image = filled(image(ColorSpace.CS_sRGB, "USHORT", 16, true));
        for (int y = 0; y < HEIGHT; y++) {
            double[] luminance = new double[WIDTH];
            double[] hidden = new double[WIDTH];
            for (int x = 0; x < WIDTH; x++) {
                int[] samples = image.getRaster().getPixel(x, y, (int[]) null);
                hidden[x] = 2 * samples[3] < 65_535 ? 1 : 0;
                double weighed = 0.2126 * samples[0] + 0.7152 * samples[1] + 0.0722 * samples[2];
                luminance[x] = hidden[x] == 1 ? 1 : weighed / 65_535;
            }
            assertRow(image, y, luminance, hidden);
        }
    }

    @ParameterizedTest
    @CsvSource({"BYTE, 8", "BYTE, 5", "USHORT, 16", "USHORT, 12"})
    void greyIsTakenByItsValueAndNotBent(String type, int bits) {
        double white = (1 << bits) - 1;
        BufferedImage opaque = filled(image(ColorSpace.CS_GRAY, type, bits, false));
        BufferedImage veiled = filled(image(ColorSpace.CS_GRAY, type, bits, true));
        assertFalse(new PixelRows(opaque).mayHide());
        assertTrue(new PixelRows(veiled).mayHide());
        for (int y = 0; y < HEIGHT; y++) {
            double[] luminance = new double[WIDTH];
            double[] hidden = new double[WIDTH];
            for (int x = 0; x < WIDTH; x++) {
                luminance[x] = opaque.getRaster().getSample(x, y, 0) / white;
            }
            assertRow(opaque, y, luminance, hidden);
            for (int x = 0; x < WIDTH; x++) {
                hidden[x] = 2 * veiled.getRaster().getSample(x, y, 1) < white ? 1 : 0;
                luminance[x] = hidden[x] == 1 ? 1 : veiled.getRaster().getSample(x, y, 0) / white;
            }
            assertRow(veiled, y, luminance, hidden);
        }
    }

    @Test
    void aPartOfALargerImageIsReadFromItsOwnCorner() {
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_INDEXED}) {
            assertReadAsSrgb(
                    painted(new BufferedImage(WIDTH + 9, HEIGHT + 4, type)).getSubimage(5, 3, WIDTH, HEIGHT));
        }
    }

    private static BufferedImage image(int space, String type, int bits, boolean hasAlpha) {
        ColorSpace colours = ColorSpace.getInstance(space);
        int[] sizes = new int[colours.getNumComponents() + (hasAlpha ? 1 : 0)];
        java.util.Arrays.fill(sizes, bits);
        ColorModel model = new ComponentColorModel(
                colours,
                sizes,
                hasAlpha,
                false,
                hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                type.equals("BYTE") ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
        return new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null);
    }

    private BufferedImage painted(BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt(4) == 0 ? 0xFF010101 * random.nextInt(256) : random.nextInt());
            }
        }
        return image;
    }

    /** With samples of any value that they may have. */
    private BufferedImage filled(BufferedImage image) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
            int values = 1 << image.getSampleModel().getSampleSize(band);
            boolean isComponent = image.getColorModel() instanceof ComponentColorModel;
            int all = isComponent ? 1 << image.getColorModel().getComponentSize(band) : values;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    image.getRaster().setSample(x, y, band, random.nextInt(all));
                }
            }
        }
        return image;
    }

    private static void assertReadAsSrgb(BufferedImage image) {
        for (int y = 0; y < HEIGHT; y++) {
            double[] luminance = new double[WIDTH];
            double[] hidden = new double[WIDTH];
            for (int x = 0; x < WIDTH; x++) {
                int rgb = image.getRGB(x, y);
                hidden[x] = (rgb >>> 24) < 128 ? 1 : 0;
                double weighed = 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
                luminance[x] = hidden[x] == 1 ? 1 : weighed / 255;
            }
            assertRow(image, y, luminance, hidden);
        }
    }

    private static void assertRow(BufferedImage image, int y, double[] luminance, double[] hidden) {
        PixelRows rows = new PixelRows(image);
        assertEquals(WIDTH, rows.width());
        assertEquals(HEIGHT, rows.height());
        double[] readLuminance = new double[WIDTH];
        double[] readHidden = new double[WIDTH];
        rows.read(y, readLuminance, readHidden);
        assertArrayEquals(luminance, readLuminance, 1e-12);
        assertArrayEquals(hidden, readHidden);
        if (!rows.mayHide()) {
            assertArrayEquals(new double[WIDTH], hidden);
        }
    }
}
