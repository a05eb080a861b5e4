package org.engram.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;

/**
 * A picture on the R-Net: one finite float for every pixel, white = 1 and black = 0. A pattern of nothing but ones and
 * zeros is two-valued (black and white), and held as one bit a pixel; any other is real-valued. Immutable, safe for any number of
 * threads.
 */
public final class Pattern {

    private final Geometry geometry;
    private final Picture picture;

    private Pattern(Geometry geometry, Picture picture) {
        this.geometry = geometry;
        this.picture = picture;
    }

    /** A pattern of any values.
     * @param geometry the shape
     * @param values one float a pixel, row by row from the upper left; copied
     * @return the pattern
     * @throws EngramException.InvalidPattern if there are too few or too many values, or one is not finite */
    public static Pattern of(Geometry geometry, float... values) {
        if (values.length != geometry.pixels()) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern has the wrong number of values")
                    .expected("%s for %s".formatted(geometry.pixels(), geometry), values.length));
        }
        return isTwoValued(values) ? painted(geometry, values) : realValued(geometry, values.clone());
    }

    /** A two-valued pattern.
     * @param geometry the shape
     * @param white bit {@code y * width + x} is set where pixel (x, y) is white
     * @return the pattern
     * @throws EngramException.InvalidPattern if a bit outside the geometry is set */
    public static Pattern twoValued(Geometry geometry, BitSet white) {
        if (white.length() > geometry.pixels()) {
            throw outside(geometry, white.length() - 1);
        }
        return new Pattern(geometry, new Picture.TwoValued(PixelBits.of(BitLayout.of(geometry), white)));
    }

    private static EngramException outside(Geometry geometry, long pixel) {
        return new EngramException.InvalidPattern(Diagnosis.of("pattern has a white pixel outside the picture")
                .expected("pixels 0 to " + (geometry.pixels() - 1), pixel));
    }

    /** A two-valued pattern of packed bits.
     * @param geometry the shape
     * @param bits bit {@code j % 64}, from the lowest, of word {@code j / 64} is set where pixel {@code j = y * width + x} is
     *     white, as {@link BitSet#valueOf(long[])} takes it; missing words are black; copied
     * @return the pattern
     * @throws EngramException.InvalidPattern if a bit outside the geometry is set */
    public static Pattern ofBits(Geometry geometry, long... bits) {
        return twoValued(geometry, BitSet.valueOf(bits));
    }

    /** A two-valued pattern of packed bits.
     * @param geometry the shape
     * @param bits bit {@code j % 8}, from the lowest, of byte {@code j / 8} is set where pixel {@code j = y * width + x} is
     *     white; missing bytes are black; copied, from the heap or from elsewhere
     * @return the pattern
     * @throws EngramException.InvalidPattern if a bit outside the geometry is set */
    public static Pattern ofBits(Geometry geometry, MemorySegment bits) {
        long used = bits.byteSize();
        while (used > 0 && bits.get(ValueLayout.JAVA_BYTE, used - 1) == 0) {
            used--;
        }
        if (used > Math.ceilDiv(geometry.pixels(), Byte.SIZE)) {
            int last = Byte.toUnsignedInt(bits.get(ValueLayout.JAVA_BYTE, used - 1));
            throw outside(
                    geometry, used * Byte.SIZE - Integer.numberOfLeadingZeros(last << (Integer.SIZE - Byte.SIZE)) - 1);
        }
        return twoValued(geometry, BitSet.valueOf(bits.asSlice(0, used).toArray(ValueLayout.JAVA_BYTE)));
    }

    /** A picture out of a store.
     * @throws EngramException.InvalidPattern if a value is not finite */
    static Pattern of(Geometry geometry, Picture picture) {
        return switch (picture) {
            case Picture.TwoValued twoValued -> new Pattern(geometry, twoValued);
            case Picture.RealValued(float[] values) ->
                isTwoValued(values) ? painted(geometry, values) : realValued(geometry, values);
        };
    }

    /** Takes one pass without a branch: only the floats 0 and 1 are their own square. */
    private static boolean isTwoValued(float[] values) {
        float worst = 0;
        for (float value : values) {
            worst = Math.max(worst, Math.abs(value * value - value));
        }
        return worst == 0;
    }

    private static Pattern painted(Geometry geometry, float[] values) {
        return new Pattern(geometry, new Picture.TwoValued(PixelBits.of(BitLayout.of(geometry), values)));
    }

    private static Pattern realValued(Geometry geometry, float[] values) {
        for (int j = 0; j < values.length; j++) {
            float value = values[j];
            if (!Float.isFinite(value)) {
                throw new EngramException.InvalidPattern(Diagnosis.of("pattern value is not a finite number")
                        .found("pixel (%s, %s) is %s".formatted(j % geometry.width(), j / geometry.width(), value))
                        .remedy("replace it before storing or recalling"));
            }
            values[j] = value + 0.0f; // a negative zero is black like any other
        }
        return new Pattern(geometry, new Picture.RealValued(values));
    }

    /** The shape.
     * @return the geometry */
    public Geometry geometry() {
        return geometry;
    }

    /** Whether every value is 0 or 1.
     * @return true for a two-valued pattern */
    public boolean isTwoValued() {
        return picture instanceof Picture.TwoValued;
    }

    /** One pixel.
     * @param x 0 to width - 1
     * @param y 0 to height - 1
     * @return its value; 1 is white, 0 is black
     * @throws IndexOutOfBoundsException if the pixel is outside */
    public float value(int x, int y) {
        int pixel = geometry.index(x, y);
        return switch (picture) {
            case Picture.TwoValued two -> two.white().get(pixel) ? 1 : 0;
            case Picture.RealValued(float[] values) -> values[pixel];
        };
    }

    /** All pixels.
     * @return a copy, row by row from the upper left */
    public float[] values() {
        return switch (picture) {
            case Picture.TwoValued two -> {
                float[] painted = new float[geometry.pixels()];
                two.white().expand(1, painted);
                yield painted;
            }
            case Picture.RealValued(float[] values) -> values.clone();
        };
    }

    /** The white pixels, as {@link #ofBits(Geometry, long...)} takes them.
     * @return a copy of ceil(R / 64) words
     * @throws EngramException.InvalidPattern if the pattern is real-valued */
    public long[] toBits() {
        if (!(picture instanceof Picture.TwoValued two)) {
            throw new EngramException.InvalidPattern(Diagnosis.of("pattern has no bits")
                    .expected("a black and white pattern", this)
                    .remedy("take its values"));
        }
        return two.white().rows();
    }

    /** The white pixels, as {@link #twoValued} takes them.
     * @return a copy
     * @throws EngramException.InvalidPattern if the pattern is real-valued */
    public BitSet toBitSet() {
        return BitSet.valueOf(toBits());
    }

    /** Writes the white pixels, as {@link #ofBits(Geometry, MemorySegment)} takes them, into ceil(R / 8) bytes.
     * @param into where to; what follows stays as it is
     * @throws EngramException.InvalidPattern if the pattern is real-valued
     * @throws IndexOutOfBoundsException if {@code into} is shorter; nothing is written then */
    public void toBits(MemorySegment into) {
        MemorySegment target = into.asSlice(0, Math.ceilDiv(geometry.pixels(), Byte.SIZE));
        byte[] bytes = Arrays.copyOf(toBitSet().toByteArray(), Math.toIntExact(target.byteSize()));
        target.copyFrom(MemorySegment.ofArray(bytes));
    }

    /**
     * {@return a copy in which only some pixels are known} An unknown pixel never votes, neither in a cue nor in a
     * stored pattern. It shows as black. A store keeps them unknown if it was created {@link StoreOptions#withMasks}.
     * @param known the known pixels, in place of those that were known before
     * @throws EngramException.WrongGeometry if the shapes differ
     * @throws EngramException.InvalidPattern if this pattern is real-valued */
    public Pattern withKnown(Mask known) {
        requireFits(known);
        if (!(picture instanceof Picture.TwoValued two)) {
            throw new EngramException.InvalidPattern(Diagnosis.of("real-valued pattern cannot have unknown pixels")
                    .expected("a black and white pattern", "a real-valued one")
                    .remedy("make it black and white"));
        }
        PixelBits pixelBits = known.pixelBits();
        return new Pattern(
                geometry,
                known.count() == geometry.pixels()
                        ? new Picture.TwoValued(two.white())
                        : new Picture.TwoValued(two.white().and(pixelBits), pixelBits));
    }

    private void requireFits(Mask mask) {
        if (!geometry.equals(mask.geometry())) {
            throw new EngramException.WrongGeometry(
                    Diagnosis.of("mask does not fit the pattern").expected(geometry, mask.geometry()));
        }
    }

    /**
     * {@return a copy with noise in some pixels} In a black and white pattern exactly this share of them turns from
     * white to black or back. In a grey pattern each of them is mixed with this share of another one. All pixels of the
     * copy are known. This is for trials.
     * @param share of the pixels, or of the other pixel in each, 0 to 1
     * @param where the pixels that may be damaged
     * @param seed the same seed makes the same noise
     * @throws IllegalArgumentException if the share is out of range
     * @throws EngramException.WrongGeometry if the shapes differ */
    public Pattern withNoise(double share, Mask where, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share out of range: expected 0 to 1, found " + share);
        }
        requireFits(where);
        float[] values = values();
        int[] seen = IntStream.range(0, values.length)
                .filter(j -> where.isVisible(j % geometry.width(), j / geometry.width()))
                .toArray();
        if (isTwoValued()) {
            Noise.flip(values, seen, share, seed);
        } else {
            Noise.mix(values, seen, share, seed);
        }
        return of(geometry, values);
    }

    /** {@return the known pixels: all, unless {@link #withKnown} says otherwise} */
    public Mask known() {
        return picture instanceof Picture.TwoValued two && two.known() != null
                ? new Mask(geometry, two.known())
                : Mask.all(geometry);
    }

    Picture picture() {
        return picture;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that && geometry.equals(that.geometry) && isSame(picture, that.picture);
    }

    private static boolean isSame(Picture one, Picture other) {
        return one instanceof Picture.RealValued(float[] values)
                ? other instanceof Picture.RealValued(float[] others) && Arrays.equals(values, others)
                : one.equals(other);
    }

    @Override
    public int hashCode() {
        int hash = picture instanceof Picture.RealValued(float[] values) ? Arrays.hashCode(values) : picture.hashCode();
        return 31 * geometry.hashCode() + hash;
    }

    @Override
    public String toString() {
        int unknown = geometry.pixels() - known().count();
        String known = unknown == 0 ? "" : ", %s pixels unknown".formatted(unknown);
        return (isTwoValued() ? "black and white pattern, " : "real-valued pattern, ") + geometry + known;
    }
}
