package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.BitLayout;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.format.PixelBits;
import org.junit.jupiter.api.Test;

/** A pattern is what it was made of, however it is held. */
class PatternTest {

    private static final Geometry G = new Geometry(37, 29);

    private static BitSet bits(long seed) {
        Random random = new Random(seed);
        BitSet bits = new BitSet();
        for (int j = 0; j < G.pixels(); j++) {
            bits.set(j, random.nextBoolean());
        }
        return bits;
    }

    private static float[] floats(BitSet white) {
        float[] values = new float[G.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = white.get(j) ? 1 : 0;
        }
        return values;
    }

    @Test
    void aTwoValuedPatternIsTheSameFromBitsFromFloatsAndFromPackedBits() {
        BitSet white = bits(1);
        float[] values = floats(white);
        List<Pattern> same = List.of(
                Pattern.twoValued(G, white),
                Pattern.of(G, values),
                Pattern.of(G, new Picture.RealValued(values.clone())),
                Pattern.of(G, new Picture.TwoValued(PixelBits.of(BitLayout.of(G), white))));
        for (Pattern pattern : same) {
            assertTrue(pattern.isTwoValued());
            assertEquals(same.get(0), pattern);
            assertEquals(same.get(0).hashCode(), pattern.hashCode());
            assertEquals("black and white pattern, 37 x 29", pattern.toString());
            assertArrayEquals(values, pattern.values());
            for (int y = 0; y < G.height(); y++) {
                for (int x = 0; x < G.width(); x++) {
                    assertEquals(values[G.index(x, y)], pattern.value(x, y));
                }
            }
        }
    }

    @Test
    void onePixelMakesADifference() {
        Pattern pattern = Patterns.random(G, 1);
        for (int j = 0; j < G.pixels(); j++) {
            assertNotEquals(pattern, Patterns.flippedAt(pattern, j));
            assertEquals(pattern, Patterns.flippedAt(Patterns.flippedAt(pattern, j), j));
        }
        assertNotEquals(Patterns.all(new Geometry(2, 3), 1), Patterns.all(new Geometry(3, 2), 1));
    }

    @Test
    void aNegativeZeroIsBlackLikeAnyOther() {
        float[] values = floats(bits(2));
        float[] negative = values.clone();
        for (int j = 0; j < negative.length; j++) {
            negative[j] = negative[j] == 0 ? -0.0f : negative[j];
        }
        assertEquals(Pattern.of(G, values), Pattern.of(G, negative));
        assertArrayEquals(values, Pattern.of(G, negative).values());
        values[3] = 0.5f;
        negative[3] = 0.5f;
        assertEquals(Pattern.of(G, values), Pattern.of(G, negative));
        assertArrayEquals(values, Pattern.of(G, negative).values());
    }

    @Test
    void anyOtherValueMakesAPatternRealValued() {
        float[] others = {
            0.5f,
            -1,
            2,
            Math.nextUp(1f),
            Math.nextDown(1f),
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            1e-30f,
            1e30f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE
        };
        for (float other : others) {
            for (int j : new int[] {0, 511, G.pixels() - 1}) {
                float[] values = floats(bits(3));
                values[j] = other;
                Pattern pattern = Pattern.of(G, values);
                assertFalse(pattern.isTwoValued(), "value " + other);
                assertTrue(pattern.picture() instanceof Picture.RealValued);
                assertArrayEquals(values, pattern.values());
                assertEquals(other, pattern.value(j % G.width(), j / G.width()));
                assertEquals(pattern, Pattern.of(G, values));
                assertEquals(pattern.hashCode(), Pattern.of(G, values).hashCode());
                assertNotEquals(pattern, Patterns.flippedAt(pattern, 4));
                assertEquals("real-valued pattern, 37 x 29", pattern.toString());
            }
        }
        assertFalse(Patterns.all(G, 0.5f).equals(Patterns.all(G, 1)));
    }

    @Test
    void whatAPatternWasMadeOfAndWhatItHandsOutMayBeChanged() {
        for (float odd : new float[] {1, 0.5f}) {
            float[] values = floats(bits(4));
            values[0] = odd;
            Pattern pattern = Pattern.of(G, values);
            float[] expected = values.clone();
            values[0] = 9;
            pattern.values()[1] = 9;
            assertNotSame(pattern.values(), pattern.values());
            assertArrayEquals(expected, pattern.values());
        }
        BitSet white = bits(5);
        Pattern pattern = Pattern.twoValued(G, white);
        float[] expected = pattern.values();
        white.flip(0, G.pixels());
        assertArrayEquals(expected, pattern.values());
    }
}
