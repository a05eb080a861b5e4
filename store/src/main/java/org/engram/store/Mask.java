package org.engram.store;

import java.util.BitSet;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.PixelBits;

/** Which pixels of a cue are visible, or of a pattern known. Immutable, safe for any number of threads. */
public final class Mask {

    private final Geometry geometry;
    private final PixelBits visible;

    Mask(Geometry geometry, PixelBits visible) {
        this.geometry = geometry;
        this.visible = visible;
    }

    /** Shows everything.
     * @param geometry the shape of the cue
     * @return a mask in which every pixel is visible */
    public static Mask all(Geometry geometry) {
        return new Mask(geometry, PixelBits.all(BitLayout.of(geometry)));
    }

    /** Shows a rectangle and hides the rest.
     * @param geometry the shape of the cue
     * @param x left edge, 0 to width - 1
     * @param y upper edge, 0 to height - 1
     * @param width pixels across, at least 1
     * @param height pixels down, at least 1
     * @return the mask
     * @throws IllegalArgumentException if the rectangle is empty or reaches outside */
    public static Mask rectangle(Geometry geometry, int x, int y, int width, int height) {
        if (x < 0
                || y < 0
                || width < 1
                || height < 1
                || width > geometry.width() - x
                || height > geometry.height() - y) {
            throw new IllegalArgumentException(
                    "visible rectangle is not inside the picture: expected within %s, found %s,%s,%s,%s (x,y,width,height)"
                            .formatted(geometry, x, y, width, height));
        }
        BitSet visible = new BitSet(geometry.pixels());
        for (int row = y; row < y + height; row++) {
            visible.set(row * geometry.width() + x, row * geometry.width() + x + width);
        }
        return new Mask(geometry, PixelBits.of(BitLayout.of(geometry), visible));
    }

    /** Shows the square in the lower right corner, the paper's way of hiding.
     * @param geometry the shape of the cue
     * @param side pixels across and down, at least 1
     * @return the mask
     * @throws IllegalArgumentException if the square reaches outside */
    public static Mask lowerRight(Geometry geometry, int side) {
        return rectangle(geometry, geometry.width() - side, geometry.height() - side, side, side);
    }

    /** Shows the pixels that are in the sketch of a neuron, an even sample of the picture: block 0 of the file format.
     * @param geometry the shape of the cue
     * @return a mask in which at most 512 pixels are visible */
    public static Mask ofSketch(Geometry geometry) {
        return new Mask(geometry, PixelBits.ofSketch(BitLayout.of(geometry)));
    }

    /** Shows the pixels whose bit is set.
     * @param geometry the shape of the cue
     * @param visible bit {@code y * width + x} for pixel (x, y); copied
     * @return the mask
     * @throws IllegalArgumentException if a bit outside the geometry is set */
    public static Mask of(Geometry geometry, BitSet visible) {
        if (visible.length() > geometry.pixels()) {
            throw new IllegalArgumentException(
                    "mask reaches outside the picture: expected at most %s bits, found bit %s"
                            .formatted(geometry.pixels(), visible.length() - 1));
        }
        return new Mask(geometry, PixelBits.of(BitLayout.of(geometry), visible));
    }

    /** Shows what both masks show.
     * @param other a mask of the same geometry
     * @return the intersection
     * @throws EngramException.WrongGeometry if the shapes differ */
    public Mask and(Mask other) {
        if (!geometry.equals(other.geometry)) {
            throw new EngramException.WrongGeometry(
                    Diagnosis.of("masks of different shape cannot be joined").expected(geometry, other.geometry));
        }
        return new Mask(geometry, visible.and(other.visible));
    }

    /** The shape of the cue that this mask belongs to.
     * @return the geometry */
    public Geometry geometry() {
        return geometry;
    }

    /** How many pixels are visible.
     * @return 0 to {@link Geometry#pixels} */
    public int count() {
        return visible.count();
    }

    /** Tells one pixel.
     * @param x 0 to width - 1
     * @param y 0 to height - 1
     * @return whether the pixel is visible
     * @throws IndexOutOfBoundsException if the pixel is outside */
    public boolean isVisible(int x, int y) {
        return visible.get(geometry.index(x, y));
    }

    /** The visible pixels, as {@link #of(Geometry, BitSet)} takes them.
     * @return a copy */
    public BitSet toBitSet() {
        BitSet pixels = new BitSet(geometry.pixels());
        for (int pixel = 0; pixel < geometry.pixels(); pixel++) {
            pixels.set(pixel, visible.get(pixel));
        }
        return pixels;
    }

    boolean isVisible(int pixel) {
        return visible.get(pixel);
    }

    /** The visible pixels. */
    PixelBits pixelBits() {
        return visible;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask that && geometry.equals(that.geometry) && visible.equals(that.visible);
    }

    @Override
    public int hashCode() {
        return 31 * geometry.hashCode() + visible.hashCode();
    }

    @Override
    public String toString() {
        return "mask, %s, %s pixels visible".formatted(geometry, count());
    }
}
