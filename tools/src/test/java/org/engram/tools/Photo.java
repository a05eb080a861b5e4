package org.engram.tools;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.engram.store.Pattern;

/** A picture of a symbol, and what may happen to one on its way; every method gives another picture. */
record Photo(BufferedImage image) {

    static Photo of(Pattern pattern) {
        return of(PatternImage.of(pattern));
    }

    static Photo of(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean white = (image.getRGB(x, y) & 255) >= 128;
                copy.setRGB(x, y, white ? 0xffffffff : 0xff000000);
            }
        }
        return new Photo(copy);
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    Photo scaledTo(int width, int height, boolean smooth) {
        BufferedImage scaled = blank(width, height);
        Graphics2D pen = scaled.createGraphics();
        pen.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                smooth
                        ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return new Photo(scaled);
    }

    /** Turned clockwise. */
    Photo turned(int quarters) {
        Photo turned = this;
        for (int k = 0; k < quarters; k++) {
            BufferedImage from = turned.image;
            BufferedImage to = blank(/* width= */ from.getHeight(), /* height= */ from.getWidth());
            for (int y = 0; y < from.getHeight(); y++) {
                for (int x = 0; x < from.getWidth(); x++) {
                    to.setRGB(from.getHeight() - 1 - y, x, from.getRGB(x, y));
                }
            }
            turned = new Photo(to);
        }
        return turned;
    }

    /** Turned clockwise by any angle, in a white picture of the same size. */
    Photo slanted(double degrees) {
        BufferedImage slanted = blank(width(), height());
        Graphics2D pen = slanted.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width(), height());
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.rotate(Math.toRadians(degrees), width() / 2.0, height() / 2.0);
        pen.drawImage(image, 0, 0, null);
        pen.dispose();
        return new Photo(slanted);
    }

    /** What is left when the white around is cut off. */
    Photo cropped() {
        int left = width();
        int top = height();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                if (image.getRGB(x, y) == 0xff000000) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = y + 1;
                }
            }
        }
        return new Photo(image.getSubimage(left, top, right - left, bottom - top));
    }

    /** On a larger white sheet. */
    Photo on(int width, int height, int left, int top) {
        BufferedImage sheet = blank(width, height);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.drawImage(image, left, top, null);
        pen.dispose();
        return new Photo(sheet);
    }

    Photo painted(Color colour, Shape area) {
        Photo copy = new Photo(blank(width(), height()));
        Graphics2D pen = copy.image.createGraphics();
        pen.setComposite(AlphaComposite.Src);
        pen.drawImage(image, 0, 0, null);
        pen.setColor(colour);
        pen.fill(area);
        pen.dispose();
        return copy;
    }

    /** Transparent there. */
    Photo torn(Shape area) {
        return painted(new Color(0, 0, 0, 0), area);
    }

    /** So many pixels in a hundred are turned from black to white or back. */
    Photo noisy(int percent, long seed) {
        Photo copy = new Photo(blank(width(), height()));
        Random random = new Random(seed);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int pixel = image.getRGB(x, y);
                copy.image.setRGB(x, y, random.nextInt(100) < percent ? pixel ^ 0xffffff : pixel);
            }
        }
        return copy;
    }

    Path write(Path path) throws IOException {
        return Images.write(image, path);
    }

    private static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }
}
