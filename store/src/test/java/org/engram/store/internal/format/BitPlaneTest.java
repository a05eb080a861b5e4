package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.engram.store.Geometry;
import org.junit.jupiter.api.Test;

/** The order of the bits, and everything that brings bits into it and out of it, against one pixel at a time. */
class BitPlaneTest {

    private static List<Geometry> geometries() {
        List<Geometry> geometries = new ArrayList<>();
        for (int width = 1; width <= 40; width++) {
            for (int height = 1; height <= 5; height++) {
                geometries.add(new Geometry(width, height));
            }
        }
        geometries.add(Geometry.PAPER);
        geometries.add(new Geometry(32, 16)); // 512 pixels
        geometries.add(new Geometry(27, 19)); // 513 pixels
        geometries.add(new Geometry(1, 4096));
        geometries.add(new Geometry(4096, 1));
        geometries.add(new Geometry(117, 113));
        geometries.add(new Geometry(128, 127)); // B = 33: one block more than a tile
        geometries.add(new Geometry(1000, 1000));
        return geometries;
    }

    private static BitSet random(Geometry geometry, long seed) {
        Random random = new Random(seed);
        BitSet bits = new BitSet();
        for (int j = 0; j < geometry.pixels(); j++) {
            bits.set(j, random.nextBoolean());
        }
        return bits;
    }

    /** The definition, word for word. */
    private static long[] naive(BitLayout layout, BitSet pixels) {
        long[] words = new long[8 * layout.blocks()];
        pixels.stream().forEach(j -> {
            int block = j % layout.blocks();
            int bit = j / layout.blocks();
            words[8 * block + bit / 64] |= 1L << bit % 64;
        });
        return words;
    }

    private static float[] floats(Geometry geometry, BitSet pixels, float one, float other) {
        float[] values = new float[geometry.pixels()];
        for (int j = 0; j < values.length; j++) {
            values[j] = pixels.get(j) ? one : other;
        }
        return values;
    }

    @Test
    void theNumberOfBlocksIsTheLeastThatHoldsThePixelsAndIsCoprimeToTheWidth() {
        assertEquals(27, BitLayout.of(Geometry.PAPER).blocks());
        assertEquals(1, BitLayout.of(new Geometry(32, 16)).blocks());
        assertEquals(2, BitLayout.of(new Geometry(27, 19)).blocks());
        assertEquals(3, BitLayout.of(new Geometry(38, 19)).blocks(), "2 would do if the width were odd");
        assertEquals(9, BitLayout.of(new Geometry(4096, 1)).blocks());
        assertEquals(8, BitLayout.of(new Geometry(1, 4096)).blocks());
        assertEquals(32_769, BitLayout.of(new Geometry(4096, 4096)).blocks());
        for (Geometry geometry : geometries()) {
            int least = (geometry.pixels() + 511) / 512;
            BigInteger width = BigInteger.valueOf(geometry.width());
            while (!width.gcd(BigInteger.valueOf(least)).equals(BigInteger.ONE)) {
                least++;
            }
            assertEquals(least, BitLayout.of(geometry).blocks(), geometry.toString());
        }
    }

