package org.engram.store;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A picture on the R-Net: one finite float for every pixel, white = 1 and black = 0. A pattern of nothing but ones and
 * zeros is black and white; any other is real-valued. Immutable, safe for any number of threads.
 */
public final class Pattern {

    private final Geometry geometry;
    private final float[] values;
    private final boolean blackAndWhite;

    private Pattern(Geometry geometry, float[] values, boolean blackAndWhite) {
        this.geometry = geometry;
        this.values = values;
        this.blackAndWhite = blackAndWhite;
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
        return ofTrusted(geometry, values.clone());
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
        float[] values = new float[geometry.pixels()];
        for (int j = white.nextSetBit(0); j >= 0; j = white.nextSetBit(j + 1)) {
            values[j] = 1;
        }
        return new Pattern(geometry, values, true);
    }

    /** As {@link #of}, for an array of the right length that nobody else holds. */
    static Pattern ofTrusted(Geometry geometry, float[] values) {
        boolean blackAndWhite = true;
        for (int j = 0; j < values.length; j++) {
            float value = values[j];
            if (!Float.isFinite(value)) {
                throw new EngramException.InvalidPattern(
                        "pattern value is not a finite number: pixel (%d, %d) is %s; replace it before storing or recalling"
                                .formatted(j % geometry.width(), j / geometry.width(), value));
            }
            values[j] = value + 0.0f; // a negative zero is black like any other
            blackAndWhite &= value == 0 || value == 1;
        }
        return new Pattern(geometry, values, blackAndWhite);
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
        return blackAndWhite;
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
        return values[geometry.index(x, y)];
    }

    /**
     * All pixels.
     *
     * @return a copy, row by row from the upper left
     */
    public float[] values() {
        return values.clone();
    }

    /** The values themselves, for this package, which must not change them. */
    float[] array() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that && geometry.equals(that.geometry) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * geometry.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return (blackAndWhite ? "black and white pattern, " : "real-valued pattern, ") + geometry;
    }
}
