package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/** How a picture lies: mirrored left to right or not, then turned clockwise. The numbers are those of EXIF. */
public enum Orientation {
    UPRIGHT(1, 0, false),
    MIRRORED(2, 0, true),
    TURNED_180(3, 180, false),
    MIRRORED_TURNED_180(4, 180, true),
    MIRRORED_TURNED_270(5, 270, true),
    TURNED_270(6, 270, false),
    MIRRORED_TURNED_90(7, 90, true),
    TURNED_90(8, 90, false);

    private final int exif;
    private final int degrees;
    private final boolean mirrored;

    Orientation(int exif, int degrees, boolean mirrored) {
        this.exif = exif;
        this.degrees = degrees;
        this.mirrored = mirrored;
    }

    /** The orientation of a turn by 0, 90, 180 or 270 degrees. */
    public static Orientation of(int degrees, boolean mirrored) {
        for (Orientation orientation : values()) {
            if (orientation.degrees == degrees && orientation.mirrored == mirrored) {
                return orientation;
            }
        }
        throw new IllegalArgumentException("no quarter turn: " + degrees);
    }

    /** The orientation of a number of EXIF; upright for any other number. */
    static Orientation ofExif(int number) {
        for (Orientation orientation : values()) {
            if (orientation.exif == number) {
                return orientation;
            }
        }
        return UPRIGHT;
    }

    int exif() {
        return exif;
    }

    /** The turn: 0, 90, 180 or 270, clockwise. */
    public int degrees() {
        return degrees;
    }

    public boolean isMirrored() {
        return mirrored;
    }

    /** Whether width and height change places. */
    public boolean isSideways() {
        return degrees % 180 != 0;
    }

    /** The column of pixel (x, y) of the upright picture in a picture of this width that lies so. */
    int lyingX(int x, int y, int width) {
        int across = isSideways() ? y : x;
        return switch (this) {
            case MIRRORED, TURNED_180, MIRRORED_TURNED_90, TURNED_90 -> width - 1 - across;
            default -> across;
        };
    }

    /** The row of pixel (x, y) of the upright picture in a picture of this height that lies so. */
    int lyingY(int x, int y, int height) {
        int down = isSideways() ? x : y;
        return switch (this) {
            case TURNED_180, MIRRORED_TURNED_180, TURNED_270, MIRRORED_TURNED_90 -> height - 1 - down;
            default -> down;
        };
    }

    /** Turns a picture that lies so upright. The kind of pixels stays. */
    BufferedImage upright(BufferedImage lying) {
        if (this == UPRIGHT) {
            return lying;
        }
        int width = isSideways() ? lying.getHeight() : lying.getWidth();
        int height = isSideways() ? lying.getWidth() : lying.getHeight();
        WritableRaster from = lying.getRaster();
        WritableRaster to = from.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixel = from.getDataElements(lyingX(x, y, lying.getWidth()), lyingY(x, y, lying.getHeight()), pixel);
                to.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(lying.getColorModel(), to, lying.isAlphaPremultiplied(), null);
    }
}
