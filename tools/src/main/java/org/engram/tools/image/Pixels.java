package org.engram.tools.image;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** What is done to the pixels of an image before it is shown. */
public final class Pixels {

    private Pixels() {}

    /**
     * Makes an image as wide as wanted and keeps its shape: areas are averaged when it shrinks, and pixels stay squares
     * when it grows.
     */
    public static BufferedImage scaled(BufferedImage image, int width) {
        if (width == image.getWidth()) {
            return image;
        }
        int height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
        BufferedImage source = inRgb(image);
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        if (width < image.getWidth()) {
            Image averaged = source.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
            graphics.drawImage(averaged, 0, 0, null);
        } else {
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            graphics.drawImage(source, 0, 0, width, height, null);
        }
        graphics.dispose();
        return scaled;
    }

    /**
     * Makes an image fit for a screen. A small image grows by a whole number, until its longer side is about as long as
     * wanted; an image with a side longer than the most shrinks to that.
     */
    public static BufferedImage onScreen(BufferedImage image, int wanted, int most) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        return longer > most
                ? scaled(image, Math.max(1, image.getWidth() * most / longer))
                : scaled(image, image.getWidth() * Math.max(1, wanted / longer));
    }

    private static BufferedImage inRgb(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                rgb.setRGB(x, y, rgb(image, x, y));
            }
        }
        return rgb;
    }

    /** The colour as 0xRRGGBB. A grey image gives its values as they are, which {@code getRGB} would brighten. */
    public static int rgb(BufferedImage image, int x, int y) {
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return image.getRaster().getSample(x, y, 0) * 0x010101;
        }
        return image.getRGB(x, y) & 0xffffff;
    }

    /** The luminance by Rec. 709, 0 to 255. */
    public static double luminance(int rgb) {
        return luminance(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
    }

    /** The luminance by Rec. 709, in the unit of the three. */
    public static double luminance(double red, double green, double blue) {
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
}
