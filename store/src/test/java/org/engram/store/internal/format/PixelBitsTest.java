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
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.engram.store.Geometry;
import org.junit.jupiter.api.Test;

/** The order of the bits, and everything that brings bits into it and out of it, against one pixel at a time. */
class PixelBitsTest {

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
        geometries.add(new Geometry(128, 127)); // B = 32: a tile
        geometries.add(new Geometry(129, 128)); // B = 33: one block more than a tile
        for (int width : new int[] {16, 32, 64, 128, 256}) {
            geometries.add(new Geometry(width, width));
            geometries.add(new Geometry(width, 3 * width + 1));
        }
        geometries.add(new Geometry(96, 96)); // B = 18, D = 6
        geometries.add(new Geometry(16, 1000)); // B = 32, D = 16
        geometries.add(new Geometry(132, 132)); // B = 35
        geometries.add(new Geometry(180, 160)); // B = 57, D = 3
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

    private static int divisor(Geometry geometry, int blocks) {
        return BigInteger.valueOf(geometry.width())
                .gcd(BigInteger.valueOf(blocks))
                .intValue();
    }

    /** The definition, word for word. */
    private static int blockOf(int pixel, Geometry geometry) {
        int blocks = (geometry.pixels() + 511) / 512;
        int d = divisor(geometry, blocks);
        int k = pixel / blocks;
        int shift = 4493 * (k * d / geometry.width()) % d;
        return (pixel + shift) % blocks;
    }

