package org.engram.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * A picture on the R-Net: one finite float for every pixel, white = 1 and black = 0. A pattern of nothing but ones and
 * zeros is black and white, and held as one bit a pixel; any other is real-valued. Immutable, safe for any number of
 * threads.
 */
public final class Pattern {

    private final Geometry geometry;
    /** The white pixels; null when real-valued. */
    private final BitPlane white;
    /** Row by row; null when black and white. */
    private final float[] values;

    private Pattern(Geometry geometry, BitPlane white, float[] values) {
        this.geometry = geometry;
        this.white = white;
        this.values = values;
    }

    /**
     * A pattern of any values.
     *
     * @param geometry the shape
     * @param values one float a pixel, row by row from the upper left; copied
     * @return the pattern
     * @throws EngramException.InvalidPattern if there are too few or too many values, or one is not finite
     */
    public static Pattern of(Geometry geometry, float... values) {
        if (values.length != geometry.pixels()) {
            throw new EngramException.InvalidPattern(
                    "pattern has the wrong number of values: expected %d for %s, found %d"
                            .formatted(geometry.pixels(), geometry, values.length));
        }
        return isBlackAndWhite(values) ? painted(geometry, values) : realValued(geometry, values.clone());
    }

    /**
     * A black and white pattern.
     *
     * @param geometry the shape
     * @param white bit {@code y * width + x} is set where pixel (x, y) is white
     * @return the pattern
     * @throws EngramException.InvalidPattern if a bit outside the geometry is set
     */
    public static Pattern blackAndWhite(Geometry geometry, BitSet white) {
        if (white.length() > geometry.pixels()) {
            throw new EngramException.InvalidPattern(
                    "pattern has a white pixel outside the picture: expected pixels 0 to %d, found %d"
                            .formatted(geometry.pixels() - 1, white.length() - 1));
        }
        return new Pattern(geometry, BitPlane.of(BitLayout.of(geometry), white), null);
    }

    /** As the public one, for the layout of this geometry. */
    static Pattern blackAndWhite(Geometry geometry, BitPlane white) {
        return new Pattern(geometry, white, null);
    }

    /** As {@link #of}, for an array of the right length that nobody else holds. */
    static Pattern ofTrusted(Geometry geometry, float[] values) {
        return isBlackAndWhite(values) ? painted(geometry, values) : realValued(geometry, values);
    }

    /** In one pass without a branch: of all floats, only 0 and 1 are their own square. */
    private static boolean isBlackAndWhite(float[] values) {
        float worst = 0;
        for (float value : values) {
            worst = Math.max(worst, Math.abs(value * value - value));
        }
        return worst == 0;
    }

    private static Pattern painted(Geometry geometry, float[] values) {
        return new Pattern(geometry, BitPlane.of(BitLayout.of(geometry), values), null);
    }

    private static Pattern realValued(Geometry geometry, float[] values) {
        for (int j = 0; j < values.length; j++) {
            float value = values[j];
            if (!Float.isFinite(value)) {
                throw new EngramException.InvalidPattern(
                        "pattern value is not a finite number: pixel (%d, %d) is %s; replace it before storing or recalling"
                                .formatted(j % geometry.width(), j / geometry.width(), value));
            }
            values[j] = value + 0.0f; // a negative zero is black like any other
        }
        return new Pattern(geometry, null, values);
    }

    /**
     * The shape.
     *
     * @return the geometry
     */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * Whether every value is 0 or 1.
     *
     * @return true for a black and white pattern
     */
    public boolean isBlackAndWhite() {
        return white != null;
    }

    /**
     * One pixel.
     *
     * @param x 0 to width - 1
     * @param y 0 to height - 1
     * @return its value; 1 is white, 0 is black
     * @throws IndexOutOfBoundsException if the pixel is outside
     */
    public float value(int x, int y) {
        int pixel = geometry.index(x, y);
        if (white == null) {
            return values[pixel];
        }
        return white.get(pixel) ? 1 : 0;
    }

    /**
     * All pixels.
     *
     * @return a copy, row by row from the upper left
     */
    public float[] values() {
        return white == null ? values.clone() : array();
    }

    /** The values, for this package, which must not change them; made anew for each call when black and white. */
    float[] array() {
        if (white == null) {
            return values;
        }
        float[] painted = new float[geometry.pixels()];
        white.expand(1, painted);
        return painted;
    }

    /** The white pixels of a black and white pattern, null for any other. */
    BitPlane plane() {
        return white;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that
                && geometry.equals(that.geometry)
                && Objects.equals(white, that.white)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * geometry.hashCode() + (white == null ? Arrays.hashCode(values) : white.hashCode());
    }

    @Override
    public String toString() {
        return (isBlackAndWhite() ? "black and white pattern, " : "real-valued pattern, ") + geometry;
    }

    /** Where the first pixel is that is neither black nor white, for a message. */
    String whereGrey() {
        for (int j = 0; j < values.length; j++) {
            if (values[j] != 0 && values[j] != 1) {
                return "pixel (%d, %d) is %s".formatted(j % geometry.width(), j / geometry.width(), values[j]);
            }
        }
        return "it has none but 0 and 1";
    }
}
