package org.engram.tools;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/** The rows of an image as luminance, 0 black to 1 white, with transparent pixels white. */
public final class PixelRows {

    private final BufferedImage image;
    private final boolean grey;

    /**
     * Reads from an image.
     *
     * @param image any
     */
    public PixelRows(BufferedImage image) {
        this.image = image;
        ColorModel colours = image.getColorModel();
        int type = colours.getTransferType();
        // BufferedImage.getRGB would bend grey values from linear light to sRGB, and 128 would come out as 188.
        this.grey = colours instanceof ComponentColorModel
                && colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    }

    /**
     * Pixels across.
     *
     * @return the width
     */
    public int width() {
        return image.getWidth();
    }

    /**
     * Pixels down.
     *
     * @return the height
     */
    public int height() {
        return image.getHeight();
    }

    /**
     * Reads a row.
     *
     * @param y 0 to height - 1
     * @param luminance one value a pixel, 0 to 1
     * @param hidden 1 where alpha is below half, 0 elsewhere
     */
    public void read(int y, double[] luminance, double[] hidden) {
        if (grey) {
            readGrey(y, luminance, hidden);
        } else {
            readColour(y, luminance, hidden);
        }
    }

    private void readGrey(int y, double[] luminance, double[] hidden) {
        int bands = image.getRaster().getNumBands();
        int[] samples = image.getRaster().getPixels(0, y, width(), 1, (int[]) null);
        double white = (1 << image.getColorModel().getComponentSize(0)) - 1;
        boolean hasAlpha = image.getColorModel().hasAlpha();
        for (int x = 0; x < width(); x++) {
            hidden[x] = hasAlpha && samples[x * bands + bands - 1] < white / 2 ? 1 : 0;
            luminance[x] = hidden[x] == 1 ? 1 : samples[x * bands] / white;
        }
    }

    private void readColour(int y, double[] luminance, double[] hidden) {
        int[] pixels = image.getRGB(0, y, width(), 1, null, 0, width());
        for (int x = 0; x < width(); x++) {
            hidden[x] = (pixels[x] >>> 24) < 128 ? 1 : 0;
            luminance[x] = hidden[x] == 1 ? 1 : rec709(pixels[x]);
        }
    }

    private static double rec709(int rgb) {
        int red = rgb >> 16 & 255;
        int green = rgb >> 8 & 255;
        int blue = rgb & 255;
        return red == green && green == blue ? red / 255.0 : (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    }
}