    private static long[] naive(Geometry geometry, BitSet pixels) {
        int blocks = (geometry.pixels() + 511) / 512;
        long[] words = new long[8 * blocks];
        pixels.stream().forEach(j -> {
            int block = blockOf(j, geometry);
            int bit = j / blocks;
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
    void theNumberOfBlocksIsTheLeastThatHoldsThePixels() {
        assertEquals(27, BitLayout.of(Geometry.PAPER).blocks());
        assertEquals(1, BitLayout.of(new Geometry(32, 16)).blocks());
        assertEquals(2, BitLayout.of(new Geometry(32, 32)).blocks());
        assertEquals(2, BitLayout.of(new Geometry(1, 1024)).blocks());
        assertEquals(8, BitLayout.of(new Geometry(64, 64)).blocks());
        assertEquals(8, BitLayout.of(new Geometry(4096, 1)).blocks());
        assertEquals(32_768, BitLayout.of(new Geometry(4096, 4096)).blocks());
        for (Geometry geometry : geometries()) {
            assertEquals((geometry.pixels() + 511) / 512, BitLayout.of(geometry).blocks(), geometry.toString());
        }
    }

    @Test
    void twoShapesOfAsManyPixelsDoNotShareALayout() {
        assertNotEquals(BitLayout.of(new Geometry(32, 32)), BitLayout.of(new Geometry(1, 1024)));
        assertEquals(BitLayout.of(new Geometry(32, 32)), BitLayout.of(new Geometry(32, 32)));
        assertEquals(
                BitLayout.of(new Geometry(32, 32)).hashCode(),
                BitLayout.of(new Geometry(32, 32)).hashCode());
        assertEquals(
                "1024 pixels of rows of 32 in 2 blocks",
                BitLayout.of(new Geometry(32, 32)).toString());
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

    /** How often a block has a pixel of each column. */
    private static int[] columns(int block, Geometry geometry) {
        int[] columns = new int[geometry.width()];
        sampled(block, geometry).forEach(j -> columns[j % geometry.width()]++);
        return columns;
    }

    private static int[] rows(int block, Geometry geometry) {
        int[] rows = new int[geometry.height()];
        sampled(block, geometry).forEach(j -> rows[j / geometry.width()]++);
        return rows;
    }

    private static IntStream sampled(int block, Geometry geometry) {
        BitLayout layout = BitLayout.of(geometry);
        return IntStream.range(0, geometry.pixels()).filter(j -> layout.blockOf(j) == block);
    }

    private static int spread(int[] counts) {
        IntSummaryStatistics all = Arrays.stream(counts).summaryStatistics();
        return all.getMax() - all.getMin();
    }

    @Test
    void everyBlockSamplesEveryColumnAndEveryRowAlike() {
        List<Geometry> shapes = List.of(
                Geometry.PAPER,
                new Geometry(32, 32),
                new Geometry(64, 64),
                new Geometry(128, 128),
                new Geometry(256, 256),
                new Geometry(16, 64),
                new Geometry(64, 32),
                new Geometry(96, 96),
                new Geometry(120, 120),
                new Geometry(30, 40));
        for (Geometry geometry : shapes) {
            for (int block = 0; block < BitLayout.of(geometry).blocks(); block++) {
                assertTrue(spread(columns(block, geometry)) <= 1, "columns of block " + block + " of " + geometry);
                assertTrue(spread(rows(block, geometry)) <= 1, "rows of block " + block + " of " + geometry);
            }
        }
    }

    @Test
    void theSketchOfAVeryLargePictureIsSpreadOverAllOfIt() {
        for (Geometry geometry : List.of(new Geometry(512, 512), new Geometry(1024, 1024), new Geometry(4096, 4096))) {
            for (int[] counts : List.of(columns(0, geometry), rows(0, geometry))) {
                int[] sixteenths = new int[16];
                for (int i = 0; i < counts.length; i++) {
                    sixteenths[i * 16 / counts.length] += counts[i];
                }
                assertTrue(
                        Arrays.stream(sixteenths).allMatch(n -> n >= 28 && n <= 36),
                        geometry + ": " + Arrays.toString(sixteenths));
            }
        }
    }

    @Test
    void noTwoPixelsOfASketchAreNeighbours() {
        for (int side : new int[] {64, 128, 256, 512}) {
            Geometry geometry = new Geometry(side, side);
            List<Integer> sketch = sampled(0, geometry).boxed().toList();
            assertEquals(512, sketch.size());
            int least = Integer.MAX_VALUE;
            for (int a : sketch) {
                for (int b : sketch) {
                    int across = a % side - b % side;
                    int down = a / side - b / side;
                    least = a == b ? least : Math.min(least, across * across + down * down);
                }
            }
            // Squares of distances; in the densest lattice they would be 1.15 B.
            assertTrue(least * 3 >= BitLayout.of(geometry).blocks(), geometry + ": " + least);
        }
    }

    @Test
    void bitsAndFloatsBecomeThePlaneThatTheDefinitionMakes() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet pixels = random(geometry, 1);
            long[] expected = naive(geometry, pixels);
            assertArrayEquals(expected, PixelBits.of(layout, pixels).words(), geometry.toString());
            assertArrayEquals(
                    expected, PixelBits.ofRows(layout, pixels.toLongArray()).words(), geometry.toString());
            float[] weights = floats(geometry, pixels, Float.MIN_VALUE, -0.0f);
            assertArrayEquals(expected, PixelBits.of(layout, weights).words(), geometry.toString());
            float[] stripe = Arrays.copyOf(floats(geometry, pixels, 0.3f, -7), geometry.pixels() + 16);
            Arrays.fill(stripe, geometry.pixels(), stripe.length, 1);
            assertArrayEquals(expected, PixelBits.of(layout, stripe).words(), "what is beyond the picture is no pixel");
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
        PixelBits pixelBits = PixelBits.of(BitLayout.of(new Geometry(64, 10)), often);
        for (int j = 0; j < often.length; j++) {
            assertEquals(often[j] > 0, pixelBits.get(j), "value " + often[j]);
        }
    }

    @Test
    void everyPixelReadsBackAsItWasSet() {
        for (Geometry geometry : geometries()) {
            BitSet pixels = random(geometry, 2);
            PixelBits pixelBits = PixelBits.of(BitLayout.of(geometry), pixels);
            float[] expanded = new float[geometry.pixels() + 3];
            Arrays.fill(expanded, 5);
            pixelBits.expand(0.25f, expanded);
            for (int j = 0; j < geometry.pixels(); j++) {
                assertEquals(pixels.get(j), pixelBits.get(j), geometry + ", pixel " + j);
                assertEquals(pixels.get(j) ? 0.25f : 0, expanded[j], geometry + ", pixel " + j);
            }
            assertArrayEquals(new float[] {5, 5, 5}, Arrays.copyOfRange(expanded, geometry.pixels(), expanded.length));
            assertEquals(pixels.cardinality(), pixelBits.count(), geometry.toString());
            assertEquals(pixels, BitSet.valueOf(pixelBits.rows()), geometry.toString());
            assertEquals((geometry.pixels() + 63) / 64, pixelBits.rows().length, geometry.toString());
        }
    }

    @Test
    void onePixelAloneIsOneBitWhereverItIs() {
        for (Geometry geometry : List.of(Geometry.PAPER, new Geometry(27, 19), new Geometry(128, 33))) {
            BitLayout layout = BitLayout.of(geometry);
            for (int j = 0; j < geometry.pixels(); j++) {
                BitSet one = new BitSet();
                one.set(j);
                PixelBits pixelBits = PixelBits.of(layout, one);
                assertTrue(pixelBits.get(j));
                assertEquals(1, pixelBits.count());
            }
        }
    }

    @Test
    void allIsEveryPixelAndNoBitMore() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet every = new BitSet();
            every.set(0, geometry.pixels());
            assertArrayEquals(naive(geometry, every), PixelBits.all(layout).words(), geometry.toString());
            assertEquals(geometry.pixels(), PixelBits.all(layout).count());
        }
    }

    @Test
    void planesAreJoinedPixelByPixel() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet a = random(geometry, 3);
            BitSet b = random(geometry, 4);
            PixelBits bitsOfA = PixelBits.of(layout, a);
            PixelBits bitsOfB = PixelBits.of(layout, b);
            BitSet and = (BitSet) a.clone();
            and.and(b);
            BitSet or = (BitSet) a.clone();
            or.or(b);
            BitSet andNot = (BitSet) a.clone();
            andNot.andNot(b);
            assertEquals(PixelBits.of(layout, and), bitsOfA.and(bitsOfB));
            assertEquals(PixelBits.of(layout, or), bitsOfA.or(bitsOfB));
            assertEquals(PixelBits.of(layout, andNot), bitsOfA.and(bitsOfB.not()));
            BitSet not = (BitSet) a.clone();
            not.flip(0, geometry.pixels());
            assertEquals(PixelBits.of(layout, not), bitsOfA.not());
            assertEquals(PixelBits.of(layout, a), bitsOfA, "joining changes neither");
        }
    }

    @Test
    void theBytesOfTheFilesAreTheBlocksLowestBitFirst() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet pixels = random(geometry, 5);
            PixelBits pixelBits = PixelBits.of(layout, pixels);
            byte[] sketch = new byte[BitLayout.SKETCH_BYTES];
            byte[] planes = new byte[layout.planesBytes()];
            pixelBits.write(MemorySegment.ofArray(sketch), MemorySegment.ofArray(planes));
            int set = 0;
            for (int j = 0; j < geometry.pixels(); j++) {
                int block = blockOf(j, geometry);
                int bit = j / layout.blocks();
                byte found = block == 0 ? sketch[bit / 8] : planes[(block - 1) * 64 + bit / 8];
                assertEquals(pixels.get(j), (found >>> bit % 8 & 1) != 0, geometry + ", pixel " + j);
                set += pixels.get(j) ? 1 : 0;
            }
            int found = BitSet.valueOf(sketch).cardinality()
                    + BitSet.valueOf(planes).cardinality();
            assertEquals(set, found, "bits that no pixel uses are 0");
            assertEquals(
                    pixelBits,
                    PixelBits.read(layout, MemorySegment.ofArray(sketch), 0, MemorySegment.ofArray(planes), 0));
        }
    }

    @Test
    void planesAreReadAndWrittenAtAnyOffsetOfALargerSegment() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        PixelBits pixelBits = PixelBits.of(layout, random(Geometry.PAPER, 6));
        MemorySegment bytes = MemorySegment.ofArray(new byte[5000]).fill((byte) 0x5A);
        pixelBits.write(bytes.asSlice(3), bytes.asSlice(1001));
        assertEquals(pixelBits, PixelBits.read(layout, bytes, 3, bytes, 1001));
        for (int i : new int[] {2, 3 + 64, 1000, 1001 + 26 * 64}) {
            assertEquals(0x5A, bytes.asByteBuffer().get(i), "byte " + i + " is not the pixelBits's");
        }
    }

    @Test
    void bitsThatNoPixelUsesAreReadAsZero() {
        for (Geometry geometry : geometries()) {
            BitLayout layout = BitLayout.of(geometry);
            MemorySegment ones =
                    MemorySegment.ofArray(new byte[64 * layout.blocks()]).fill((byte) 0xFF);
            assertEquals(PixelBits.all(layout), PixelBits.read(layout, ones, 0, ones, 0), geometry.toString());
        }
    }

    @Test
    void whatIsOutsideThePictureIsRefused() {
        BitLayout layout = BitLayout.of(new Geometry(20, 20));
        BitSet outside = new BitSet();
        outside.set(400);
        String message = assertThrows(IllegalArgumentException.class, () -> PixelBits.of(layout, outside))
                .getMessage();
        assertEquals("bit is outside the picture: expected at most 400 bits, found bit 400", message);
    }

    @Test
    void planesAreEqualWhenTheirPixelsAre() {
        BitLayout layout = BitLayout.of(Geometry.PAPER);
        BitSet pixels = random(Geometry.PAPER, 7);
        PixelBits pixelBits = PixelBits.of(layout, pixels);
        PixelBits same = PixelBits.of(layout, floats(Geometry.PAPER, pixels, 1, 0));
        assertEquals(pixelBits, same);
        assertEquals(pixelBits.hashCode(), same.hashCode());
        pixels.flip(13_455);
        assertNotEquals(pixelBits, PixelBits.of(layout, pixels));
        BitSet none = new BitSet();
        assertNotEquals(
                PixelBits.of(BitLayout.of(new Geometry(4, 4)), none),
                PixelBits.of(BitLayout.of(new Geometry(4, 5)), none));
        assertFalse(pixelBits.equals((Object) pixels));
        assertEquals(
                "0 of 16 pixels",
                PixelBits.of(BitLayout.of(new Geometry(4, 4)), none).toString());
    }

    @Test
    void theSketchIsThePixelsOfBlockNought() {
        for (Geometry geometry : geometries()) {
            PixelBits sketch = PixelBits.ofSketch(BitLayout.of(geometry));
            int count = 0;
            for (int j = 0; j < geometry.pixels(); j++) {
                boolean first = blockOf(j, geometry) == 0;
                assertEquals(first, sketch.get(j), geometry + ", pixel " + j);
                count += first ? 1 : 0;
            }
            assertEquals(count, sketch.count(), geometry.toString());
        }
    }

    @Test
    void planesDifferInPixelsOfTheMaskAlone() {
        for (Geometry geometry : List.of(Geometry.PAPER, new Geometry(27, 19), new Geometry(3, 3))) {
            BitLayout layout = BitLayout.of(geometry);
            BitSet differing = random(geometry, 8);
            BitSet mask = random(geometry, 9);
            PixelBits one = PixelBits.of(layout, differing);
            PixelBits other = PixelBits.of(layout, random(geometry, 10));
            differing.xor(random(geometry, 10));
            differing.and(mask);
            assertEquals(differing.cardinality(), one.distance(other, PixelBits.of(layout, mask)));
            assertEquals(0, one.distance(one, PixelBits.all(layout)));
        }
    }

    @Test
    void allBlocksStandInOneArrayAtAnyPlace() {
        for (Geometry geometry : List.of(Geometry.PAPER, new Geometry(3, 3))) {
            BitLayout layout = BitLayout.of(geometry);
            PixelBits pixelBits = PixelBits.of(layout, random(geometry, 11));
            MemorySegment bytes =
                    MemorySegment.ofArray(new byte[64 * layout.blocks() + 7]).fill((byte) 0x5A);
            pixelBits.write(bytes.asSlice(5));
            assertEquals(pixelBits, PixelBits.read(layout, bytes, 5));
            assertEquals(0x5A, bytes.asByteBuffer().get(4));
            assertEquals(0x5A, bytes.asByteBuffer().get(64 * layout.blocks() + 5));
            long[] words = new long[layout.words()];
            PixelBits.copy(bytes, 5, bytes, 5 + 64, words);
            assertArrayEquals(pixelBits.words(), words);
        }
    }
}
