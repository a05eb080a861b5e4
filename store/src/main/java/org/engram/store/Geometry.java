package org.engram.store;

/**
 * The shape of the R-Net: every pattern of a store has this many pixels across and down. Pixel (x, y) is element
 * {@code y * width + x} of a stripe.
 *
 * @param width pixels across, 1 to {@value #MAX_SIDE}
 * @param height pixels down, 1 to {@value #MAX_SIDE}
 */
public record Geometry(int width, int height) {

    /** The longest side, in pixels. */
    public static final int MAX_SIDE = 4096;

    /** The paper's: 116 x 116, a QR Version 1 symbol with its quiet zone at four pixels a module. */
    public static final Geometry PAPER = new Geometry(116, 116);

    /** Checks the sides.
     * @throws IllegalArgumentException if a side is out of range */
    public Geometry {
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new IllegalArgumentException("geometry out of range: expected 1 x 1 to %s x %s, found %s x %s"
                    .formatted(MAX_SIDE, MAX_SIDE, width, height));
        }
    }

    /** R, the number of R-Net neurons.
     * @return width times height, 1 to 16,777,216 */
    public int pixels() {
        return width * height;
    }

    /** Where a pixel stands in a stripe.
     * @param x 0 to width - 1
     * @param y 0 to height - 1
     * @return {@code y * width + x}
     * @throws IndexOutOfBoundsException if the pixel is outside */
    public int index(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("pixel (%s, %s) is outside %s".formatted(x, y, this));
        }
        return y * width + x;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
