package org.engram.tools.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * The rows of an image as luminance, 0 black to 1 white, with transparent pixels white. For one thread.
 *
 * <p>{@link BufferedImage#getRGB} knows every kind of image, but for each pixel it takes longer than all the rest of
 * reading a file. So the usual kinds of images are read from their samples.
 */
public final class PixelRows {

    private static final int VALUES_OF_BYTE = 256;
    private static final double WHITE_BYTE = VALUES_OF_BYTE - 1;

    /** What the samples of a pixel are. */
    private enum Kind {
        /** One byte. A table has its luminance. */
        BYTE,
        /** Luminance, and perhaps alpha. */
        GREY,
        /** Red, green and blue of a byte each or of two, and perhaps alpha. */
        RGB,
        /** Cyan, magenta, yellow and black of a byte each or of two, as shares of full ink. */
        CMYK,
        /** Something else. */
        OTHER
    }

    private final BufferedImage image;
    private final int bands;
    private final Kind kind;
    private final boolean mayHide;
    /** The luminance of every byte, and whether it is hidden. */
    private final double[] luminanceOf = new double[VALUES_OF_BYTE];

    private final double[] hiddenOf = new double[VALUES_OF_BYTE];
    private final byte[] bytes;
    /** Samples of a row, then its colours. */
    private final int[] row;

    /** Reads from an image. */
    public PixelRows(BufferedImage image) {
        this.image = image;
        this.bands = image.getRaster().getNumBands();
        ColorModel colours = image.getColorModel();
        this.kind = kind(colours);
        this.mayHide = kind == Kind.BYTE ? fillTable(colours) : colours.hasAlpha();
        this.bytes = new byte[kind == Kind.BYTE ? image.getWidth() : 0];
        this.row = new int[kind == Kind.BYTE ? 0 : image.getWidth() * bands];
    }

    private static Kind kind(ColorModel colours) {
        boolean isByte = colours.getTransferType() == DataBuffer.TYPE_BYTE;
        boolean isShort = colours.getTransferType() == DataBuffer.TYPE_USHORT;
        if (colours instanceof IndexColorModel && isByte) {
            return Kind.BYTE;
        }
        if (!(colours instanceof ComponentColorModel) || !(isByte || isShort)) {
            return Kind.OTHER;
        }
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return isByte && !colours.hasAlpha() ? Kind.BYTE : Kind.GREY;
        }
        int whole = isByte ? Byte.SIZE : Short.SIZE;
        if (Arrays.stream(colours.getComponentSize()).anyMatch(bits -> bits != whole)
                || colours.isAlphaPremultiplied()) {
            return Kind.OTHER;
        }
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK && !colours.hasAlpha()) {
            return Kind.CMYK;
        }
        return colours.getColorSpace().isCS_sRGB() ? Kind.RGB : Kind.OTHER;
    }

    /** Tells whether any byte is hidden. */
    private boolean fillTable(ColorModel colours) {
        boolean anyHidden = false;
        for (int sample = 0; sample < VALUES_OF_BYTE; sample++) {
            if (colours instanceof IndexColorModel palette) {
                int rgb = palette.getRGB(sample);
                hiddenOf[sample] = hidden(rgb);
                luminanceOf[sample] = luminance(rgb);
                anyHidden |= hiddenOf[sample] > 0;
            } else {
                luminanceOf[sample] = sample / white(colours);
            }
        }
        return anyHidden;
    }

    private static double white(ColorModel colours) {
        return (1 << colours.getComponentSize(0)) - 1;
    }

    /** Pixels across. */
    public int width() {
        return image.getWidth();
    }

    /** Pixels down. */
    public int height() {
        return image.getHeight();
    }

    /** Whether pixels may be transparent. */
    public boolean mayHide() {
        return mayHide;
    }

    /**
     * Reads a row: one luminance a pixel, 0 to 1, and hidden 1 where alpha is below half, else 0. {@code hidden} is
     * left as it is when no pixel may be hidden.
     */
    public void read(int y, double[] luminance, double[] hidden) {
        switch (kind) {
            case BYTE -> readBytes(y, luminance, hidden);
            case GREY -> readGrey(y, luminance, hidden);
            case RGB -> readRgb(y, luminance, hidden);
            case CMYK -> readInks(y, luminance);
            case OTHER -> {
                image.getRGB(0, y, width(), 1, row, 0, width());
                readColours(luminance, hidden);
            }
        }
    }

    private void readBytes(int y, double[] luminance, double[] hidden) {
        image.getRaster().getDataElements(0, y, width(), 1, bytes);
        for (int x = 0; x < bytes.length; x++) {
            luminance[x] = luminanceOf[bytes[x] & 0xff];
        }
        if (mayHide) {
            for (int x = 0; x < bytes.length; x++) {
                hidden[x] = hiddenOf[bytes[x] & 0xff];
            }
        }
    }

    /** Reads samples directly: getRGB bends grey values from linear light to sRGB, and 128 would come out as 188. */
    private void readGrey(int y, double[] luminance, double[] hidden) {
        image.getRaster().getPixels(0, y, width(), 1, row);
        double white = white(image.getColorModel());
        for (int x = 0; x < width(); x++) {
            luminance[x] = row[x * bands] / white;
            if (mayHide) {
                hidden[x] = row[x * bands + bands - 1] < white / 2 ? 1 : 0;
                luminance[x] = hidden[x] == 1 ? 1 : luminance[x];
            }
        }
    }

    private void readRgb(int y, double[] luminance, double[] hidden) {
        image.getRaster().getPixels(0, y, width(), 1, row);
        double white = white(image.getColorModel());
        for (int x = 0; x < width(); x++) {
            int at = x * bands;
            luminance[x] = luminance(row[at], row[at + 1], row[at + 2]) / white;
            if (mayHide) {
                hidden[x] = row[at + bands - 1] < white / 2 ? 1 : 0;
                luminance[x] = hidden[x] == 1 ? 1 : luminance[x];
            }
        }
    }

    /**
     * Computes colours as inks let white paper through. The colour space of the JDK takes this for linear light, and
     * comes out too bright.
     */
    private void readInks(int y, double[] luminance) {
        image.getRaster().getPixels(0, y, width(), 1, row);
        double full = white(image.getColorModel());
        for (int x = 0; x < width(); x++) {
            int at = x * bands;
            double light = Pixels.luminance(full - row[at], full - row[at + 1], full - row[at + 2]) / full;
            luminance[x] = light * (full - row[at + 3]) / full;
        }
    }

    /** Reads the colours in the row. */
    private void readColours(double[] luminance, double[] hidden) {
        for (int x = 0; x < width(); x++) {
            int argb = row[x];
            hidden[x] = hidden(argb);
            luminance[x] = luminance(argb);
        }
    }

    private static double hidden(int argb) {
        return argb >>> 24 < VALUES_OF_BYTE / 2 ? 1 : 0;
    }

    /** The luminance of Rec. 709. */
    private static double luminance(int argb) {
        return hidden(argb) > 0 ? 1 : luminance(argb >> 16 & 255, argb >> 8 & 255, argb & 255) / WHITE_BYTE;
    }

    /** The luminance. For grey it is exactly the value of each of the three. */
    private static double luminance(int red, int green, int blue) {
        return red == green && green == blue ? blue : Pixels.luminance(red, green, blue);
    }
}