    @Test
    void theSizesOfThePaperAreThoseOfTheFormat() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        assertEquals(64, BitLayout.SKETCH_BYTES);
        assertEquals(26 * 64, layout.planesBytes());
        assertEquals(27 * 8, layout.words());
        assertEquals(0, BitLayout.of(new Geometry(32, 16)).planesBytes());
    }

    @Test
    void everyPixelHasABitOfItsOwnWithinItsBlock() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            int[] bits = new int[layout.blocks()];
            for (int j = 0; j < geometry.pixels(); j++) {
                assertEquals(bits[layout.blockOf(j)]++, layout.bitOf(j), "the bits of a block are in pixel order");
            }
            for (int block = 0; block < layout.blocks(); block++) {
                assertEquals(bits[block], layout.bitsOfBlock(block), geometry.toString());
                assertTrue(bits[block] >= 1 && bits[block] <= BitLayout.BLOCK_BITS, geometry.toString());
            }
        }
    }

    @Test
    void everyBlockOfThePaperSamplesEveryColumnAndEveryRow() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        int[][] columns = new int[layout.blocks()][Geometry.PAPER.width()];
        int[][] rows = new int[layout.blocks()][Geometry.PAPER.height()];
        for (int j = 0; j < layout.pixels(); j++) {
            columns[layout.blockOf(j)][j % Geometry.PAPER.width()]++;
            rows[layout.blockOf(j)][j / Geometry.PAPER.width()]++;
        }
        for (int block = 0; block < layout.blocks(); block++) {
            assertTrue(Arrays.stream(columns[block]).allMatch(n -> n == 4 || n == 5), "columns of block " + block);
            assertTrue(Arrays.stream(rows[block]).allMatch(n -> n == 4 || n == 5), "rows of block " + block);
        }
    }

    @Test
    void bitsAndFloatsBecomeThePlaneThatTheDefinitionMakes() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet pixels = random(geometry, 1);
            long[] expected = naive(layout, pixels);
            assertArrayEquals(expected, BitPlane.of(layout, pixels).words(), geometry.toString());
            assertArrayEquals(
                    expected, BitPlane.ofRows(layout, pixels.toLongArray()).words(), geometry.toString());
            float[] weights = floats(geometry, pixels, Float.MIN_VALUE, -0.0f);
            assertArrayEquals(expected, BitPlane.of(layout, weights).words(), geometry.toString());
            float[] stripe = Arrays.copyOf(floats(geometry, pixels, 0.3f, -7), geometry.pixels() + 16);
            Arrays.fill(stripe, geometry.pixels(), stripe.length, 1);
            assertArrayEquals(expected, BitPlane.of(layout, stripe).words(), "what is beyond the picture is no pixel");
        }
    }

    @Test
    void aFloatIsSetWhenItIsPositive() {
        float[] values = {
            0, -0.0f, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, 0x1p-126f, 1e-40f
        };
        float[] often = new float[640];
        for (int j = 0; j < often.length; j++) {
            often[j] = values[j % values.length];
        }
        BitPlane plane = BitPlane.of(BitLayout.of(new Geometry(64, 10)), often);
        for (int j = 0; j < often.length; j++) {
            assertEquals(often[j] > 0, plane.get(j), "value " + often[j]);
        }
    }

    @Test
    void everyPixelReadsBackAsItWasSet() {
        for (Geometry geometry : geometries()) {
            BitSet pixels = random(geometry, 2);
            BitPlane plane = BitPlane.of(BitLayout.of(geometry), pixels);
            float[] expanded = new float[geometry.pixels() + 3];
            Arrays.fill(expanded, 5);
            plane.expand(0.25f, expanded);
            for (int j = 0; j < geometry.pixels(); j++) {
                assertEquals(pixels.get(j), plane.get(j), geometry + ", pixel " + j);
                assertEquals(pixels.get(j) ? 0.25f : 0, expanded[j], geometry + ", pixel " + j);
            }
            assertArrayEquals(new float[] {5, 5, 5}, Arrays.copyOfRange(expanded, geometry.pixels(), expanded.length));
            assertEquals(pixels.cardinality(), plane.count(), geometry.toString());
        }
    }

    @Test
    void onePixelAloneIsOneBitWhereverItIs() {
        for (Geometry geometry : List.of(Geometry.PAPER, new Geometry(27, 19), new Geometry(128, 33))) {
            BitLayout layout = BitLayout.of(geometry);
            for (int j = 0; j < geometry.pixels(); j++) {
                BitSet one = new BitSet();
                one.set(j);
                BitPlane plane = BitPlane.of(layout, one);
                assertTrue(plane.get(j));
                assertEquals(1, plane.count());
            }
        }
    }

    @Test
    void allIsEveryPixelAndNoBitMore() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet every = new BitSet();
            every.set(0, geometry.pixels());
            assertArrayEquals(naive(layout, every), BitPlane.all(layout).words(), geometry.toString());
            assertEquals(geometry.pixels(), BitPlane.all(layout).count());
        }
    }

    @Test
    void planesAreJoinedPixelByPixel() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet a = random(geometry, 3);
            BitSet b = random(geometry, 4);
            BitPlane planeA = BitPlane.of(layout, a);
            BitPlane planeB = BitPlane.of(layout, b);
            BitSet and = (BitSet) a.clone();
            and.and(b);
            BitSet or = (BitSet) a.clone();
            or.or(b);
            BitSet andNot = (BitSet) a.clone();
            andNot.andNot(b);
            assertEquals(BitPlane.of(layout, and), planeA.and(planeB));
            assertEquals(BitPlane.of(layout, or), planeA.or(planeB));
            assertEquals(BitPlane.of(layout, andNot), planeA.and(planeB.not()));
            BitSet not = (BitSet) a.clone();
            not.flip(0, geometry.pixels());
            assertEquals(BitPlane.of(layout, not), planeA.not());
            assertEquals(BitPlane.of(layout, a), planeA, "joining changes neither");
        }
    }

    @Test
    void theBytesOfTheFilesAreTheBlocksLowestBitFirst() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet pixels = random(geometry, 5);
            BitPlane plane = BitPlane.of(layout, pixels);
            byte[] sketch = new byte[BitLayout.SKETCH_BYTES];
            byte[] planes = new byte[layout.planesBytes()];
            plane.write(MemorySegment.ofArray(sketch), MemorySegment.ofArray(planes));
            int set = 0;
            for (int j = 0; j < geometry.pixels(); j++) {
                int block = j % layout.blocks();
                int bit = j / layout.blocks();
                byte found = block == 0 ? sketch[bit / 8] : planes[(block - 1) * 64 + bit / 8];
                assertEquals(pixels.get(j), (found >>> bit % 8 & 1) != 0, geometry + ", pixel " + j);
                set += pixels.get(j) ? 1 : 0;
            }
            int found = BitSet.valueOf(sketch).cardinality()
                    + BitSet.valueOf(planes).cardinality();
            assertEquals(set, found, "bits that no pixel uses are 0");
            assertEquals(
                    plane, BitPlane.read(layout, MemorySegment.ofArray(sketch), 0, MemorySegment.ofArray(planes), 0));
        }
    }

    @Test
    void planesAreReadAndWrittenAtAnyOffsetOfALargerSegment() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        BitPlane plane = BitPlane.of(layout, random(Geometry.PAPER, 6));
        MemorySegment bytes = MemorySegment.ofArray(new byte[5000]).fill((byte) 0x5A);
        plane.write(bytes.asSlice(3), bytes.asSlice(1001));
        assertEquals(plane, BitPlane.read(layout, bytes, 3, bytes, 1001));
        for (int i : new int[] {2, 3 + 64, 1000, 1001 + 26 * 64}) {
            assertEquals(0x5A, bytes.asByteBuffer().get(i), "byte " + i + " is not the plane's");
        }
    }

    @Test
    void bitsThatNoPixelUsesAreReadAsZero() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            MemorySegment ones =
                    MemorySegment.ofArray(new byte[64 * layout.blocks()]).fill((byte) 0xFF);
            assertEquals(BitPlane.all(layout), BitPlane.read(layout, ones, 0, ones, 0), geometry.toString());
        }
    }

    @Test
    void whatIsOutsideThePictureIsRefused() {
        BitLayout layout = BitLayout.of(new Geometry(20, 20));
        BitSet outside = new BitSet();
        outside.set(400);
        String message = assertThrows(IllegalArgumentException.class, () -> BitPlane.of(layout, outside))
                .getMessage();
        assertEquals("bit is outside the picture: expected at most 400 bits, found bit 400", message);
    }

    @Test
    void planesAreEqualWhenTheirPixelsAre() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        BitSet pixels = random(Geometry.PAPER, 7);
        BitPlane plane = BitPlane.of(layout, pixels);
        BitPlane same = BitPlane.of(layout, floats(Geometry.PAPER, pixels, 1, 0));
        assertEquals(plane, same);
        assertEquals(plane.hashCode(), same.hashCode());
        pixels.flip(13_455);
        assertNotEquals(plane, BitPlane.of(layout, pixels));
        BitSet none = new BitSet();
        assertNotEquals(
                BitPlane.of(BitLayout.of(new Geometry(4, 4)), none),
                BitPlane.of(BitLayout.of(new Geometry(4, 5)), none));
        assertFalse(plane.equals((Object) pixels));
        assertEquals(
                "0 of 16 pixels",
                BitPlane.of(BitLayout.of(new Geometry(4, 4)), none).toString());
    }
}
